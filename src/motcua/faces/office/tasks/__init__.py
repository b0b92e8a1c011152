"""Doing a task of a process."""
