"""A citizen's request from filing to result, its journal, deadline and number."""
