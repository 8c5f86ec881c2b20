"""一张图: the page, its layers as GeoJSON, what lies around a place, measures, and the sheet."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from liandong.kernel import clock
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import box_around as box_within
from liandong.kernel.problems import Invalid, Missing, Problem
from liandong.kernel.wording import gettext as _
from liandong.web import times
from liandong.web.maps.around import around as find_around
from liandong.web.maps.around import demand_radius
from liandong.web.maps.extents import CHINA, box_around, box_of, county_box
from liandong.web.maps.measuring import measure as measured
from liandong.web.maps.palette import PALETTES
from liandong.web.maps.registry import Asked, features_of, gather, layer_for
from liandong.web.maps.sheet import Order, draw
from liandong.web.requests import actor_of, node_of

WIDTH, HEIGHT = 1120, 792
SMALLEST, LARGEST = 240, 2400
RADII_KM = ("1", "3", "5")


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole map, live; with ``?plain=1`` the sheet in its place."""
    plain = "plain" in request.GET
    context: dict[str, Any] = {"plain": plain, "radii": RADII_KM}
    if plain:
        context |= {"sheet": _drawn(request), "query": _query(request)}
    return render(request, "web/map/page.html", context)


@login_required
@require_safe
def layer(request: HttpRequest, key: str) -> HttpResponse:
    """What a layer shows to this reader, as GeoJSON, and the moment of it."""
    actor = actor_of(request)
    shown = layer_for(actor, key)
    found = features_of(request, shown, _asked(request))
    now = clock.now(actor.realm)
    told = {
        "type": "FeatureCollection",
        "features": [one.geojson() for one in found],
        "at": now.isoformat(),
        "shown_at": times.full_moment(now),
        "shown_short": times.moment(now),
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    add_never_cache_headers(response)
    return response


@login_required
@require_safe
def around(request: HttpRequest) -> HttpResponse:
    """What lies around a place within a radius, from the layers that are shown."""
    given = request.GET
    try:
        center = Point(_figure(given.get("lon", "")), _figure(given.get("lat", "")))
        radius_m = _figure(given.get("km", "3")) * 1000
        demand_radius(radius_m)
        asked = replace(_asked(request), box=box_within(center, radius_m))
        found = find_around(center, radius_m, gather(request, asked, _keys(request)))
    except Problem as problem:
        return _refused(request, problem)
    context = {"found": found, "km": f"{radius_m / 1000:g}"}
    return render(request, "web/map/_around.html", context)


@login_required
@require_safe
def measure(request: HttpRequest) -> HttpResponse:
    """The length of a line, and the area it encloses."""
    try:
        found = measured(request.GET.get("points", ""))
    except Problem as problem:
        return _refused(request, problem)
    return render(request, "web/map/_measured.html", {"found": found})


@login_required
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The page to print: one sheet, of the part and the layers that were on the screen."""
    context = {"sheet": _drawn(request), "query": _query(request)}
    return render(request, "web/map/sheet.html", context)


@login_required
@require_safe
def plain_part(request: HttpRequest) -> HttpResponse:
    """The sheet again, when something happened."""
    context = {"sheet": _drawn(request), "query": _query(request)}
    return render(request, "web/map/_plain.html", context)


@login_required
@require_safe
def sheet_svg(request: HttpRequest) -> HttpResponse:
    """The sheet alone, as a drawing."""
    response = HttpResponse(_drawn(request), content_type="image/svg+xml; charset=utf-8")
    add_never_cache_headers(response)
    return response


def _drawn(request: HttpRequest) -> str:
    actor = actor_of(request)
    asked = _asked(request)
    asked = replace(asked, box=asked.box or county_box())
    pairs = gather(request, asked, _keys(request))
    features = [one for _layer, some in pairs for one in some]
    box = asked.box or box_around(features) or CHINA
    node = node_of(request)
    order = Order(
        box=box,
        width=_side(request, "width", WIDTH),
        height=_side(request, "height", HEIGHT),
        colors=PALETTES.get(request.GET.get("theme", ""), PALETTES["light"]),
        title=str(_("%(county)s一张图") % {"county": node.name if node else ""}),
        at=clock.now(actor.realm),
        pairs=pairs,
    )
    return draw(order)


def _asked(request: HttpRequest) -> Asked:
    said = request.GET.get("incident", "")
    try:
        incident = str(UUID(said)) if said else ""
    except ValueError as error:
        raise Missing(_("没有这个突发事件。"), remedy=_("请从事件列表进入。")) from error
    return Asked(incident=incident, box=box_of(request.GET.get("bbox", "")))


def _keys(request: HttpRequest) -> list[str] | None:
    """The layers that were named; None for those that are shown at first."""
    said = request.GET.get("layers")
    return None if said is None else said[:500].split(",")


def _side(request: HttpRequest, name: str, usual: int) -> int:
    """How wide or high the sheet is to be."""
    said = request.GET.get(name, "")
    known = said.isascii() and said.isdecimal() and len(said) < 6
    return min(max(int(said), SMALLEST), LARGEST) if known else usual


def _query(request: HttpRequest) -> str:
    """What was asked for, to be asked for again."""
    kept = request.GET.copy()
    kept.pop("plain", None)
    return f"?{kept.urlencode()}" if kept else ""


def _figure(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise Invalid(
            _("“%(text)s”不是数字。") % {"text": text[:20]},
            place=_("周边查询"),
            remedy=_("请在地图上点选位置，半径填公里数。"),
        ) from error


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "web/map/_refused.html", {"problem": problem}, status=problem.status)
