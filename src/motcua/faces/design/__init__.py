"""The design system of all faces: tokens, base pages, components, formats. It knows no data and no face."""
