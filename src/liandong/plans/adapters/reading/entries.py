"""What was read, entered into the draft: with a name, somebody to do it, and in words how it was read."""

from dataclasses import replace
from typing import Any, Final

from liandong.documents import Paragraph, Row
from liandong.plans.adapters.reading.cells import is_nothing
from liandong.plans.adapters.reading.conditions import range_doubt, read_condition, said_again
from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.draft import Draft, LevelDraft, Origin
from liandong.plans.adapters.wording import DEEDS
from liandong.plans.language import (
    DEED_LABELS,
    GROUP_LABELS,
    LevelKey,
    Status,
    duration_label,
    level_label,
    read_duration,
)

Data = dict[str, Any]
TIMES: Final = (
    ("acknowledge_within", "{}内复诵"),
    ("finish_within", "{}内完成"),
    ("every", "每{}一次"),
)
ORDERED: Final = frozenset({"order", "request", "release"})
SHORT: Final = 40


def add_clause(
    draft: Draft, key: LevelKey, said: str, origin: Origin, *, unit: str = ""
) -> None:
    """Put one clause into its level; what was not understood stays as it stands, and open."""
    if not said.strip():
        return
    found = read_condition(said, unit=unit)
    sign = level_label(key)
    if found is None:
        found = {"not_recorded": said, "status": str(Status.NOT_RECORDED)}
        reading = f"{sign}启动条件没有看懂，按原文记下，研判时“未定”：{said}"
        draft.miss(origin.paragraph, said, "启动条件没有看懂，按原文记为“未录”")
    else:
        reading = f"{sign}启动条件：{said_again(found)}{range_doubt(said)}"
    draft.levels[key].clauses.append((found, replace(origin, reading=reading)))


def add_group(
    draft: Draft, piece: Paragraph | Row, name: str, leads: list[str], members: list[str]
) -> None:
    """Put a group into the draft; one that is known by its name has its usual key."""
    if is_nothing(name):
        return
    known = {label: key for key, label in GROUP_LABELS.items()}
    taken = {one["key"] for one, _origin in draft.groups}
    key = known.get(name, "")
    group: Data = {"key": key}
    if not key or key in taken:
        group = {"key": f"group-{len(draft.groups) + 1}", "name": name}
    if leads:
        group["leads"] = leads[0]
    bodies = list(dict.fromkeys(one.partition(".")[0] for one in (*leads[1:], *members)))
    if bodies:
        group["members"] = bodies
    reading = f"现场工作组：{name}"
    draft.groups.append(
        (group, Origin(paragraph=piece.number, quote=piece.text, reading=reading))
    )


def add_step(
    level: LevelDraft,
    key: LevelKey,
    step: Data,
    directory: Directory,
    origin: Origin,
) -> Data:
    """Put a step into its level; where nobody is named, the office gets it and the guess says so."""
    made: Data = {"id": f"{key.lower()}-{len(level.steps) + 1}", **_sound(step)}
    figures = dict(made.pop("figures", {}))
    who = ""
    if "to" not in made:
        made["to"] = directory.office
        who = "原文没有写责任单位，暂列指挥部办公室，请指定"
        figures["to"] = {
            "status": str(Status.NOT_RECORDED),
            "cite": f"{origin.cite} 没有写责任单位",
        }
    order = ("id", "do", "to", "text")
    made = {one: made[one] for one in order} | {
        one: value for one, value in made.items() if one not in order
    }
    if figures:
        made["figures"] = figures
    reading = "；".join(part for part in (_said(made, directory), who, origin.reading) if part)
    level.steps.append((made, replace(origin, reading=reading)))
    return made


def _sound(step: Data) -> Data:
    """Without what this kind of step cannot have."""
    made = {field: value for field, value in step.items() if value not in (None, [], "")}
    if made["do"] not in ORDERED:
        made = {k: v for k, v in made.items() if k not in {"otherwise", "same_as"}}
    if made["do"] == "report":
        made.pop("waits_for", None)
    if ("plan" in made) != (made["do"] == "start_plan"):
        made = {k: v for k, v in made.items() if k != "plan"} | {"do": "order"}
    return made


def _said(step: Data, directory: Directory) -> str:
    text = step["text"]
    text = text if len(text) <= SHORT else text[: SHORT - 1] + "…"
    times = [
        form.format(duration_label(read_duration(step[field])))
        for field, form in TIMES
        if field in step
    ]
    sign = "" if step["do"] == "order" else DEEDS[step["do"]]
    what = sign or f"{DEED_LABELS['order']}："
    return "；".join([f"{what}{directory.label(step['to'])}办理“{text}”", *times])
