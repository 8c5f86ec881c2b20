"""When each step of a level can be over at the latest, and the chain that decides how long it all takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from liandong.plans.language.durations import read_duration

ZERO = timedelta()


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A step in time, counted from the start: it may begin when all before it must be over."""

    name: str
    begins: timedelta
    ends: timedelta
    column: int
    is_critical: bool


def length_of(step: Mapping[str, Any]) -> timedelta:
    """How long a step may take: its deadline, else that for reading it back; none where neither is said."""
    for word in ("finish_within", "acknowledge_within"):
        try:
            return read_duration(step.get(word))
        except ValueError:
            continue
    return ZERO


def schedule(steps: Sequence[Mapping[str, Any]]) -> list[Slot]:
    """Lay steps out in time, in their order in the text; of a circle the last arrow is left out."""
    named = {str(step.get("id")): step for step in steps}
    before: dict[str, list[str]] = {}
    for name, step in named.items():
        after = step.get("after")
        wanted = [str(one) for one in after] if isinstance(after, list) else []
        before[name] = [
            one for one in wanted if one in named and not _reaches(before, one, name)
        ]
    ends: dict[str, timedelta] = {}
    columns: dict[str, int] = {}
    for name in named:
        _place(name, named, before, ends, columns)
    critical = _critical(before, ends)
    return [
        Slot(
            name=name,
            begins=ends[name] - length_of(step),
            ends=ends[name],
            column=columns[name],
            is_critical=name in critical,
        )
        for name, step in named.items()
    ]


def _reaches(before: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    seen, waiting = set[str](), [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += before.get(here, ())
    return False


def _place(
    name: str,
    named: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Sequence[str]],
    ends: dict[str, timedelta],
    columns: dict[str, int],
) -> None:
    """Lay out a step after everything it waits for; deep chains are walked without recursion."""
    waiting = [name]
    while waiting:
        here = waiting[-1]
        missing = [one for one in before[here] if one not in ends]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        ends[here] = max((ends[one] for one in before[here]), default=ZERO) + length_of(
            named[here]
        )
        columns[here] = max((columns[one] + 1 for one in before[here]), default=0)


def _critical(
    before: Mapping[str, Sequence[str]], ends: Mapping[str, timedelta]
) -> frozenset[str]:
    """The steps of the chain that ends last; none where nothing waits for anything."""
    found: list[str] = []
    here = max(ends, key=lambda name: ends[name], default=None)
    while here is not None:
        found.append(here)
        here = max(before[here], key=lambda name: ends[name], default=None)
    return frozenset(found if len(found) > 1 else ())
