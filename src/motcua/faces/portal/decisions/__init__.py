"""Decisions that publish procedures, for everybody; and how a drafted record would look."""
