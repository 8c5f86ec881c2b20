"""Input of sharing's deeds."""
