"""What the organization shows on the map: seats of units and of townships."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from liandong.kernel.basemaps.reading import drawn
from liandong.organization import queries
from liandong.organization.models import Body
from liandong.organization.states import BodyKind
from liandong.web.maps.features import Feature, Sign, Tone, spot
from liandong.web.maps.registry import Asked, layer

PLACE, TOWNSHIP = "place", "township"


@layer(
    "units",
    _("单位"),
    group=_("队伍与单位"),
    sign=Sign.UNIT,
    order=55,
    live=("organization.body",),
    shown=False,  # a county town has dozens side by side
)
def units(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """Every body whose seat is known; townships are a layer of their own."""
    for body in queries.seated_bodies():
        yield Feature(
            key=str(body.pk),
            shape=spot(body.lon, body.lat),
            label=body.short_name,
            tone=Tone.ACCENT,
            url=reverse("organization:body", args=[body.pk]),
        )


@layer(
    "townships",
    _("乡镇"),
    group=_("队伍与单位"),
    sign=Sign.UNIT,
    order=60,
    live=("organization.body",),
    shown=False,
)
def townships(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """Every township at its own seat, else the base map's; without a place where neither is known."""
    lying = drawn()
    seats = {one.name: one.shape for one in lying if one.layer == PLACE}
    grounds = {
        str(one.properties.get("code")): one.shape for one in lying if one.layer == TOWNSHIP
    }
    for body in queries.bodies_by_kind(BodyKind.TOWNSHIP):
        yield Feature(
            key=str(body.pk),
            shape=_seat(body, seats, grounds),
            label=body.short_name,
            tone=Tone.ACCENT,
            url=reverse("organization:body", args=[body.pk]),
        )


def _seat(
    body: Body, seats: dict[str, BaseGeometry], grounds: dict[str, BaseGeometry]
) -> BaseGeometry | None:
    if own := spot(body.lon, body.lat):
        return own
    if seat := seats.get(body.short_name):
        return seat
    ground = grounds.get(body.division_code)
    return ground.representative_point() if ground is not None else None
