"""Rules that users write themselves, as data."""
