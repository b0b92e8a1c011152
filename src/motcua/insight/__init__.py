"""Figures computed from what casework did."""
