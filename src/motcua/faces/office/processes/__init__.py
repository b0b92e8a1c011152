"""Processes and the procedures of an agency, for reading."""
