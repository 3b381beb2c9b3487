"""Faults of wording."""
