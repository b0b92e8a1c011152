"""Taking in at the counter."""
