"""Doc to Analysis: one module a question, each a spaCy component over the same Doc."""
