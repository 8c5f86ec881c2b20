"""Pages about the node itself: its journal, its working parts, its components."""
