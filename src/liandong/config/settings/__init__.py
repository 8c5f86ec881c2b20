"""Settings of a node; ``test`` for the test suite."""
