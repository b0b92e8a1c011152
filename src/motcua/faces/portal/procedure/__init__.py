"""One procedure: all that is published, and the date of the result if handed in now."""
