"""Handing in online: one subject a page, saved at every step, submitted once."""
