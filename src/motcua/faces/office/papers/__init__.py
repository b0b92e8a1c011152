"""Confirming what the papers of procedures are."""
