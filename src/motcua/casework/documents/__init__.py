"""Stored files and rendered papers. Knows no dossier."""
