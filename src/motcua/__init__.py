"""Motcua: one door to a province's public administration."""
