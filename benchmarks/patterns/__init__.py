"""Regular expressions on their worst inputs."""
