"""The page for writers and the HTTP API, on this computer only."""
