"""Faults of party work and business set apart."""
