"""Loads the packaged province by calling the services of the house, part by part; each part may be repeated."""
