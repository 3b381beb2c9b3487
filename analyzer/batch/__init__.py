"""Many reports in one call: what was handed in, the engine that goes through it, the files that come out."""
