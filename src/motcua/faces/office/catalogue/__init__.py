"""The catalogue as officials keep it: decisions, their records, imports, figures."""
