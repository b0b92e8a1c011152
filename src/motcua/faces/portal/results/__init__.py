"""The result of a dossier, and how it was."""
