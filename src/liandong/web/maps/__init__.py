"""Maps: layers that apps above register, what lies around a place, and the sheet drawn by the server."""
