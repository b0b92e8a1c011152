"""The work list of all posts held."""
