"""The office face."""
