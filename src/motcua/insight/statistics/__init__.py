"""Daily facts and the figures computed from them."""
