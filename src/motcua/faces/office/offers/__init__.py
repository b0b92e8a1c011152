"""Who takes which procedure: offers, assignments in bulk, gaps, coverage, what each reception level takes in."""
