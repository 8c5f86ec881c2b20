"""Files into registers and out of them, by whoever keeps the node."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from liandong.config.outfitting import place_of
from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.problems import Invalid

BODY = "body"
WRITERS = (".xlsx", ".csv", ".geojson")
Step = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which file into which register: its coordinates, whose records, where its names stand.

    ``called`` are pairs HEADING=TITLE, ``filled`` pairs TITLE=TEXT. ``again``: though it came in before.
    """

    kind: str
    file: Path
    crs: str = "wgs84"
    body: str = ""
    named_by: str = ""
    called: Sequence[str] = ()
    filled: Sequence[str] = ()
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a file did, or would do."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    notes: list[str] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)


def take_in(asked: Asked, *, dry_run: bool, step: Step) -> Told:
    """Take a file in, all or nothing; raises ``Problem`` for what is no such file or register."""
    content = _content(asked.file)
    if asked.kind == BODY:
        return _take_bodies(asked, content, dry_run=dry_run, step=step)
    from liandong.documents.sheets import COMMAND, Unsound  # noqa: PLC0415 -- Django woke up only now
    from liandong.kernel.geo.systems import system_of  # noqa: PLC0415 -- as above
    from liandong.sharing import actions, queries  # noqa: PLC0415 -- as above
    from liandong.sharing.actions.sheet_county import County  # noqa: PLC0415 -- as above
    from liandong.sharing.adapters.reading import Given, read_register  # noqa: PLC0415 -- as above
    from liandong.sharing.registers import register_of  # noqa: PLC0415 -- as above

    register, actor, place = register_of(asked.kind), _keeper(), _place()
    body = County.of(actor, place).body(asked.body) if asked.body else None
    step("读取")
    lines, findings = read_register(
        content,
        asked.file.name,
        register,
        system_of(asked.crs),
        given=Given(
            named_by=asked.named_by,
            called=_pairs(asked.called),
            filled=_pairs(asked.filled),
        ),
        bounds=COMMAND,
    )
    if findings or dry_run:
        step("核对")
        return _told(actions.plan_sheet(actor, place, register, lines, findings, body).draft)
    step("核对并写入")
    try:
        taking = actions.take_sheet(
            actor,
            kind=asked.kind,
            place=place,
            rows=lines,
            seen=None,
            name=asked.file.name,
            digest=hashlib.sha256(content).hexdigest(),
            body=body,
            again=asked.again,
        )
    except Unsound as wrong:
        return Told(findings=_places(wrong.findings))
    return Told(
        new=taking.new,
        changed=taking.changed,
        same=taking.same,
        withdrawn=queries.withdrawn_by(taking),
        notes=_notes(actions.unread_columns(lines)),
    )


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """Read LEFT=RIGHT; raises ``Invalid`` for what has no equals sign."""
    if wrong := [one for one in given if "=" not in one.strip("=")]:
        raise Invalid(f"“{wrong[0]}”里没有等号。", remedy="请写成“列名=名称”或“类型=水库”。")
    return {left: right for left, _equals, right in (one.rpartition("=") for one in given)}


def hand_out(kind: str, file: Path, *, is_open: bool) -> int:
    """Write a register to a file, and say how many records; an ``is_open`` one holds nothing sensitive."""
    from liandong.sharing import queries  # noqa: PLC0415 -- Django woke up only now
    from liandong.sharing.adapters import writing  # noqa: PLC0415 -- as above
    from liandong.sharing.registers import register_of  # noqa: PLC0415 -- as above
    from liandong.sharing.states import RecordState  # noqa: PLC0415 -- as above

    register, actor = register_of(kind), _keeper()
    if is_open:
        actor = replace(actor, scopes=frozenset({"county"}), grants=frozenset())
    rows = queries.visible_to(actor).filter(kind=kind, state=RecordState.CURRENT)
    rows = rows.order_by("number")
    suffix = file.suffix.lower()
    with _whole(file) as out:
        if suffix == ".xlsx":
            out.write(writing.workbook_of(actor, register, rows))
        else:
            written = writing.commas_of if suffix == ".csv" else writing.layer_of
            out.writelines(line.encode() for line in written(actor, register, rows))
    return rows.exclude(lon=None).count() if suffix == ".geojson" else rows.count()


@contextmanager
def _whole(file: Path) -> Iterator[IO[bytes]]:
    """Write a file beside, and put it in place once it is whole: what was there stays until then."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _take_bodies(asked: Asked, content: bytes, *, dry_run: bool, step: Step) -> Told:
    from liandong.documents.sheets import COMMAND  # noqa: PLC0415 -- as above
    from liandong.organization import actions  # noqa: PLC0415 -- as above
    from liandong.organization.adapters.bodies_sheet import read_bodies  # noqa: PLC0415 -- as above

    actor, place = _keeper(), _place()
    rows, findings = read_bodies(content, asked.file.name, COMMAND)
    step("核对")
    draft = actions.plan_bodies(place, rows, findings)
    if not draft.findings and not dry_run:
        step("写入")
        actions.take_bodies(
            actor,
            place=place,
            rows=rows,
            seen=draft.fingerprint,
            name=asked.file.name,
            digest=hashlib.sha256(content).hexdigest(),
        )
    return _told(draft)


def _told(draft: Any) -> Told:
    return Told(
        new=draft.new,
        changed=draft.changed,
        same=draft.same,
        withdrawn=draft.withdrawn,
        notes=_notes(one for one in draft.changes if one.kind == "skipped"),
        findings=_places(draft.findings),
    )


def _notes(skipped: Iterable[Any]) -> list[str]:
    return [f"{one.what}：{one.detail}" for one in skipped]


def _places(findings: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {
            "row": one.row,
            "column": one.column,
            "place": str(one.place),
            "text": str(one.text),
        }
        for one in findings
    ]


def _content(file: Path) -> bytes:
    """No more of a file than is needed to see that it is too large."""
    from liandong.documents.sheets import COMMAND  # noqa: PLC0415 -- as above

    with file.open("rb") as opened:
        return opened.read(COMMAND.megabytes * 1024 * 1024 + 1)


def _keeper() -> Actor:
    from liandong.organization.permissions import Permission as Organization  # noqa: PLC0415 -- as above
    from liandong.sharing.permissions import Permission  # noqa: PLC0415 -- as above

    return system_actor("node", "命令行导入登记簿", ACTUAL, *Permission, *Organization)


def _place() -> Any:
    from liandong.kernel.identity import this_node  # noqa: PLC0415 -- as above

    found = this_node()
    if found is None:
        raise Invalid("节点还没有建立。", remedy="请先执行 liandong init。")
    return place_of(found)
