"""Answering a request for a supplement: only the marked papers."""
