"""Scenarios: what comes from outside, and how the people of the county answer."""
