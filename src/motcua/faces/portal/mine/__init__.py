"""The dossiers and drafts of a signed-in citizen."""
