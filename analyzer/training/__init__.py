"""Corpora to models: examples, fitting, calibration, evaluation; used by the command line only."""
