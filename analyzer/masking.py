"""Masks for the names of units and persons: the same name, the same mask."""
