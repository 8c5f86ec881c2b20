"""Small base maps: a square county, and the head of an archive of tiles."""

import gzip
import io
import json
import struct

SQUARE = [[112.0, 27.0], [112.2, 27.0], [112.2, 27.2], [112.0, 27.2], [112.0, 27.0]]


def feature(layer, coordinates, kind="Polygon", **properties):
    geometry = {"type": kind, "coordinates": coordinates}
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"layer": layer, **properties},
    }


def collection(*features, **more):
    told = {"type": "FeatureCollection", "features": list(features), **more}
    return io.BytesIO(json.dumps(told, ensure_ascii=False).encode())


def township():
    return feature("township", [SQUARE], name="河口镇", code="990101101")


def archive(*, size=200, bounds=(112.0, 27.0, 112.6, 27.9), metadata=b"{}", tiles=1):
    """The head of a PMTiles archive, version 3, and as many bytes of it as are asked for."""
    packed = gzip.compress(metadata, mtime=0)
    places = (127, 10, 137, len(packed), 0, 0, 137 + len(packed), 40, 1, 1, 1)
    head = b"PMTiles\x03" + struct.pack("<11Q", *places) + bytes([1, 2, 2, tiles, 0, 14])
    head += struct.pack("<4i", *(round(one * 10_000_000) for one in bounds)) + bytes(9)
    whole = head + bytes(10) + packed + bytes(40)
    return io.BytesIO(whole[:size] if size < len(whole) else whole)
