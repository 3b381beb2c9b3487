"""Faults of the causes."""
