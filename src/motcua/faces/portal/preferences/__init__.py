"""Text size, contrast, background, language, and the office of the visitor."""
