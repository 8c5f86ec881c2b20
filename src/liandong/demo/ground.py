"""The base map of the fictional county, drawn for it by ``tools/draw_county.py``."""

import json
from functools import cache
from pathlib import Path

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.files.permissions import Permission as Files

DRAWING = Path(__file__).with_name("basemap.geojson")


def lay_ground() -> None:
    """Load it as a county loads its own."""
    actor = system_actor(
        "node", "示例县初始化", ACTUAL, Permission.LOAD_BASEMAP, Files.STORE_FILE
    )
    with DRAWING.open("rb") as content:
        load_basemap(actor, name="示例县底图（虚构）.geojson", content=content)


def lying(town: str) -> tuple[BaseGeometry, BaseGeometry]:
    """The ground and the seat of a township, as the base map draws them."""
    return _drawn()["township", town], _drawn()["place", town]


@cache
def _drawn() -> dict[tuple[str, str], BaseGeometry]:
    found = json.loads(DRAWING.read_text(encoding="utf-8"))["features"]
    return {
        (one["properties"]["layer"], one["properties"].get("name", "")): shape(one["geometry"])
        for one in found
    }
