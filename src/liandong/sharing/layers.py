"""What sharing shows on the map: each register that has places, a layer of its own."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from liandong.kernel.geo.shapes import shape_of
from liandong.sharing import queries
from liandong.sharing.models import Record
from liandong.sharing.registers import REGISTERS, Register
from liandong.sharing.states import RecordState
from liandong.web.maps.features import Feature, Sign, Tone, spot
from liandong.web.maps.registry import Asked, layer
from liandong.web.requests import actor_of

# Drawn one by one a browser takes no more; a county with more looks by filter or at the density.
MOST = 5000
TONES = {"1": Tone.RED, "2": Tone.ORANGE, "3": Tone.YELLOW, "4": Tone.BLUE}
SIGNS = {"team": Sign.UNIT}
SHOWN = ("pk", "number", "name", "kind", "lon", "lat", "extent", "values")


def _features(register: Register) -> Callable[[HttpRequest, Asked], Iterator[Feature]]:
    def features(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
        rows = queries.visible_to(actor_of(request)).filter(
            kind=register.kind, state=RecordState.CURRENT, lon__isnull=False
        )
        first = rows.order_by("sort_key", "id").only(*SHOWN)[:MOST]
        return (_feature(register, row) for row in islice(first.iterator(), MOST))

    return features


def _feature(register: Register, row: Record) -> Feature:
    return Feature(
        key=str(row.pk),
        shape=_shape(row),
        label=row.name,
        note=_note(register, row),
        tone=TONES.get(str(row.values.get("grade", "")), Tone.CALM),
        url=reverse("sharing:record", args=[row.number]),
    )


def _shape(row: Record) -> BaseGeometry | None:
    return shape_of(row.extent) if row.extent else spot(row.lon, row.lat)


def _note(register: Register, row: Record) -> str:
    """The first things a list would say of it."""
    said = (one.show(row.values.get(one.key)) for one in register.fields if one.listed)
    return " · ".join(islice((one for one in said if one), 2))


for order, register in enumerate(REGISTERS.values()):
    if register.shapes:
        layer(
            register.layer,
            register.title,
            group=_("风险与资源"),
            sign=SIGNS.get(register.kind, Sign.PLACE),
            order=40 + order,
            live=("sharing.record",),
            shown=False,
        )(_features(register))
