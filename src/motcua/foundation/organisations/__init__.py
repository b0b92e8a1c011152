"""Agencies, their dated names and parents, premises, desks and posts. Knows calendars."""
