"""Faults of the parts: missing, squeezed, out of order, misnumbered."""
