"""Records by where they are: what lies in a region, what that adds up to, how densely it lies."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    F,
    FloatField,
    Func,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from shapely import intersects, prepare
from shapely.geometry import LinearRing, MultiPolygon, Polygon, shape

from liandong.kernel.actors import Actor
from liandong.kernel.geo.cells import RESOLUTION
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.sharing.models import Record
from liandong.sharing.queries.records import visible_to
from liandong.sharing.registers import REGISTERS, Field, Register
from liandong.sharing.states import RecordState

Box = tuple[float, float, float, float]
Ground = Polygon | MultiPolygon
GRADE = "grade"
MOST_LISTED = 200


class _Meets(Func):
    """Whether two boxes meet; answered by the index on what records cover."""

    arg_joiner = " && "
    template = "(%(expressions)s)"
    output_field = BooleanField()


class _Holds(Func):
    """Whether a polygon holds a point."""

    arg_joiner = " @> "
    template = "(%(expressions)s)"
    output_field = BooleanField()


def in_box(rows: QuerySet[Record], box: Box) -> QuerySet[Record]:
    """Those that lie in a box of west, south, east, north, or reach into it."""
    corners = [Value(one, output_field=FloatField()) for one in box]
    return rows.filter(
        _Meets(_box(*map(F, ("west", "south", "east", "north"))), _box(*corners))
    )


def in_region(rows: QuerySet[Record], region: Ground) -> QuerySet[Record]:
    """Those that lie in a region, or whose extent reaches into it. Two queries at most.

    Points are decided by the database; the few that have an extent, by their shapes.
    """
    near = in_box(rows, region.bounds)
    prepare(region)
    drawn = near.filter(extent__isnull=False).values_list("pk", "extent")
    reaching = [pk for pk, extent in drawn if intersects(region, shape(extent))]
    return near.filter(Q(extent__isnull=True) & _holding(region) | Q(pk__in=reaching))


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
    inside = in_region(rows, region)
    counted = _counted(inside)
    return [
        Found(
            register,
            counted[register.kind]["total"],
            _sums(register, counted[register.kind]),
            _grades(register, counted[register.kind]),
            tuple(_listed(inside, register, center, limit)),
        )
        for register in wanted
        if register.kind in counted
    ]


@dataclass(frozen=True)
class Dense:
    """A cell of the grid: how many records lie in it, and the gravest grade among them."""

    cell: int
    count: int
    gravest: str


def density(
    rows: QuerySet[Record], *, resolution: int, box: Box | None = None
) -> Iterable[Dense]:
    """How many records lie in each H3 cell of a resolution, at most that of the county's grid."""
    rows = rows.filter(cell__isnull=False).order_by()
    if box:
        rows = in_box(rows, box)
    grouped = rows.annotate(wide=_parent(resolution)).values("wide")
    counts = grouped.annotate(n=Count("pk"), gravest=Min(KeyTextTransform(GRADE, "values")))
    for one in counts:
        yield Dense(one["wide"], one["n"], one["gravest"] or "")


def _counted(inside: QuerySet[Record]) -> dict[str, dict[str, Any]]:
    """Number and sums by register, and numbers by grade. Two queries."""
    rows = inside.order_by()
    sums = {
        f"sum_{key}": Sum(_figure(key))
        for key in sorted(
            {one.key for each in REGISTERS.values() for one in each.fields if one.summed}
        )
    }
    found = {
        one.pop("kind"): one for one in rows.values("kind").annotate(total=Count("pk"), **sums)
    }
    graded = rows.annotate(graded=KeyTextTransform(GRADE, "values")).values("kind", "graded")
    for one in graded.annotate(n=Count("pk")):
        found[one["kind"]].setdefault("grades", {})[one["graded"]] = one["n"]
    return found


def _sums(register: Register, counted: dict[str, Any]) -> tuple[tuple[Field, int], ...]:
    sums = ((one, counted[f"sum_{one.key}"]) for one in register.fields if one.summed)
    return tuple((field, int(total)) for field, total in sums if total)


def _grades(register: Register, counted: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    field = register.by_key.get(GRADE)
    told = counted.get("grades", {})
    if field is None:
        return ()
    return tuple((str(label), told[key]) for key, label in field.choices.items() if key in told)


def _listed(
    inside: QuerySet[Record], register: Register, center: Point | None, limit: int
) -> Iterable[Row]:
    rows = inside.filter(kind=register.kind).select_related("body")
    if center is None:
        return [Row(one, None) for one in rows.order_by("sort_key", "id")[:limit]]
    east = (F("west") + F("east")) / 2 - center.lon
    north = (F("south") + F("north")) / 2 - center.lat
    squeezed = cos(radians(center.lat)) ** 2
    nearest = rows.annotate(far=east * east * squeezed + north * north).order_by("far", "id")
    told = [Row(one, _far(one, center)) for one in nearest[:limit]]
    return sorted(told, key=lambda row: row.distance_m or 0)


def _far(record: Record, center: Point) -> float:
    return distance_m(center, Point(float(record.lon or 0), float(record.lat or 0)))


def _figure(key: str) -> Cast:
    return Cast(KeyTextTransform(key, "values"), IntegerField())


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


def _holding(region: Ground) -> Q:
    """That a place lies in one of the parts of a region, and in none of its holes."""
    place = _point(F("west"), F("south"))
    parts = region.geoms if isinstance(region, MultiPolygon) else [region]
    held = Q(pk__in=[])
    for part in parts:
        whole = Q(_Holds(_polygon(part.exterior), place))
        for hole in part.interiors:
            whole &= ~Q(_Holds(_polygon(hole), place))
        held |= whole
    return held


def _polygon(edge: LinearRing) -> Func:
    ring = ",".join(f"({x!r},{y!r})" for x, y, *_z in list(edge.coords)[:-1])
    return Func(
        Value(f"({ring})"), template="%(expressions)s::polygon", output_field=TextField()
    )
