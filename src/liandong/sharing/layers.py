"""What sharing shows on the map: each register that has places, a layer of its own."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from liandong.kernel.geo.cells import RESOLUTION, outline_of
from liandong.kernel.geo.shapes import shape_of
from liandong.kernel.wording import gettext
from liandong.sharing import queries
from liandong.sharing.models import Record
from liandong.sharing.registers import REGISTERS, Register
from liandong.sharing.states import RecordState
from liandong.web.maps.features import Feature, Sign, Tone, spot
from liandong.web.maps.registry import Asked, layer
from liandong.web.requests import actor_of

# Where more lie in view than can be told apart, they stand together by the cells of the grid.
MOST_DRAWN = 1000
CELLS_ACROSS = 40
COARSEST = 4
# Degrees of longitude that a cell of each resolution is about wide in China's latitudes.
WIDTHS = {9: 0.0042, 8: 0.011, 7: 0.03, 6: 0.078, 5: 0.21, 4: 0.54}
TONES = {"1": Tone.RED, "2": Tone.ORANGE, "3": Tone.YELLOW, "4": Tone.BLUE}
SIGNS = {"team": Sign.UNIT}
SHOWN = ("pk", "number", "name", "kind", "lon", "lat", "extent", "values")


def _features(register: Register) -> Callable[[HttpRequest, Asked], Iterable[Feature]]:
    def features(request: HttpRequest, asked: Asked) -> Iterable[Feature]:
        rows = queries.visible_to(actor_of(request)).filter(
            kind=register.kind, state=RecordState.CURRENT, lon__isnull=False
        )
        if asked.box:
            rows = queries.in_box(rows, asked.box)
        first = list(rows.order_by("sort_key", "id").only(*SHOWN)[: MOST_DRAWN + 1])
        if len(first) > MOST_DRAWN:
            return _cells(rows, asked)
        return (_feature(register, row) for row in first)

    return features


def _cells(rows: QuerySet[Record], asked: Asked) -> Iterator[Feature]:
    """How densely they lie, as cells of the grid with their number."""
    wide = asked.box[2] - asked.box[0] if asked.box else WIDTHS[COARSEST] * CELLS_ACROSS
    fine = (at for at in range(RESOLUTION, COARSEST, -1) if wide <= WIDTHS[at] * CELLS_ACROSS)
    for one in queries.density(rows, resolution=next(fine, COARSEST)):
        yield Feature(
            key=f"{one.cell:x}",
            shape=Polygon(outline_of(one.cell)),
            label=gettext("%(n)d 处") % {"n": one.count},
            tone=TONES.get(one.gravest, Tone.CALM),
            weight=one.count,
        )


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
    said = (
        one.show(row.values.get(one.key))
        for one in register.fields
        if one.listed and not one.sensitive
    )
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
            by_view=True,
        )(_features(register))
