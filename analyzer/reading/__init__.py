"""Bytes to Document: one module a format; limits and hostile files are dealt with here."""
