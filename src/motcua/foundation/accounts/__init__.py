"""Who signs in, which posts they hold, what they may do. Knows organisations."""
