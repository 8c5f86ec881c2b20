"""What buttons and forms of the editor ask for, as edits of the text."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from liandong.kernel.wording import gettext as _
from liandong.plans.forms import stands_at
from liandong.plans.language import GROUP_LABELS, HIGHEST_FIRST
from liandong.plans.language.editing import Edit, absent, at_path, name_of, settled_path
from liandong.plans.language.problems import Path
from liandong.plans.queries.outline import levels_of, mapping, things
from liandong.plans.views.editor_page import LEVEL, At
from liandong.web.problems import BadQuery

LONGEST_PATH = 16


def as_wanted(edits: Iterable[Edit], data: Any) -> Iterable[Edit]:
    """Edits as the text can take them: a second clause makes one of any, the last one gone takes all."""
    for one in edits:
        path = settled_path(one.path, data)
        around = at_path(data, path[:-1])
        if path[-2:-1] == ("any",) and around is absent and path[-1] != 0:
            there = at_path(data, path[:-2])
            yield Edit(deed="put", path=path[:-2], value={"any": [there, one.value]})
        elif one.deed == "remove" and path[-2:-1] == ("any",) and len(things(around)) == 1:
            yield Edit(deed="remove", path=one.path[:-2])
        else:
            yield one


Asked = tuple[list[Edit], At]


def deed_asked(sent: QueryDict, data: Any, at: At) -> Asked:
    """What a button asks for, and where to be afterwards."""
    path = path_asked(sent.get("path", "[]"))
    do = DEEDS.get(sent.get("deed", ""))
    if do is None:
        raise unreadable()
    return do(sent, settled_path(path, data), data, at)


def _removed(_sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    """Take something away; whoever was at it is then at what it was in."""
    if here[2::2] == ("steps",):
        at = replace(at, step="")
    elif here[:-1] == ("levels",):
        at = replace(at, level="", step="", part="")
    return list(as_wanted([Edit(deed="remove", path=here)], data)), at


def _moved(sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    around, place = _place_in_list(here, data)
    to = place + (1 if sent.get("deed") == "down" else -1)
    return [Edit(deed="move", path=here, to=max(0, min(to, len(around) - 1)))], at


def _level_added(sent: QueryDict, _here: Path, _data: Any, _at: At) -> Asked:
    level = sent.get("level", "")
    if level not in HIGHEST_FIRST:
        raise unreadable()
    value = {"source": {"status": "recorded"}}
    edit = Edit(deed="put", path=("levels", level), value=value)
    return [edit], At(level=level, part=LEVEL)


def _step_added(_sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    """A new step at the end."""
    if not stands_at(("levels", str, "steps"), here):
        raise unreadable()
    name = _free_name(data)
    place = len(things(at_path(data, here)))
    edit = Edit(deed="insert", path=(*here, place), value={"id": name, "do": "order"})
    return [edit], replace(at, step=name, part="")


def _doubled(_sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    """The double of a step, behind it."""
    around, place = _place_in_list(here, data)
    name = _free_name(data)
    value = {**mapping(around[place]), "id": name}
    edit = Edit(deed="insert", path=(*here[:-1], place + 1), value=value)
    return [edit], replace(at, step=name, part="")


def _group_added(sent: QueryDict, _here: Path, data: Any, at: At) -> Asked:
    if sent.get("group") not in GROUP_LABELS:
        raise unreadable()
    place = len(things(at_path(data, ("field_post", "groups"))))
    path = ("field_post", "groups", place)
    return [Edit(deed="insert", path=path, value=sent["group"])], at


DEEDS: dict[str, Callable[[QueryDict, Path, Any, At], Asked]] = {
    "remove": _removed,
    "up": _moved,
    "down": _moved,
    "double": _doubled,
    "add-level": _level_added,
    "add-step": _step_added,
    "add-group": _group_added,
}


def _place_in_list(here: Path, data: Any) -> tuple[list[Any], int]:
    """The list in which a place is, and which of it."""
    around = things(at_path(data, here[:-1])) if here else []
    if not (around and isinstance(here[-1], int) and here[-1] < len(around)):
        raise unreadable()
    return around, here[-1]


def _free_name(data: Any) -> str:
    """A name for a new step that no step of the plan has."""
    taken = {
        name_of(one) for level in levels_of(data).values() for one in things(level.get("steps"))
    }
    return next(f"step-{n}" for n in range(1, len(taken) + 2) if f"step-{n}" not in taken)


def unreadable() -> BadQuery:
    """What is said to a page that asks for what there is not."""
    return BadQuery(_("页面问的话读不懂。"), remedy=_("请刷新页面。"))


def path_asked(text: str) -> Path:
    """The place that a page names. Raises ``BadQuery``."""
    try:
        path = json.loads(text)
    except ValueError:
        path = None
    if not isinstance(path, list) or len(path) > LONGEST_PATH:
        raise unreadable()
    if not all(type(one) in {str, int} for one in path):
        raise unreadable()
    return tuple(path)
