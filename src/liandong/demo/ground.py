"""The base map of the fictional county, drawn for it by ``tools/draw_county.py``."""

from pathlib import Path

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
