"""How words are understood: folding, weights, everyday words, typing slips. Private; selectors offer the search."""
