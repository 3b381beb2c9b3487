"""Faults of the evidence for what was done."""
