"""Plain pages: help, accessibility, personal data."""
