"""Reading the base map: which one is in use, what is drawn on it, where a township lies."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shapely import from_geojson, union_all
from shapely.geometry.base import BaseGeometry

from liandong.kernel.basemaps import archives, geojson
from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.files import places

TOWNSHIP, COUNTY = "township", "county"


@dataclass(frozen=True)
class Drawn:
    """One thing on the base map: its layer, its properties, its shape."""

    layer: str
    properties: dict[str, Any]
    shape: BaseGeometry

    @property
    def name(self) -> str:
        """What it is called; empty for most."""
        return str(self.properties.get("name") or "")


def present(kind: str) -> Basemap | None:
    """The base map of a kind that is in use; None before one was loaded."""
    return Basemap.objects.filter(kind=kind).select_related("file").first()


def in_use() -> list[Basemap]:
    """The base maps in use, the tiles beneath first."""
    found = [present(kind) for kind in (archives.KIND, geojson.KIND)]
    return [one for one in found if one]


def drawn() -> tuple[Drawn, ...]:
    """Everything on the county's GeoJSON base map, in its order; nothing before one was loaded."""
    row = present(geojson.KIND)
    return _drawn(row.file.place, row.file.name) if row else ()


def area_of(lying: Iterable[Drawn], names: Iterable[str]) -> BaseGeometry | None:
    """The ground of townships, named by code or name, together; None where the map knows none."""
    wanted = set(names)
    shapes = [
        one.shape
        for one in lying
        if one.layer == TOWNSHIP and wanted & {one.name, str(one.properties.get("code"))}
    ]
    return union_all(shapes) if shapes else None


def outline(lying: Iterable[Drawn]) -> BaseGeometry | None:
    """The ground of the county; None where the map does not draw it."""
    shapes = [one.shape for one in lying if one.layer == COUNTY and one.shape.area]
    return union_all(shapes) if shapes else None


def townships(lying: Iterable[Drawn]) -> list[Drawn]:
    """The townships that the base map draws by name."""
    return [one for one in lying if one.layer == TOWNSHIP and one.name]


# Kept by digest: another base map has another place, so what is kept never grows stale.
@lru_cache(maxsize=2)
def _drawn(place: str, name: str) -> tuple[Drawn, ...]:
    with places.take(place) as content:
        features = geojson.read(name, content)["features"]
    return tuple(
        Drawn(
            geojson.layer_of(one),
            one.get("properties") or {},
            from_geojson(json.dumps(one["geometry"])),
        )
        for one in features
    )
