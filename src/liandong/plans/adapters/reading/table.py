"""The tables of a plan, known by their heads."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from liandong.documents import Row, Table
from liandong.plans.adapters.reading.cells import (
    clauses_in_cell,
    is_nothing,
    marked,
    named_in_cell,
)
from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.draft import Draft, LevelDraft, Link, Origin
from liandong.plans.adapters.reading.entries import add_clause, add_group, add_step
from liandong.plans.adapters.reading.headings import level_of
from liandong.plans.adapters.reading.measures import read_measure, read_proof, read_times
from liandong.plans.adapters.reading.numbers import lengths_in, plain
from liandong.plans.adapters.wording import ALTOGETHER, EITHER, UNREAD
from liandong.plans.language import LevelKey, Status, level_label, write_duration
from liandong.plans.language.document import DEADLINES

Data = dict[str, Any]
LEVEL, CONDITION = r"级别|等级|响应级", r"启动条件|启动标准|条件|标准|情形"
SOURCE, TELEPHONE = r"来源|出处|依据", r"电话|手机|联系方式"
UNIT: Final = r"责任单位|牵头|责任部门|承办单位|单位|部门|责任人"
MEASURE: Final = r"措施|工作内容|任务|行动|内容"
ROLES: Final = {
    "proposes": r"建议",
    "consent": r"同意",
    "ends": r"终止|解除",
    "informs": r"报告|报备|通报",
    "expected": r"期限",
    "decides": r"决定|批准|审批|启动人|签发",
}
ROLE_LABELS: Final = {
    "proposes": "建议",
    "decides": "决定",
    "consent": "须经同意",
    "informs": "报告",
    "ends": "终止",
    "expected": "预计期限",
}
PLACE: Final = re.compile(r"(?P<level>Ⅰ|Ⅱ|Ⅲ|Ⅳ)?级?(?P<at>\d{1,4})")
UNITS: Final = re.compile(r"[(（]\s*(人|公顷|亩|间|户|例|万元|小时|%)\s*[)）]$")
Columns = dict[str, int]


def read_table(
    draft: Draft, table: Table, directory: Directory, level: LevelKey | None
) -> bool:
    """Read one table into the draft; False where its head is not known. ``level`` is where it stands."""
    head = [plain(cell) for cell in table.rows[0].cells]
    read = _kind(head)
    if read is None:
        return False
    read(draft, table.rows, directory, level)
    return True


Read = Callable[[Draft, Sequence[Row], Directory, LevelKey | None], None]


def _kind(head: list[str]) -> Read | None:
    """Which table it is."""
    has = {name: _column(head, words) for name, words in WORDS.items()}
    if sum(level_of(cell) is not None for cell in head[1:]) > 1:
        return _read_across
    for wanted, read in (
        (("telephone",), _pass_over),
        (("source", "state"), _pass_over),
        (("group",), _read_groups),
        (("level", "condition"), _read_conditions),
        (("level", "decides"), _read_deciding),
        (("measure", "unit"), _read_measures),
    ):
        if all(has[one] is not None for one in wanted):
            return read
    return None


WORDS: Final = {
    "telephone": TELEPHONE,
    "source": SOURCE,
    "state": r"^状态$",
    "group": r"工作组|组别|组名",
    "level": LEVEL,
    "condition": CONDITION,
    "decides": ROLES["decides"],
    "measure": MEASURE,
    "unit": UNIT,
}


def _pass_over(
    draft: Draft, rows: Sequence[Row], _directory: Directory, _level: LevelKey | None
) -> None:
    """What a plan does not keep: telephones stand in the county's phone book."""
    if _column([plain(one) for one in rows[0].cells], TELEPHONE) is not None and len(rows) > 1:
        draft.miss(
            rows[0].number,
            rows[0].text,
            f"通讯联络表（{len(rows) - 1} 行）不放进预案：电话在“电话簿”里导入，随任职变动",
        )


def _read_conditions(
    draft: Draft, rows: Sequence[Row], directory: Directory, level: LevelKey | None
) -> None:
    head = [plain(cell) for cell in rows[0].cells]
    at = _column(head, CONDITION)
    if any(_column(head, words) is not None for words in ROLES.values()):
        _read_deciding(draft, rows, directory, level)
    for row, key, _here in _by_level(draft, rows, level):
        text, status = marked(_cell(row, at))
        cited = _cell(row, _column(head, SOURCE))
        if is_nothing(text) or text == UNREAD:
            continue
        for said in clauses_in_cell(text):
            origin = Origin(
                paragraph=row.number,
                quote=row.text,
                reading="",
                status=status,
                cited="" if is_nothing(cited) else cited,
            )
            add_clause(draft, key, said, origin)


def _read_across(
    draft: Draft, rows: Sequence[Row], _directory: Directory, _level: LevelKey | None
) -> None:
    """Facts down, levels across."""
    levels = [level_of(cell) for cell in rows[0].cells]
    for row in rows[1:]:
        subject = row.cells[0]
        unit = UNITS.search(subject)
        about = UNITS.sub("", subject)
        for key, cell in zip(levels[1:], row.cells[1:], strict=False):
            if key is None or is_nothing(cell):
                continue
            origin = Origin(paragraph=rows[0].number, quote=rows[0].text, reading="")
            draft.level(key, origin)
            text, status = marked(cell)
            own = Origin(paragraph=row.number, quote=row.text, reading="", status=status)
            add_clause(draft, key, f"{about}{text}", own, unit=unit[1] if unit else "")


def _read_deciding(
    draft: Draft, rows: Sequence[Row], directory: Directory, level: LevelKey | None
) -> None:
    head = [plain(cell) for cell in rows[0].cells]
    columns: Columns = {}
    for role, words in ROLES.items():
        at = _column(head, words, taken=columns.values())
        if at is not None:
            columns[role] = at
    for row, key, here in _by_level(draft, rows, level):
        for role, at in columns.items():
            text, status = marked(_cell(row, at))
            if is_nothing(text):
                continue
            value = _role(role, text, directory)
            if value is None:
                draft.miss(row.number, text, f"{level_label(key)}的{ROLE_LABELS[role]}没有看懂")
                continue
            reading = f"{level_label(key)}{ROLE_LABELS[role]}：{text}"
            here.roles[role] = (
                value,
                Origin(paragraph=row.number, quote=row.text, reading=reading, status=status),
            )


def _role(role: str, text: str, directory: Directory) -> Any:
    if role == "expected":
        lengths = lengths_in(plain(text))
        return write_duration(lengths[0][0]) if lengths else None
    if role == "informs":
        return _informed(text, directory)
    keys = named_in_cell(text, directory)
    if not keys:
        return None
    if role in {"decides", "ends"}:
        said = plain(text)
        either = EITHER in said or ("或" in said and ALTOGETHER not in said)
        return {"any_of" if either else "all_of": keys}
    return keys[0]


def _informed(text: str, directory: Directory) -> list[Data] | None:
    found = []
    for part in re.split(r"[;；\n]", plain(text)):
        keys, lengths = named_in_cell(part, directory), lengths_in(part)
        if keys and lengths:
            found += [{"post": key, "within": write_duration(lengths[0][0])} for key in keys]
    return found or None


def _read_measures(
    draft: Draft, rows: Sequence[Row], directory: Directory, level: LevelKey | None
) -> None:
    head = [plain(cell) for cell in rows[0].cells]
    columns = {
        "measure": _column(head, MEASURE),
        "unit": _column(head, UNIT),
        "acknowledge_within": _column(head, r"复诵|接令|签收"),
        "finish_within": _column(head, r"完成"),
        "after": _column(head, r"前置|之后"),
        "proof": _column(head, r"凭据|佐证|反馈材料"),
    }
    if columns["finish_within"] is None:
        taken = [columns["acknowledge_within"]]
        columns["finish_within"] = _column(head, r"时限|时间要求", taken=taken)
    if level is None and _column(head, LEVEL) is None:
        draft.miss(rows[0].number, rows[0].text, "措施表没有写是哪一级响应，没有录入")
        return
    timed = columns["finish_within"] is not None
    for row, key, here in _by_level(draft, rows, level):
        text, status = marked(_cell(row, columns["measure"]))
        if is_nothing(text):
            continue
        step = read_measure(text, directory)
        if timed:  # the columns rule, not what the sentence says beside
            step = {k: v for k, v in step.items() if k not in DEADLINES}
        step |= _of_cells(row, columns, directory, status)
        step["text"] += _with_whom(_cell(row, columns["unit"]), directory)
        origin = Origin(paragraph=row.number, quote=row.text, reading="", status=status)
        added = add_step(here, key, step, directory, origin)
        draft.links.append(Link(key, added, _cell(row, columns["after"]), origin))


def _of_cells(
    row: Row, columns: dict[str, int | None], directory: Directory, own: Status
) -> Data:
    """What the other cells say of a measure; ``own`` is where the measure itself comes from."""
    found: Data = {}
    figures: Data = {}
    unit, status = marked(_cell(row, columns["unit"]))
    keys = named_in_cell(unit, directory)
    if keys:
        found["to"] = keys[0]
    if status != own:
        _say_source(figures, "to", status, row)
    for field in ("acknowledge_within", "finish_within"):
        text, status = marked(_cell(row, columns[field]))
        times = read_times(text, field)
        found |= times
        for one in times:
            if status != Status.RECORDED:
                _say_source(figures, one, status, row)
    proof = read_proof(_cell(row, columns["proof"]))
    return (
        found | ({"proof": proof} if proof else {}) | ({"figures": figures} if figures else {})
    )


def _say_source(figures: Data, field: str, status: Status, row: Row) -> None:
    figures[field] = {"status": str(status), "cite": f"第 {row.number} 段"}


def _with_whom(cell: str, directory: Directory) -> str:
    """The others of a cell that names several: a step goes to one, the rest stay in its words."""
    others = named_in_cell(marked(cell)[0], directory)[1:]
    return f"（配合：{'、'.join(map(directory.label, others))}）" if others else ""


def link(draft: Draft) -> None:
    """Turn numbers of measures into their names, once all tables are read; what is not there is told."""
    for one in draft.links:
        names = []
        for found in PLACE.finditer(plain(one.after)):
            level = level_of(f"{found['level']}级") if found["level"] else one.level
            steps = draft.levels[level].steps if level in draft.levels else []
            at = int(found["at"])
            name = steps[at - 1][0]["id"] if 0 < at <= len(steps) else None
            if name is None or name == one.step["id"]:
                draft.miss(
                    one.origin.paragraph,
                    one.origin.quote,
                    f"前置“{found[0]}”不在表中，没有录入",
                )
            else:
                names.append(name)
        if names:
            one.step["after"] = list(dict.fromkeys(names))


def _read_groups(
    draft: Draft, rows: Sequence[Row], directory: Directory, _level: LevelKey | None
) -> None:
    head = [plain(cell) for cell in rows[0].cells]
    name_at = _column(head, r"工作组|组别|组名")
    lead_at = _column(head, r"牵头|组长")
    member_at = _column(head, r"成员|组成|参加|配合")
    for row in rows[1:]:
        add_group(
            draft,
            row,
            plain(_cell(row, name_at)),
            named_in_cell(_cell(row, lead_at), directory),
            named_in_cell(_cell(row, member_at), directory),
        )


def _by_level(
    draft: Draft, rows: Sequence[Row], level: LevelKey | None
) -> list[tuple[Row, LevelKey, LevelDraft]]:
    """Each row with its level: of its own column, of a row that spans the table, or where the table stands."""
    at = _column([plain(cell) for cell in rows[0].cells], LEVEL)
    found = []
    for row in rows[1:]:
        spans = len(set(row.cells)) == 1
        own = level_of(row.cells[0]) if spans else level_of(_cell(row, at))
        if spans and own:
            level = own
            continue
        key = own or level
        if key:
            origin = Origin(paragraph=row.number, quote=row.text, reading="")
            found.append((row, key, draft.level(key, origin)))
    return found


def _column(head: Sequence[str], words: str, taken: Any = ()) -> int | None:
    return next(
        (at for at, cell in enumerate(head) if re.search(words, cell) and at not in set(taken)),
        None,
    )


def _cell(row: Row, at: int | None) -> str:
    return row.cells[at] if at is not None and at < len(row.cells) else ""
