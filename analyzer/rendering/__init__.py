"""A Result as something to look at: one module a form."""
