"""Working time of agencies and the arithmetic of legal limits. Knows only core."""
