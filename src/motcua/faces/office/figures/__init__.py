"""Figures of a period and of now; each opens the dossiers behind it."""
