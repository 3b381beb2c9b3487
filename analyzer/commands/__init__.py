"""Commands too large for `analyzer.cli`; what is heavy is imported by the command that needs it."""
