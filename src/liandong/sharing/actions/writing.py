"""Writing records, one or many, in the same few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.geo.cells import cell_at
from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.geo.shapes import shape_of
from liandong.kernel.problems import Invalid, Stale
from liandong.kernel.sets import insert_rows
from liandong.kernel.wording import gettext as _
from liandong.organization.actions.body import sort_key
from liandong.sharing import queries, rules
from liandong.sharing.events import RecordChanged, RecordEntered
from liandong.sharing.models import NumberBook, Record, RecordVersion, Taking
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import Register
from liandong.sharing.registers.days import first_expiry, next_inspection
from liandong.sharing.states import Deed, Sensitivity

SENSITIVITIES = frozenset(Sensitivity.values)
PLAIN = ("name", "body_id", "division_code", "address", "lon", "lat", "extent", "sensitivity")
KEPT = (
    *("version", "name", "body", "division_code", "address", "lon", "lat", "extent", "cell"),
    *("west", "south", "east", "north"),
    *(
        "values",
        "sensitivity",
        "audience",
        "changed_at",
        "confirmed_at",
        "due_on",
        "inspect_on",
    ),
    *("expires_on", "sort_key"),
)


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """A record as it is to be: a new one, or with its number an existing one.

    ``lon`` and ``lat`` in degrees of WGS-84, ``extent`` a GeoJSON geometry in the same, ``values``
    as the register parses them, ``row`` the line of the file they came from. ``expected_version``
    is what whoever writes has seen of the existing one.
    """

    name: str
    body_id: str
    row: int = 0
    number: str = ""
    division_code: str = ""
    address: str = ""
    lon: Decimal | None = None
    lat: Decimal | None = None
    extent: Mapping[str, Any] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    sensitivity: str = Sensitivity.INTERNAL
    expected_version: int = 0


def row_of(record: Record) -> RecordRow:
    """What a record says now, for changing a part of it."""
    return RecordRow(
        number=record.number,
        name=record.name,
        body_id=str(record.body_id),
        division_code=record.division_code,
        address=record.address,
        lon=record.lon,
        lat=record.lat,
        extent=record.extent,
        values=record.values,
        sensitivity=record.sensitivity,
    )


def merged_row(
    record: Record, duplicate: Record, expected_version: int
) -> tuple[RecordRow, list[str]]:
    """What a record says with its blanks filled from another, and which those were."""
    own, other = row_of(record), row_of(duplicate)
    filled = [
        name
        for name in ("division_code", "address", "extent")
        if not getattr(own, name) and getattr(other, name)
    ]
    taken = {name: getattr(other, name) for name in filled}
    if own.lon is None and other.lon is not None:
        filled.append("lon")
        taken |= {"lon": other.lon, "lat": other.lat}
    values = {key: value for key, value in other.values.items() if key not in own.values}
    row = replace(
        own, values={**values, **own.values}, expected_version=expected_version, **taken
    )
    return row, [*filled, *sorted(values)]


@dataclass(frozen=True)
class Written:
    """What a writing made of its rows."""

    new: list[Record]
    changed: list[Record]
    same: list[Record]


def write_records(
    actor: Actor,
    register: Register,
    rows: Sequence[RecordRow],
    *,
    reason: str = "",
    taking: Taking | None = None,
) -> Written:
    """Enter new records and change those with a number; what is the same counts as confirmed.

    Tells of each new and changed one. Raises ``Missing`` for numbers that are not there, ``Stale``
    for records changed since they were seen, ``Forbidden`` for those the actor does not keep, and
    ``Invalid`` naming the line for what a register cannot hold.
    """
    before = _claimed(register, rows)
    bodies = {row.body_id for row in rows} | {str(one.body_id) for one in before.values()}
    rules.demand_keeper(actor, Permission.ENTER_RECORD, bodies)
    now, today = clock.now(actor.realm), queries.today()
    numbers = iter(_numbers(register, sum(not row.number for row in rows)))
    written = Written([], [], [])
    versions = []
    for row in rows:
        record = before.get(row.number)
        old = snapshot_of(record) if record else None
        if record is None:
            record = Record(kind=register.kind, number=next(numbers), version=0)
        _fill(record, register, row)
        record.confirmed_at = now
        record.due_on = today + timedelta(days=register.freshness_days)
        changed = differing(old, snapshot_of(record)) if old else []
        if old and not changed:
            written.same.append(record)
            continue
        record.version += 1
        record.changed_at = now
        if old is None or register.inspection in changed:
            record.inspect_on = next_inspection(register, record.values, today)
        (written.changed if old else written.new).append(record)
        versions.append(_version(actor, record, changed, reason=reason, taking=taking))
    _keep(written, versions)
    _tell(written, versions, reason)
    return written


def snapshot_of(record: Record) -> dict[str, Any]:
    """Everything a record says, as its history keeps it."""
    said = {name: getattr(record, name) for name in PLAIN}
    for name in ("lon", "lat"):
        said[name] = str(said[name]) if said[name] is not None else None
    return {**said, "body_id": str(record.body_id), "values": dict(record.values)}


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Keys in which two snapshots differ: those of all records first, then the register's own."""
    names = [name for name in PLAIN if old.get(name) != new.get(name)]
    before, after = old["values"], new["values"]
    own = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return [*names, *sorted(own)]


def _claimed(register: Register, rows: Sequence[RecordRow]) -> dict[str, Record]:
    """The existing records that rows name, locked, in the order all writers lock them in."""
    wanted = [row.number for row in rows if row.number]
    found = Record.objects.filter(kind=register.kind, number__in=wanted)
    before = {one.number: one for one in found.order_by("pk").select_for_update()}
    for row in rows:
        record = before.get(row.number)
        if row.number and record is None:
            raise _wrong(
                row, "number", _("没有编号为“%(number)s”的登记") % {"number": row.number}
            )
        if record is not None:
            rules.demand_current(record)
            if row.expected_version and row.expected_version != record.version:
                raise Stale(
                    _("“%(row)s”刚被别人改过。") % {"row": record},
                    remedy=_("您填的内容还在，请看最新情况后再办一次。"),
                )
    if len(before) != len(wanted):
        twice = next(row for row in rows if row.number and wanted.count(row.number) > 1)
        raise _wrong(
            twice, "number", _("编号“%(number)s”出现了两次") % {"number": twice.number}
        )
    return before


def _fill(record: Record, register: Register, row: RecordRow) -> None:
    name = row.name.strip()
    if not 0 < len(name) <= 200:
        raise _wrong(row, "name", _("名称不能为空，也不能超过 200 字"))
    if row.sensitivity not in SENSITIVITIES:
        raise _wrong(row, "sensitivity", _("请选择知悉范围"))
    try:
        record.values = register.accept(row.values)
    except Invalid as problem:
        place = _place_of(row)
        raise Invalid(
            problem.title, place=place, remedy=problem.remedy, fields=problem.fields
        ) from problem
    record.name, record.sort_key = name, sort_key(name)
    record.body_id = UUID(row.body_id)
    record.division_code, record.address = row.division_code, row.address.strip()[:200]
    record.sensitivity = row.sensitivity
    record.audience = rules.audience_of(row.sensitivity, row.body_id)
    record.extent = dict(row.extent) if row.extent else None
    record.lon, record.lat = _place(register, row)
    record.cell = None
    record.west = record.south = record.east = record.north = None
    if record.lon is not None and record.lat is not None:
        lon, lat = float(record.lon), float(record.lat)
        record.cell = cell_at(lon, lat)
        covered = shape_of(record.extent).bounds if record.extent else (lon, lat, lon, lat)
        record.west, record.south, record.east, record.north = covered
    record.expires_on = first_expiry(register, record.values)


def _place(register: Register, row: RecordRow) -> tuple[Decimal | None, Decimal | None]:
    """Where a record stands on the map: as said, or inside its extent."""
    lon, lat = row.lon, row.lat
    if row.extent:
        shape = shape_of(row.extent)
        if shape.geom_type.removeprefix("Multi") not in register.shapes:
            raise _wrong(row, "extent", _("这种登记不能画成这样的图形"))
        if lon is None or lat is None:
            inside = shape.representative_point()
            lon, lat = Decimal(str(inside.x)), Decimal(str(inside.y))
    if (lon is None) != (lat is None):
        raise _wrong(row, "lon" if lon is None else "lat", _("经度和纬度要么都填，要么都不填"))
    if lon is None or lat is None:
        return None, None
    return in_china(lon, lat, place=row.name)


def _numbers(register: Register, count: int) -> Iterable[str]:
    """Take the next numbers of a register, as FX-00012; whoever comes second waits."""
    if not count:
        return []
    NumberBook.objects.bulk_create([NumberBook(kind=register.kind)], ignore_conflicts=True)
    book = NumberBook.objects.select_for_update().get(kind=register.kind)
    NumberBook.objects.filter(pk=book.pk).update(last=book.last + count)
    return [f"{register.prefix}-{book.last + one:05}" for one in range(1, count + 1)]


def _version(
    actor: Actor,
    record: Record,
    changed: list[str],
    *,
    reason: str,
    taking: Taking | None,
) -> RecordVersion:
    return RecordVersion(
        record=record,
        number=record.version,
        deed=Deed.CHANGED if changed else Deed.ENTERED,
        snapshot=snapshot_of(record),
        changed=changed,
        reason=reason.strip()[:500],
        at=record.changed_at,
        by=actor.label[:200],
        taking=taking,
    )


def _keep(written: Written, versions: Sequence[RecordVersion]) -> None:
    insert_rows([*written.new, *written.changed], changing=KEPT)
    insert_rows(versions)
    if written.same:
        first = written.same[0]
        Record.objects.filter(pk__in=[one.pk for one in written.same]).update(
            confirmed_at=first.confirmed_at, due_on=first.due_on
        )


def _tell(written: Written, versions: Sequence[RecordVersion], reason: str) -> None:
    for record, version in zip([*written.new, *written.changed], versions, strict=True):
        said = {
            "subject_id": str(record.pk),
            "kind": record.kind,
            "number": record.number,
            "title": record.name,
            "body_id": str(record.body_id),
        }
        fact = (
            RecordChanged(**said, fields=list(version.changed), reason=reason)
            if version.changed
            else RecordEntered(**said)
        )
        happened(fact, audience=record.audience)


def _wrong(row: RecordRow, name: str, problem: str) -> Invalid:
    return Invalid(
        _("登记的内容有误：%(problem)s。") % {"problem": problem},
        place=_place_of(row),
        remedy=_("请按提示改正。"),
        fields={name: problem},
    )


def _place_of(row: RecordRow) -> str:
    return _("第 %(row)s 行") % {"row": row.row} if row.row else row.name[:40]
