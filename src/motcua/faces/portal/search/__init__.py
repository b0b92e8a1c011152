"""Searching procedures by words, slips and filters."""
