"""Our own program as a contestant beside its peers; see `benchmarks.peers.driver`."""
