"""Files of places: GeoJSON, KML and KMZ, shapefiles; features with what is said of them and their shape."""

from liandong.documents.places.features import Feature, Places
from liandong.documents.places.fitting import fit_shapes
from liandong.documents.places.reading import SUFFIXES, read_places

__all__ = ["SUFFIXES", "Feature", "Places", "fit_shapes", "read_places"]
