"""What the lines of a file mean to a register: which records they are, and what would become of each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liandong.documents.sheets import (
    CHANGED,
    NEW,
    SAME,
    SKIPPED,
    WITHDRAWN,
    Change,
    Draft,
    Finding,
    Line,
)
from liandong.documents.sheets import draft as drafted
from liandong.documents.sheets.text import tidy
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.organization.actions.body import sort_key
from liandong.organization.models import Body
from liandong.sharing import queries, rules
from liandong.sharing.actions.sheet_county import County
from liandong.sharing.actions.sheet_line import LineReader
from liandong.sharing.actions.writing import PLAIN, RecordRow, row_of
from liandong.sharing.models import Record
from liandong.sharing.registers import Register
from liandong.sharing.states import RecordState, Sensitivity

MOST_SAID = 4
LONGEST_SAID = 24
AT_ONCE = 5000
# Two records of one body under one name and address are one thing, unless they differ in these.
TELLING: Mapping[str, tuple[str, ...]] = {"equipment": ("model", "storage_mode")}
Identity = tuple[Any, ...]


@dataclass
class Planned:
    """What to write, what to withdraw, and all of it in words."""

    rows: list[RecordRow] = field(default_factory=list)
    withdrawn: list[Record] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def draft(self) -> Draft:
        """Every row's change and everything that is wrong, in the order of the file."""
        return drafted(self.changes, self.findings)


def plan_sheet(
    actor: Actor,
    place: Division,
    register: Register,
    lines: Sequence[Line],
    findings: Sequence[Finding] = (),
    body: Body | None = None,
) -> Planned:
    """Say what taking these lines in would do; nothing is written.

    A line with a number is that record. One without is the record of the same body, name and
    address (of several the one at its place, for many reservoirs are called 团结水库), or a new one. One that names no body is of ``body``, else of the actor's own.
    """
    with recorded():
        planned = Planned(findings=list(findings))
        planner = _Planner(
            actor,
            register,
            County.of(actor, place, body),
            _Known.of(register, lines),
            planned,
            frozenset(one.row for one in findings),
        )
        for line in lines:
            planner.take(line)
        planned.changes += unread_columns(lines)
        return planned


def unread_columns(lines: Sequence[Line]) -> Iterator[Change]:
    """Say of each column that means nothing to the register that it is passed over."""
    for letter, heading in lines[0].unread.items() if lines else ():
        what = _("%(letter)s 列“%(heading)s”") % {"letter": letter, "heading": heading[:30]}
        yield Change(lines[0].row - 1, SKIPPED, what, _("登记簿里没有这一项，不导入"))


@dataclass(frozen=True)
class _Known:
    """The records that lines may mean, by number and by what they are."""

    by_number: Mapping[str, Record]
    by_identity: Mapping[Identity, Sequence[Record]]
    written: Mapping[tuple[str, ...], int]

    @classmethod
    def of(cls, register: Register, lines: Sequence[Line]) -> "_Known":
        records = Record.objects.filter(kind=register.kind).select_related("body")
        current = records.filter(state=RecordState.CURRENT)
        numbers = sorted({line["number"] for line in lines if line["number"]})
        names = sorted({sort_key(line["name"]) for line in lines if not line["number"]})
        by_identity = defaultdict(list)
        for some in _bits(names):
            for one in current.filter(sort_key__in=some).order_by("id"):
                by_identity[_identity(row_of(one), register)].append(one)
        return cls(
            {
                one.number: one
                for some in _bits(numbers)
                for one in records.filter(number__in=some)
            },
            by_identity,
            Counter(_said(line) for line in lines),
        )

    def match(self, line: Line, row: RecordRow, register: Register) -> Record | None:
        """The record of this name at this place; if the file has but one of the name, wherever it stands."""
        found = self.by_identity.get(_identity(row, register), ())
        here = [one for one in found if _place(row_of(one)) == _place(row)]
        if here:
            return here[0]
        return found[0] if len(found) == 1 and self.written[_said(line)] == 1 else None


def _bits(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))


def _said(line: Line) -> tuple[str, ...]:
    return (line["name"], line["body"], line["address"])


def _place(row: RecordRow) -> Identity:
    return (row.lon, row.lat, row.division_code)


def _identity(row: RecordRow, register: Register) -> Identity:
    telling = (str(row.values.get(key, "")) for key in TELLING.get(register.kind, ()))
    return (row.body_id, tidy(row.name), tidy(row.address), *telling)


@dataclass
class _Planner:
    """Plans one line after another."""

    actor: Actor
    register: Register
    county: County
    known: _Known
    planned: Planned
    wrong: frozenset[int]
    seen: dict[Identity, int] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        """Plan one line. It is read as new, and again over the record that it turns out to be."""
        number = line["number"]
        record = self.known.by_number.get(number)
        if number and record is None:
            wrong = _("没有编号为“%(number)s”的登记；新登记的请留空编号。") % {
                "number": number[:30]
            }
            self.planned.findings.append(line.wrong("number", wrong))
            return
        reader = self._reader(line, record)
        row = reader.read()
        if record is None:
            record = self.known.match(line, row, self.register)
            if record:
                reader = self._reader(line, record)
                row = reader.read()
        faults = [*reader.findings, *_faults(self.actor, line, row, record)]
        identity: Identity = (
            (record.number,) if record else (*_identity(row, self.register), *_place(row))
        )
        if identity in self.seen:
            wrong = _("与第 %(row)d 行重复。") % {"row": self.seen[identity]}
            faults.append(line.wrong("name", wrong))
        self.seen.setdefault(identity, line.row)
        self.planned.findings += faults
        if not faults and line.row not in self.wrong:
            _settle(self, line, row, record)

    def _reader(self, line: Line, record: Record | None) -> LineReader:
        sees_all = record is None or queries.entitled(self.actor, record)
        return LineReader(self.register, self.county, line, record, sees_all)


def _faults(
    actor: Actor, line: Line, row: RecordRow, record: Record | None
) -> Iterator[Finding]:
    """What stands against this record from this hand, however well it is written."""
    if line["state"] and line["state"] not in (states := list(map(str, RecordState.labels))):
        yield line.wrong("state", _("状态应为：%(all)s。") % {"all": "、".join(states)})
    if record and record.state != RecordState.CURRENT:
        yield line.wrong("number", _("这一条已撤销；如仍存在，请先在登记簿里恢复。"))
    if record is None and _is_withdrawn(line):
        yield line.wrong("state", _("没有这一条登记，无从撤销。"))
    bodies = {row.body_id} | ({str(record.body_id)} if record else set())
    if any(body and not rules.keeps(actor, body) for body in bodies):
        yield line.wrong("body", _("只能办理本单位负责的登记。"))


def _is_withdrawn(line: Line) -> bool:
    return bool(line["state"]) and line["state"] == str(RecordState.WITHDRAWN.label)


def _settle(
    planner: _Planner,
    line: Line,
    row: RecordRow,
    record: Record | None,
) -> None:
    planned = planner.planned
    if record is None:
        planned.rows.append(row)
        away = planner.county.far_off(row.lon, row.lat)
        planned.changes.append(Change(line.row, NEW, row.name, away))
        return
    what = f"{row.name}（{record.number}）"
    if _is_withdrawn(line):
        planned.withdrawn.append(record)
        planned.changes.append(Change(line.row, WITHDRAWN, what))
        return
    before = row_of(record)
    told = list(_differences(planner.register, before, row))
    if _place(before) != _place(row) and (away := planner.county.far_off(row.lon, row.lat)):
        told.insert(0, away)
    planned.rows.append(row)
    planned.changes.append(Change(line.row, CHANGED if told else SAME, what, _in_short(told)))


def _differences(register: Register, old: RecordRow, new: RecordRow) -> Iterator[str]:
    """What a change changes, in words."""
    titles = {one.key: str(one.title) for one in register.columns}
    titles |= {"body_id": titles["body"], "extent": _("范围"), "sensitivity": _("知悉范围")}
    for key in PLAIN:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield _told(titles[key], _plainly(key, before), _plainly(key, after))
    for one in register.fields:
        before, after = old.values.get(one.key), new.values.get(one.key)
        if before != after:
            yield _told(titles[one.key], one.show(before), one.show(after))


def _plainly(key: str, value: Any) -> str:
    if key == "sensitivity":
        return str(Sensitivity(value).label)
    return "" if value is None or key in {"extent", "body_id"} else str(value)


def _told(title: str, before: str, after: str) -> str:
    short = [
        one if len(one) <= LONGEST_SAID else f"{one[:LONGEST_SAID]}…" for one in (before, after)
    ]
    if not any(short):
        return title
    return _("%(what)s：%(old)s → %(new)s") % {
        "what": title,
        "old": short[0] or _("空"),
        "new": short[1] or _("空"),
    }


def _in_short(told: Sequence[str]) -> str:
    said = "；".join(told[:MOST_SAID])
    if len(told) <= MOST_SAID:
        return said
    return _("%(said)s；等 %(n)d 项") % {"said": said, "n": len(told)}
