"""Input of evaluation."""
