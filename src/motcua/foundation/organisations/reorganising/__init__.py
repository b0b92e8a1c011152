"""The engine behind reorganisations: what follows from them, what stands in their way, the statements of the day."""
