"""Readings of a paper that a person has still to confirm (待确认)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liandong.plans.language.editing import absent, at_path, named_path, settled_path
from liandong.plans.language.problems import Path


@dataclass(frozen=True, kw_only=True)
class Guess:
    """How a paragraph of a paper was read into a place of a plan, and who has confirmed it.

    ``paragraph`` counts from 1. ``changed`` says that the place was written anew instead (改过).
    """

    path: Path
    paragraph: int
    quote: str
    reading: str
    confirmed_by: str = ""
    confirmed_at: str = ""
    changed: bool = False

    @property
    def is_open(self) -> bool:
        return not self.confirmed_by

    @property
    def path_sent(self) -> str:
        """The path as a page sends it back."""
        return json.dumps(self.path)

    def confirmed(self, by: str, at: str, *, changed: bool = False) -> "Guess":
        """The same, confirmed by somebody."""
        return replace(self, confirmed_by=by, confirmed_at=at, changed=changed)

    def as_data(self) -> dict[str, Any]:
        """Give it as JSON would carry it."""
        return {
            "path": list(self.path),
            "paragraph": self.paragraph,
            "quote": self.quote,
            "reading": self.reading,
            "confirmed_by": self.confirmed_by,
            "confirmed_at": self.confirmed_at,
            "changed": self.changed,
        }


def read_guesses(data: Sequence[Mapping[str, Any]]) -> list[Guess]:
    """Read guesses from what JSON carried."""
    return [Guess(**{**one, "path": tuple(one["path"])}) for one in data]


def guesses_after(
    guesses: Iterable[Guess],
    before: object,
    after: object,
    *,
    by: str,
    at: str,
    taking_back: bool = False,
) -> list[Guess]:
    """Follow guesses from one state of a plan's data to the next.

    A place that was written anew confirms its guess; one that moved takes its guess with it;
    what takes back a change opens the guess again.
    """
    found = []
    for one in guesses:
        path = settled_path(named_path(one.path, before), after)
        old, new = at_path(before, one.path), at_path(after, path)
        moved = replace(one, path=path)
        if old == new:
            found.append(moved)
        elif taking_back and one.changed:
            found.append(replace(moved, confirmed_by="", confirmed_at="", changed=False))
        elif one.is_open:
            kept = one if new is absent else moved
            found.append(kept.confirmed(by, at, changed=True))
        else:
            found.append(one if new is absent else moved)
    return found
