"""Records by where they are: what lies in a region, what that adds up to, how densely it lies."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    F,
    FloatField,
    Func,
    Min,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import JSONObject
from shapely import contains_xy, intersects, prepare
from shapely.geometry import MultiPolygon, Polygon, shape

from liandong.kernel.actors import Actor
from liandong.kernel.geo.cells import RESOLUTION
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.sharing.models import Record
from liandong.sharing.queries.records import visible_to
from liandong.sharing.registers import REGISTERS, Field, Register
from liandong.sharing.states import RecordState

Box = tuple[float, float, float, float]
Ground: TypeAlias = Polygon | MultiPolygon
GRADE = "grade"
MOST_LISTED = 200


class _Meets(Func):
    """Whether two boxes meet; answered by the index on what records cover."""

    arg_joiner = " && "
    template = "(%(expressions)s)"
    output_field = BooleanField()


def in_box(rows: QuerySet[Record], box: Box) -> QuerySet[Record]:
    """Those that lie in a box of west, south, east, north, or reach into it."""
    corners = [Value(one, output_field=FloatField()) for one in box]
    return rows.filter(
        _Meets(_box(*map(F, ("west", "south", "east", "north"))), _box(*corners))
    )


@dataclass(frozen=True)
class Row:
    """A record in a region, and how far it is from the place that was asked about."""

    record: Record
    distance_m: float | None


@dataclass(frozen=True)
class Found:
    """What a region holds of one register: how many, what their figures add up to, by grade, the nearest."""

    register: Register
    total: int
    sums: tuple[tuple[Field, int], ...]
    grades: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.total - len(self.rows)


def found_in(
    actor: Actor,
    region: Ground,
    *,
    kinds: Collection[str] = (),
    center: Point | None = None,
    limit: int = MOST_LISTED,
) -> list[Found]:
    """What lies in a region, by register, nearest to ``center`` first. Registers with nothing are left out."""
    wanted = [
        one for one in REGISTERS.values() if one.shapes and (not kinds or one.kind in kinds)
    ]
    rows = visible_to(actor).filter(
        state=RecordState.CURRENT, kind__in=[one.kind for one in wanted]
    )
    inside: dict[str, list[_Spot]] = {one.kind: [] for one in wanted}
    for spot in _inside(in_box(rows, region.bounds), region):
        inside[spot.kind].append(spot)
    listed = {kind: _nearest(some, center)[:limit] for kind, some in inside.items()}
    records = Record.objects.select_related("body").in_bulk(
        [spot.pk for some in listed.values() for spot in some]
    )
    return [
        Found(
            register,
            len(inside[register.kind]),
            _sums(register, inside[register.kind]),
            _grades(register, inside[register.kind]),
            tuple(Row(records[one.pk], one.far(center)) for one in listed[register.kind]),
        )
        for register in wanted
        if inside[register.kind]
    ]


class _Spot(NamedTuple):
    """As much of a record as it takes to decide whether it is in a region, and to add up."""

    pk: UUID
    kind: str
    sort_key: str
    west: float
    south: float
    east: float
    north: float
    extent: Mapping[str, Any] | None
    grade: str | None
    figures: Mapping[str, Any]  # what stands under each key of SUMMED, in whatever register

    def far(self, center: Point | None) -> float | None:
        """Meters from a place to the middle of what it covers."""
        if center is None:
            return None
        return distance_m(
            center, Point((self.west + self.east) / 2, (self.south + self.north) / 2)
        )


# The keys of all figures that add up; another register may keep words under one of them.
SUMMED = tuple(
    sorted({one.key for each in REGISTERS.values() for one in each.fields if one.summed})
)


def _inside(rows: QuerySet[Record], region: Ground) -> list[_Spot]:
    """Those that a region holds, or whose extent reaches into it. One query."""
    plain = ("pk", "kind", "sort_key", "west", "south", "east", "north", "extent")
    said = {
        "said_grade": KeyTextTransform(GRADE, "values"),
        "figures": JSONObject(**{key: f"values__{key}" for key in SUMMED}),
    }
    spots = [_Spot(*row) for row in rows.annotate(**said).order_by().values_list(*plain, *said)]
    if not spots:
        return []
    prepare(region)
    held = contains_xy(region, [one.west for one in spots], [one.south for one in spots])
    return [
        one
        for one, holds in zip(spots, held, strict=True)
        if (intersects(region, shape(one.extent)) if one.extent else holds)
    ]


def _nearest(spots: list[_Spot], center: Point | None) -> list[_Spot]:
    """The nearest first; without a place to be near to, by name."""
    if center is None:
        return sorted(spots, key=lambda one: (one.sort_key, one.pk))
    return sorted(spots, key=lambda one: (one.far(center) or 0.0, one.pk))


def _sums(register: Register, spots: list[_Spot]) -> tuple[tuple[Field, int], ...]:
    found = []
    for field in register.fields:
        if field.summed:
            total = sum(one.figures[field.key] or 0 for one in spots)
            found += [(field, total)] if total else []
    return tuple(found)


def _grades(register: Register, spots: list[_Spot]) -> tuple[tuple[str, int], ...]:
    field = register.by_key.get(GRADE)
    if field is None:
        return ()
    counted = Counter(one.grade for one in spots)
    return tuple(
        (str(label), counted[key]) for key, label in field.choices.items() if counted[key]
    )


@dataclass(frozen=True)
class Dense:
    """A cell of the grid: how many records lie in it, and the gravest grade among them."""

    cell: int
    count: int
    gravest: str


def density(rows: QuerySet[Record], *, resolution: int) -> Iterable[Dense]:
    """How many records lie in each H3 cell of a resolution, at most that of the county's grid."""
    placed = rows.filter(cell__isnull=False).order_by()
    grouped = placed.annotate(wide=_parent(resolution)).values("wide")
    counts = grouped.annotate(n=Count("pk"), gravest=Min(KeyTextTransform(GRADE, "values")))
    for one in counts:
        yield Dense(one["wide"], one["n"], one["gravest"] or "")


def _parent(resolution: int) -> Func:
    """The cell of a coarser resolution a cell lies in: its resolution replaced, its finer digits unused.

    As H3 lays its bits out: four for the resolution above 52, then three for each of 15 digits.
    """
    finer = sum(7 << 3 * (15 - digit) for digit in range(resolution + 1, RESOLUTION + 1))
    keep = ~(15 << 52)
    whole = finer | resolution << 52
    return Func(
        F("cell"),
        template=f"((%(expressions)s & {keep}) | {whole})",
        output_field=BigIntegerField(),
    )


def _point(x: Any, y: Any) -> Func:
    return Func(x, y, function="point", output_field=TextField())


def _box(west: Any, south: Any, east: Any, north: Any) -> Func:
    return Func(
        _point(west, south), _point(east, north), function="box", output_field=TextField()
    )
