"""BPMN processes compiled to immutable graphs; their running state as token rows.

For: checking, publishing and running processes, and the columns that work lists stand on. Not for: dossiers, deadlines,
journals, permissions; the app above passes in who is competent (`resolve_unit`) and when a step is due (`due_for`).
"""
