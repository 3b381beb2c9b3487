"""Figures of the trends: one module a question, each from small frames to a `Chart`."""
