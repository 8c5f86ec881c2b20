"""Maps on pages: ``{% load maps %}{% map_canvas %}``."""

import json
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from shapely import to_geojson
from shapely.geometry.base import BaseGeometry

from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.basemaps.reading import in_use
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.wording import gettext as _
from liandong.web.maps.extents import CHINA, Box, box_near, county_box, grown
from liandong.web.maps.measuring import how_far
from liandong.web.maps.registry import Layer, layers
from liandong.web.requests import actor_of

register = template.Library()
register.filter("how_far", how_far)


@register.inclusion_tag("web/map/canvas.html", takes_context=True)
def map_canvas(  # noqa: PLR0913 -- a map has the parts it has
    context: Context,
    *,
    name: str = "map",
    incident: Any = "",
    lon: Any = None,
    lat: Any = None,
    spot: Point | None = None,
    picks: str = "",
    traces: str = "",
    shape: BaseGeometry | None = None,
    label: str = "",
    shows: str = "",
    full: bool = False,
) -> dict[str, Any]:
    """A live map of the county, or of a few kilometers around ``lon`` and ``lat``, or ``spot``.

    A click fills the two boxes of the form that ``picks`` names, or adds a line to the points of the one
    that ``traces`` names; ``incident`` narrows layers that
    know incidents to one; ``shape`` is drawn on it, and what it shows at first; ``shows`` switches a layer on
    that is off at first; ``full`` adds the tools of the whole page.
    """
    request = context["request"]
    actor = actor_of(request)
    if spot is not None:
        lon, lat = spot
    known = lon is not None and lat is not None
    box = box_near(float(lon), float(lat)) if known else county_box() or CHINA
    if shape is not None:
        box = grown(shape.bounds)
    config = {
        "worker": static("web/build/map-worker.js"),
        "base": _base(),
        "bounds": box,
        "spot": [float(lon), float(lat)] if known else None,
        "picks": picks,
        "traces": traces,
        "shape": json.loads(to_geojson(shape)) if shape is not None else None,
        "incident": str(incident),
        "layers": [_layer(one, str(incident), shows) for one in layers(actor)],
        "around": reverse("web:map_around"),
        "measure": reverse("web:map_measure"),
        "print": reverse("web:map_sheet"),
        "sheet": reverse("web:map_sheet_svg"),
        "words": {
            "meters": str(_("米")),
            "kilometers": str(_("公里")),
            "asOf": str(_("数据截至")),
            "failed": str(_("有图层没有取到，过一会儿会再取。")),
            "more": str(_("另有 {} 处，放大地图后列出")),
            "mixed": str(_("框里是别的坐标系的点，请先清空再点选。")),
            "moreAbout": str(_("打开")),
        },
    }
    return {
        "name": name,
        "config_id": f"{name}-config",
        "data": config,
        "label": label or _("地图"),
        "has_base": bool(config["base"]),
        "full": full,
    }


@register.simple_tag(takes_context=True)
def map_layers(context: Context) -> list[tuple[str, list[Layer]]]:
    """The layers that the reader may see, by group, in their order."""
    groups: dict[str, list[Layer]] = {}
    for one in layers(actor_of(context["request"])):
        groups.setdefault(str(one.group), []).append(one)
    return list(groups.items())


@register.simple_tag
def map_live(groups: list[tuple[str, list[Layer]]]) -> str:
    """Every event prefix after which some layer may have changed, for ``data-live``."""
    return " ".join(
        sorted({name for _title, some in groups for one in some for name in one.live})
    )


def _layer(one: Layer, incident: str, shows: str) -> dict[str, Any]:
    query = f"?incident={incident}" if incident else ""
    return {
        "key": one.key,
        "sign": str(one.sign),
        "shown": one.shown or one.key == shows,
        "byView": one.by_view,
        "live": list(one.live),
        "url": reverse("web:map_layer", args=[one.key]) + query,
    }


def _base() -> dict[str, dict[str, Any]]:
    names = {"geojson": "web:map_drawing", "pmtiles": "web:map_tiles"}
    return {one.kind: _shown(one, names[one.kind]) for one in in_use()}


def _shown(one: Basemap, name: str) -> dict[str, Any]:
    box: Box = one.bounds
    return {
        "url": reverse(name, args=[one.file.digest]),
        "bounds": box,
        "tiles": next(iter(one.counts), ""),
    }


@register.filter
def degrees(figure: float) -> str:
    """Degrees to a tenth of a meter."""
    return f"{figure:.6f}"
