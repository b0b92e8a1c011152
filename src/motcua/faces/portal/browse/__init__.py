"""Procedures by field, level, agency and life event, and from A to Z."""
