"""The shipped models beside other ways to answer the same questions, measured alike.

Every contestant learns from the same folds by author and is asked about the same units, with what comes
before its question (sections, items) given from the annotation, so that contestants differ in nothing but
themselves.  ``python -m analyzer.training.comparison`` prints the table; ``--write`` keeps it, losers
included, in ``models/comparison.json``.
"""
