"""Changing one place of a plan's text, and nothing else: comments, order and layout stay."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel

from liandong.plans.language.document import Document, Level, Plan, Step
from liandong.plans.language.levels import HIGHEST_FIRST, read_level
from liandong.plans.language.problems import Path
from liandong.plans.language.yaml_text import YamlWriter, read_yaml

Deed = Literal["put", "insert", "remove", "move"]
WIDEST: Final = 96
MOST_KEYS_ON_A_LINE: Final = 5
NAMES: Final = ("id", "key")  # under which the things in a list are known
NOT_PLAIN: Final = re.compile(r"[\n\r\t\x85\u2028\u2029]")


class _Absent:
    def __repr__(self) -> str:
        return "absent"


absent: Final = _Absent()


class UneditableError(Exception):
    """The place is not there, or cannot be changed without touching others."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change of one place.

    ``put`` writes ``value`` at ``path``, making what lies around it where it is missing;
    ``insert`` puts it into a list before the index that ends the path; ``remove`` takes the place
    away; ``move`` puts an item of a list where the item ``to`` stands.
    A part of a path that is a word finds in a list what bears it as ``id`` or ``key``.
    """

    deed: Deed
    path: Path
    value: Any = None
    to: int = 0


def edited(text: str, edit: Edit) -> str:
    """Carry out an edit on a text that reads. Raises ``UneditableError``."""
    data = read_yaml(text).data
    path = settled_path(edit.path, data)
    wanted = _changed(data, edit, path)
    made = _DEEDS[edit.deed](text, path, edit)
    if read_yaml(made).data != wanted:
        raise UneditableError
    return made


# Paths


def at_path(data: Any, path: Path) -> Any:
    """What stands at a path; ``absent`` where nothing does."""
    for part in path:
        if isinstance(data, list):
            is_there = isinstance(part, int) and 0 <= part < len(data)
        else:
            is_there = isinstance(data, Mapping) and part in data
        if not is_there:
            return absent
        data = data[part]
    return data


def settled_path(path: Path, data: Any) -> Path:
    """The path as the data has it: names in lists become places, levels are spelled as they are there."""
    found: list[str | int] = []
    for part in path:
        here = part
        if isinstance(data, list) and isinstance(part, str):
            at = next((i for i, one in enumerate(data) if name_of(one) == part), None)
            here = part if at is None else at
        elif isinstance(data, Mapping) and part not in data and part in HIGHEST_FIRST:
            here = next((key for key in data if _level(key) == part), part)
        found.append(here)
        data = at_path(data, (here,))
    return tuple(found)


def named_path(path: Path, data: Any) -> Path:
    """The path with names for the places in lists whose things have names: it holds when they move."""
    found: list[str | int] = []
    for part in path:
        one = at_path(data, (part,))
        named = name_of(one) if isinstance(data, list) else None
        found.append(named or part)
        data = one
    return tuple(found)


def name_of(thing: Any) -> str | None:
    """The name under which a thing in a list is known."""
    if not isinstance(thing, Mapping):
        return None
    return next((str(thing[word]) for word in NAMES if isinstance(thing.get(word), str)), None)


def _level(spelling: object) -> str | None:
    try:
        return read_level(str(spelling))
    except ValueError:
        return None


# What the data must be afterwards, against which the text is held


def _changed(data: Any, edit: Edit, path: Path) -> Any:
    if not path:
        return edit.value
    root = deepcopy(data)
    here = root
    for part, then in pairwise(path):
        here = _below(here, part, then, makes=edit.deed in {"put", "insert"})
    last = path[-1]
    if edit.deed == "put":
        _assign(here, last, edit.value)
    elif edit.deed == "insert" and isinstance(here, list) and isinstance(last, int):
        here.insert(last, edit.value)
    elif at_path(here, (last,)) is absent:
        raise UneditableError
    elif edit.deed == "remove":
        del here[last]
    else:
        _shift(here, last, edit.to)
    return root


def _below(here: Any, part: str | int, then: str | int, *, makes: bool) -> Any:
    """What stands at a part; made, where it is missing and something has to stand under it."""
    there = at_path(here, (part,))
    if makes and (there is absent or there is None):
        there = [] if isinstance(then, int) else {}
        _assign(here, part, there)
    return there


def _shift(here: Any, at: str | int, to: int) -> None:
    if not (isinstance(here, list) and isinstance(at, int) and 0 <= to < len(here)):
        raise UneditableError
    here.insert(to, here.pop(at))


def _assign(here: Any, part: str | int, value: Any) -> None:
    if isinstance(here, dict) and isinstance(part, str):
        here[part] = value
    elif isinstance(here, list) and isinstance(part, int) and 0 <= part <= len(here):
        here[part : part + 1] = [value]
    else:
        raise UneditableError


# Where everything stands in the text


@dataclass
class _Node:
    """A value in the text: its span without what follows it, and what it is made of."""

    start: int
    end: int
    column: int = 0
    is_flow: bool = False
    kind: Literal["scalar", "map", "list"] = "scalar"
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    parts: dict[str | int, "_Node"] = field(default_factory=dict)


def _nodes(text: str) -> _Node:
    events = iter(
        one
        for one in yaml.parse(text, Loader=yaml.CSafeLoader)
        if not isinstance(one, yaml.StreamStartEvent | yaml.DocumentStartEvent)
    )
    return _node(next(events), events, text)


def _node(event: Any, events: Iterator[Any], text: str) -> _Node:
    start, end = event.start_mark.index, event.end_mark.index
    node = _Node(start, end, event.start_mark.column)
    if isinstance(event, yaml.ScalarEvent):
        node.end = (
            start + len(text[start:end].rstrip("\n")) if event.style in {"|", ">"} else end
        )
        return node
    node.is_flow = bool(event.flow_style)
    node.kind = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
    one: Any
    while not isinstance(one := next(events), yaml.MappingEndEvent | yaml.SequenceEndEvent):
        name: str | int = len(node.parts)
        if node.kind == "map":
            name = str(one.value)
            node.keys[name] = (one.start_mark.index, one.end_mark.index)
            one = next(events)
        node.parts[name] = _node(one, events, text)
    if node.is_flow:
        node.end = getattr(one.end_mark, "index", node.end)
    else:
        last = next(reversed(node.parts))
        node.end = max(node.parts[last].end, node.keys.get(str(last), (0, 0))[1])
        if node.kind == "map":
            # The colon of a key without a value.
            node.end = max(node.end, text.index(":", node.keys[str(last)][1]) + 1)
    return node


def _find(node: _Node, path: Path) -> _Node:
    for part in path:
        if part not in node.parts:
            raise UneditableError
        node = node.parts[part]
    return node


def _has_flow_around(root: _Node, path: Path) -> bool:
    return any(_find(root, path[:n]).is_flow for n in range(len(path)))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _dash(text: str, node: _Node, at: int) -> int:
    """Where the dash of an item of a block list stands."""
    start = _line_start(text, node.parts[at].start)
    floor = node.parts[at - 1].end if at else node.start
    while True:
        place = start + node.column
        if text[place : place + 1] == "-" and text[place + 1 : place + 2] in {"", " ", "\n"}:
            return place
        if start <= floor:
            raise UneditableError
        start = _line_start(text, start - 1)


# Writing values


def _inline(value: Any) -> str:
    """A value on one line, good inside braces and brackets too."""
    text: str = yaml.dump(
        [value],
        Dumper=YamlWriter,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=True,
        default_style='"' if isinstance(value, str) and NOT_PLAIN.search(value) else None,
    )
    return text.strip()[1:-1]


def _is_short(value: Any) -> bool:
    if not value or not isinstance(value, dict | list):
        return True
    if isinstance(value, dict) and len(value) > MOST_KEYS_ON_A_LINE:
        return False
    nested = value.values() if isinstance(value, dict) else value
    if any(isinstance(one, list) and any(isinstance(p, dict) for p in one) for one in nested):
        return False
    return len(_inline(value)) <= WIDEST


def _lines(value: Any) -> list[str]:
    """A value that is not short, one part a line or more."""
    found: list[str] = []
    for key, one in value.items() if isinstance(value, dict) else ((None, v) for v in value):
        head = f"{_inline(key)}:" if key is not None else "-"
        if _is_short(one) and not (key == "any" and one):
            found.append(f"{head} {_inline(one)}")
        elif key is not None:
            found += [head, *(f"  {line}" for line in _lines(one))]
        else:
            first, *rest = _lines(one)
            found += [f"- {first}", *(f"  {line}" for line in rest)]
    return found


def _indented(lines: Sequence[str], column: int) -> str:
    return "".join(f"\n{' ' * column}{line}" for line in lines)


# Deeds


def _put(text: str, path: Path, edit: Edit) -> str:
    return _written(text, path, edit.value)


def _written(text: str, path: Path, value: Any) -> str:
    """Write a value at a path; of a mapping or list only the parts that differ."""
    data = read_yaml(text).data
    old = at_path(data, path)
    if old is absent:
        known = len(
            list(takewhile(lambda n: at_path(data, path[:n]) is not absent, range(len(path))))
        )
        around, rest = path[: known - 1], path[known - 1 :]
        for part in reversed(rest[1:]):
            value = [value] if isinstance(part, int) else {part: value}
        return _added(text, around, rest[0], value)
    if _same(old, value):
        return text
    if isinstance(old, dict) and isinstance(value, dict) and old and value:
        come = {key: one for key, one in value.items() if key not in old}
        for key in [key for key in old if key not in value]:
            heir = _heir(old[key], come)
            text = _renamed(text, (*path, key), heir) if heir else _taken(text, (*path, key))
        for key, one in value.items():
            text = _written(text, (*path, key), one)
        return text
    if isinstance(old, list) and isinstance(value, list) and old and value:
        return _list_written(text, path, old, value)
    return _replaced(text, path, value)


def _heir(old: Any, come: dict[str, Any]) -> str | None:
    """Take the new key under which what an old one held goes on: ``all`` that becomes ``any``."""
    if not (old and isinstance(old, dict | list)):
        return None
    heir = next((key for key, one in come.items() if one and type(one) is type(old)), None)
    if heir is not None:
        del come[heir]
    return heir


def _renamed(text: str, path: Path, name: str) -> str:
    """Write another key before a value."""
    start, end = _find(_nodes(text), path[:-1]).keys[str(path[-1])]
    return text[:start] + _inline(name) + text[end:]


def _same(old: Any, value: Any) -> bool:
    return type(old) is type(value) and bool(old == value)


def _list_written(text: str, path: Path, old: list[Any], new: list[Any]) -> str:
    """Write a list over a list; what both begin and end with stays as it is."""
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    both = min(len(gone), len(come))
    for at in range(head, head + both):
        text = _written(text, (*path, at), new[at])
    for at in range(head + both, head + len(come)):
        text = _added(text, path, at, new[at])
    for _extra in range(len(gone) - both):
        text = _taken(text, (*path, head + both))
    return text


def _alike(one: list[Any], two: list[Any]) -> int:
    pairs = zip(one, two, strict=False)
    return len(list(takewhile(lambda pair: _same(*pair), pairs)))


def _replaced(text: str, path: Path, value: Any) -> str:
    """Write a value in the place of another."""
    root = _nodes(text)
    if not path:
        return "\n".join(_lines(value)) + "\n"
    node, around = _find(root, path), _find(root, path[:-1])
    if _has_flow_around(root, path):
        gap = "" if text[node.start - 1] in " [{," else " "
        return text[: node.start] + gap + _inline(value) + text[node.end :]
    if around.kind == "map":
        key = around.keys[str(path[-1])]
        head = text.index(":", key[1]) + 1
        column = around.column + 2
    else:
        head = _dash(text, around, int(path[-1])) + 1
        column = around.column + 2
    first_line = _line_end(text, head)
    is_below = node.start > first_line
    end = max(node.end, head)
    rest = text[head:first_line] if is_below else text[end : _line_end(text, end)]
    tail = text[_line_end(text, end) :]
    if _is_short(value):
        return f"{text[:head]} {_inline(value)}{rest}{tail}"
    lines = _lines(value)
    if around.kind == "list":
        return f"{text[:head]} {lines[0]}{rest}{_indented(lines[1:], column)}{tail}"
    return f"{text[:head]}{rest}{_indented(lines, column)}{tail}"


def _added(text: str, path: Path, name: str | int, value: Any) -> str:
    """Add a part to a mapping or list."""
    root = _nodes(text)
    node = _find(root, path)
    if not node.parts:
        return _replaced(text, path, [value] if isinstance(name, int) else {name: value})
    flowing = node.is_flow or _has_flow_around(root, path)
    if isinstance(name, int):
        if name > len(node.parts) or node.kind != "list":
            raise UneditableError
        return _item_added(text, node, name, value, flowing=flowing)
    if node.kind != "map":
        raise UneditableError
    before = _before(node, _order(path), name)
    if flowing:
        end = node.parts[before].end
        end = max(end, text.index(":", node.keys[before][1]) + 1)
        return f"{text[:end]}, {_inline(name)}: {_inline(value)}{text[end:]}"
    end = max(node.parts[before].end, text.index(":", node.keys[before][1]) + 1)
    at = _line_end(text, end)
    return text[:at] + _indented(_lines({name: value}), node.column) + text[at:]


def _item_added(text: str, node: _Node, at: int, value: Any, *, flowing: bool) -> str:
    if flowing and at < len(node.parts):
        start = node.parts[at].start
        return f"{text[:start]}{_inline(value)}, {text[start:]}"
    if flowing:
        end = node.parts[at - 1].end
        return f"{text[:end]}, {_inline(value)}{text[end:]}"
    lines = _lines([value])
    if at:
        end = _line_end(text, node.parts[at - 1].end)
        return text[:end] + _indented(lines, node.column) + text[end:]
    dash = _dash(text, node, 0)
    return (
        text[:dash]
        + _indented(lines, node.column).lstrip()
        + f"\n{' ' * node.column}"
        + text[dash:]
    )


def _before(node: _Node, order: Sequence[str], name: str) -> str:
    """The last key of a mapping after which a new one belongs."""
    known = list(node.keys)
    if name in order:
        earlier = order[: order.index(name)]
        there = [key for key in known if key in earlier]
        return there[-1] if there else known[0]
    return known[-1]


_ORDERS: Final[tuple[tuple[Callable[[Path], bool], type[BaseModel]], ...]] = (
    (lambda path: not path, Plan),
    (lambda path: path == ("document",), Document),
    (lambda path: len(path) == 2 and path[0] == "levels", Level),
    (lambda path: len(path) == 4 and path[2] == "steps", Step),
)


def _order(path: Path) -> list[str]:
    """The order in which a mapping's keys are usually written."""
    if path == ("levels",):
        return list(HIGHEST_FIRST)
    model = next((model for fits, model in _ORDERS if fits(path)), None)
    return list(model.model_fields) if model else []


def _remove(text: str, path: Path, _edit: Edit) -> str:
    return _taken(text, path)


def _taken(text: str, path: Path) -> str:
    """Take a part away, with its lines; what was its only part leaves the rest empty."""
    if not path:
        raise UneditableError
    root = _nodes(text)
    around, name = _find(root, path[:-1]), path[-1]
    node = _find(around, (name,))
    if len(around.parts) == 1:
        return _replaced(text, path[:-1], [] if around.kind == "list" else {})
    names = list(around.parts)
    at = names.index(name)
    if around.is_flow:
        if at + 1 < len(names):
            return text[: _start(around, name)] + text[_start(around, names[at + 1]) :]
        before = around.parts[names[at - 1]]
        key = around.keys.get(str(names[at - 1]))
        end = max(before.end, text.index(":", key[1]) + 1 if key else 0)
        return text[:end] + text[max(node.end, _key_end(text, around, name)) :]
    start = _dash(text, around, int(name)) if around.kind == "list" else _start(around, name)
    end = max(node.end, _key_end(text, around, name))
    line = _line_start(text, start)
    if text[line:start].strip():
        # It shares its line with a dash: the next part takes its place.
        following = names[at + 1]
        return text[:start] + text[_start(around, following) :]
    stop = _line_end(text, end)
    return text[:line] + text[stop + 1 :] if stop < len(text) else text[:line]


def _start(around: _Node, name: str | int) -> int:
    return around.keys[name][0] if isinstance(name, str) else around.parts[name].start


def _key_end(text: str, around: _Node, name: str | int) -> int:
    return text.index(":", around.keys[name][1]) + 1 if isinstance(name, str) else 0


def _move(text: str, path: Path, edit: Edit) -> str:
    """Put an item of a list elsewhere in it, with the comments above it."""
    node, at = _find(_nodes(text), path[:-1]), path[-1]
    if node.kind != "list" or not isinstance(at, int) or at not in node.parts:
        raise UneditableError
    if node.is_flow:
        spans = [(part.start, part.end) for part in node.parts.values()]
    else:
        ends = [_line_end(text, part.end) for part in node.parts.values()]
        dash = _dash(text, node, 0)
        if text[_line_start(text, dash) : dash].strip():
            raise UneditableError
        first = _with_comments(text, _line_start(text, dash), node.column)
        spans = list(zip([first, *(end + 1 for end in ends[:-1])], ends, strict=True))
    pieces = [text[start:end] for start, end in spans]
    gaps = [text[one[1] : two[0]] for one, two in pairwise(spans)]
    pieces.insert(edit.to, pieces.pop(at))
    middle = pieces[0] + "".join(
        gap + piece for gap, piece in zip(gaps, pieces[1:], strict=True)
    )
    return text[: spans[0][0]] + middle + text[spans[-1][1] :]


def _with_comments(text: str, start: int, column: int) -> int:
    """The start of the comments that stand right above a line, in its column."""
    mark = f"{' ' * column}#"
    while start and text.startswith(mark, above := _line_start(text, start - 1)):
        start = above
    return start


def _insert(text: str, path: Path, edit: Edit) -> str:
    data = read_yaml(text).data
    there = at_path(data, path[:-1])
    if there is absent or there is None:
        return _written(text, path[:-1], [edit.value])
    return _added(text, path[:-1], path[-1], edit.value)


_DEEDS: Final[dict[Deed, Callable[[str, Path, Edit], str]]] = {
    "put": _put,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
}
