"""Template tags of the chrome."""
