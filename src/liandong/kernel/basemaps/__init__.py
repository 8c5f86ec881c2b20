"""The county's own base map: loaded once, kept as a file, drawn on every map. No network."""
