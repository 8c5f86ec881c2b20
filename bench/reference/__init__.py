"""The plainest good way to do the same; not touched with the code it judges."""
