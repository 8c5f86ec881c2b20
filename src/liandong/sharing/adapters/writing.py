"""A register as a sheet: what a reader sees of it, in columns that read back as the same."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import QuerySet

from liandong.documents.sheets import Layout, blank_workbook, listed_workbook, write_commas
from liandong.kernel.actors import Actor
from liandong.kernel.wording import recorded
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.sharing import queries
from liandong.sharing.actions.sheet_line import extent_text
from liandong.sharing.adapters.layouts import layout_of
from liandong.sharing.models import Record
from liandong.sharing.registers import Register
from liandong.sharing.states import RecordState, Sensitivity

LONGEST_CELL = 32_000
AT_ONCE = 2000
PLACE = {"lon", "lat", "extent"}
OFFERED = (BodyKind.UNIT, BodyKind.TOWNSHIP, BodyKind.PARTNER, BodyKind.ENTERPRISE)


def blank_sheet(register: Register) -> bytes:
    """A workbook to fill in: choices, bodies and townships in drop-downs, hints, an example."""
    bodies = organization.all_bodies().filter(kind__in=OFFERED)
    towns = organization.bodies_by_kind(BodyKind.TOWNSHIP)
    offered = {
        "body": [one.name for one in bodies],
        "division_code": [one.short_name for one in towns if one.division_code],
    }
    with recorded():
        return blank_workbook([_shown(layout_of(register, offered=offered))])


def workbook_of(actor: Actor, register: Register, records: QuerySet[Record]) -> bytes:
    """Records as a workbook; reading it back changes nothing."""
    heads, rows = _table(actor, register, records)
    return listed_workbook(heads[0], heads[1:], rows)


def commas_of(actor: Actor, register: Register, records: QuerySet[Record]) -> Iterator[str]:
    """Records as text with commas, line by line."""
    heads, rows = _table(actor, register, records)
    return write_commas(heads[1:], rows)


def layer_of(actor: Actor, register: Register, records: QuerySet[Record]) -> Iterator[str]:
    """Records that stand somewhere as GeoJSON, WGS-84, line by line; reading it back changes nothing."""
    layout = layout_of(register)
    titles = {one.key: one.title for one in layout.columns}
    towns = _towns()
    yield '{"type": "FeatureCollection", "features": [\n'
    comma = ""
    for record in records.exclude(lon=None).select_related("body").iterator(chunk_size=AT_ONCE):
        cells = _cells(actor, register, record, towns)
        point = {"type": "Point", "coordinates": [float(cells["lon"]), float(cells["lat"])]}
        feature = {
            "type": "Feature",
            "geometry": record.extent or point,
            "properties": {
                titles[key]: text for key, text in cells.items() if key not in PLACE and text
            },
        }
        yield f"{comma}{json.dumps(feature, ensure_ascii=False)}"
        comma = ",\n"
    yield "\n]}\n"


def _towns() -> dict[str, str]:
    return {
        one.division_code: one.short_name
        for one in organization.bodies_by_kind(BodyKind.TOWNSHIP)
        if one.division_code
    }


def _table(
    actor: Actor, register: Register, records: QuerySet[Record]
) -> tuple[list[str], Iterable[Sequence[str]]]:
    """Title and heads, and the rows. A sensitive column is there only if something of it is seen."""
    sees_any = any(
        queries.entitled(actor, one)
        for one in records.order_by("body_id", "sensitivity").distinct("body_id", "sensitivity")
    )
    layout = layout_of(register, without=frozenset() if sees_any else register.sensitive)
    shown = _shown(layout)
    names = _towns()

    def rows() -> Iterator[Sequence[str]]:
        for record in records.select_related("body").iterator(chunk_size=AT_ONCE):
            cells = _cells(actor, register, record, names)
            yield [cells.get(one.key, "") for one in shown.columns]

    return [layout.sheet, *(one.title for one in shown.columns)], rows()


def _cells(
    actor: Actor, register: Register, record: Record, towns: Mapping[str, str]
) -> dict[str, str]:
    with recorded():
        extent = extent_text(record.extent)
        return {
            "number": record.number,
            "name": record.name,
            "body": record.body.name,
            "division_code": towns.get(record.division_code, record.division_code),
            "address": record.address,
            "lon": "" if record.lon is None else str(record.lon),
            "lat": "" if record.lat is None else str(record.lat),
            "extent": extent if len(extent) <= LONGEST_CELL else "",
            "sensitivity": str(Sensitivity(record.sensitivity).label),
            "state": str(RecordState(record.state).label),
            **register.show(queries.shown_values(actor, record)),
        }


def _shown(layout: Layout) -> Layout:
    """Without the columns that only others' lists have: a telephone or a unit beside ours."""
    columns = tuple(one for one in layout.columns if "." not in one.key)
    return Layout(
        sheet=layout.sheet,
        columns=columns,
        examples=layout.examples,
        note_key=layout.note_key,
        advice=layout.advice,
    )
