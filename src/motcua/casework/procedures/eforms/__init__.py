"""The one rule engine of electronic forms: conditions, checks and drawing from a JSON Schema, all on the server."""
