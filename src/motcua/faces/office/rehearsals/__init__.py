"""The test bench: walking through a draft process, last year's dossiers in it, and in a draft record."""
