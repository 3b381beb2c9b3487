"""Faults of the measures."""
