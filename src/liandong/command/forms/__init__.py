"""Input of command's pages, made clean; what is decided about it the actions decide."""
