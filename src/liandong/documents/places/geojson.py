"""GeoJSON: features, their properties, and the system older files name."""

import json
from typing import Any

from shapely import from_geojson
from shapely.errors import ShapelyError

from liandong.documents.places.features import Feature, Places, unreadable
from liandong.kernel.geo.features import collection
from liandong.kernel.geo.systems import System, system_of
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _


def read_geojson(content: bytes, name: str) -> Places:
    """Read a collection of features; raises ``Invalid``."""
    told = collection(content, lambda why: unreadable(name, why))
    features = []
    for number, one in enumerate(told["features"], start=1):
        try:
            shape = from_geojson(json.dumps(one["geometry"]))
        except (ShapelyError, ValueError, TypeError) as wrong:
            raise unreadable(
                name, _("第 %(n)d 个要素的图形读不出来") % {"n": number}
            ) from wrong
        properties = one.get("properties") or {}
        said = {str(key): _text(value) for key, value in properties.items()}
        features.append(Feature(number, said, shape))
    return Places(tuple(features), _system(told.get("crs")))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _system(crs: Any) -> System | None:
    """What a file before RFC 7946 says of its coordinates: urn:ogc:def:crs:EPSG::4490."""
    named = (crs.get("properties") or {}).get("name", "") if isinstance(crs, dict) else ""
    code = str(named).rpartition(":")[2]
    if code == "CRS84" or not code:
        return None
    try:
        return system_of(f"epsg:{code}" if code.isdecimal() else str(named))
    except Invalid:
        return None
