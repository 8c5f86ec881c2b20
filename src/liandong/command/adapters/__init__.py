"""Papers of command: files that other programs open."""
