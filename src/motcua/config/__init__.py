"""How the house is plugged in."""
