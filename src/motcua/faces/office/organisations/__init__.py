"""The structure of agencies: its tree of any day, the story of each agency, and reorganisations."""
