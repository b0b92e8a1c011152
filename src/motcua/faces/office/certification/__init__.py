"""Certified copies: the quick form at the counter and the batch for ink."""
