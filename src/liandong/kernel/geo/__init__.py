"""Places: H3 cells, shapes and distances, and the two shifted datums of Chinese web maps."""
