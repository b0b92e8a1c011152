"""Shared ground: clock, ids, refusals, encryption, outbox. Knows no other app."""
