"""Passages that reports share beyond what the genre and official documents give to all of them."""
