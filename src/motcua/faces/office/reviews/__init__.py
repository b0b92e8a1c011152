"""Review and simplification of procedures in the office."""
