"""Where each paper folder and each listed original lies, and lots in which they go from desk to unit and back."""
