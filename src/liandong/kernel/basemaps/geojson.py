"""Base maps as GeoJSON: a collection of features, each of which may name its layer."""

import json
from collections import Counter
from typing import Any, BinaryIO

from shapely import bounds as bounds_of
from shapely import from_geojson, total_bounds
from shapely.errors import ShapelyError

from liandong.kernel.basemaps.findings import Found, refuse_outside, refuse_shifted, wrong
from liandong.kernel.geo.features import collection
from liandong.kernel.wording import gettext as _

KIND = "geojson"
MOST = 200_000
# What a feature's property "layer" may say; anything else is drawn as plain lines.
LAYERS = (
    "county",
    "township",
    "water",
    "river",
    "forest",
    "builtup",
    "road",
    "contour",
    "place",
    "outside",
)
OTHER = "other"


def examine(name: str, content: BinaryIO) -> Found:
    """Find out what is in the file; raises ``Invalid`` for what cannot be drawn."""
    told = read(name, content)
    refuse_shifted(_claims(told), name)
    features = told["features"]
    if not features:
        raise wrong(name, _("里面没有任何要素"), _remedy())
    if len(features) > MOST:
        raise wrong(
            name,
            _("要素有 %(n)d 个，多于 %(most)d 个") % {"n": len(features), "most": MOST},
            _("请先概括简化，或改用 PMTiles。"),
        )
    bounds = _extent(name, features)
    refuse_outside(bounds, name)
    return Found(KIND, bounds, dict(Counter(layer_of(one) for one in features)))


def read(name: str, content: BinaryIO) -> dict[str, Any]:
    """The collection in the file."""
    content.seek(0)
    return collection(content.read(), lambda why: wrong(name, why, _remedy()))


def layer_of(feature: dict[str, Any]) -> str:
    """The layer that a feature says it belongs to."""
    named = (feature.get("properties") or {}).get("layer")
    return str(named) if named in LAYERS else OTHER


def _claims(told: dict[str, Any]) -> str:
    """Whatever the file says of itself, apart from its features."""
    own = {key: value for key, value in told.items() if key != "features"}
    return json.dumps(own, ensure_ascii=False)


def _extent(name: str, features: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    texts = [json.dumps(one["geometry"]) for one in features]
    try:
        shapes = from_geojson(texts)
    except (ShapelyError, ValueError) as error:
        raise wrong(name, _("有要素的图形读不出来"), _remedy()) from error
    # An empty shape, or a coordinate that is no number, has bounds that are none either.
    if (empty := (bounds_of(shapes) != bounds_of(shapes)).any(axis=1)).any():
        at = int(empty.argmax()) + 1
        raise wrong(name, _("第 %(n)d 个要素没有坐标") % {"n": at}, _remedy())
    west, south, east, north = (float(one) for one in total_bounds(shapes))
    return west, south, east, north


def _remedy() -> str:
    return _("请用 GIS 软件导出为 GeoJSON（要素集合，UTF-8，WGS-84 经纬度）后再装入。")
