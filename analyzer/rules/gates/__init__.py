"""Conditions under which the rubric caps the score until a human releases it."""
