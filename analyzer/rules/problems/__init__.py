"""Faults of the problems as they are told."""
