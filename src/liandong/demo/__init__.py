"""A fictional county, plainly marked, and the player that carries scenarios through it."""
