"""Faults of what was never filled in."""
