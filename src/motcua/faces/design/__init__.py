"""The design system of all faces: base templates, components, static files."""
