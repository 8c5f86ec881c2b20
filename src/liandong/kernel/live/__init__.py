"""The live stream: entries as they get their place, to every reader who may see them."""
