"""Two people's changes of one text brought together, line by line."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class _Hunk(NamedTuple):
    start: int
    end: int
    lines: list[str]


class Clash(NamedTuple):
    """Lines that both have changed: as they were, as one has them, as the other has them."""

    line: int
    before: str
    theirs: str
    mine: str


class ClashError(Exception):
    """Both have changed the same lines, each in another way."""

    def __init__(self, clash: Clash) -> None:
        self.clash = clash
        super().__init__(f"line {clash.line}")


def merged(before: str, theirs: str, mine: str) -> str:
    """Give the text with both sets of changes. Raises ``ClashError``."""
    if theirs in (before, mine):
        return mine
    if before == mine:
        return theirs
    base = before.splitlines(keepends=True)
    one, two = _hunks(base, theirs), _hunks(base, mine)
    found: list[str] = []
    at = 0
    for hunk in _in_order(one, two, base):
        found += base[at : hunk.start] + hunk.lines
        at = hunk.end
    return "".join(found + base[at:])


def _hunks(base: list[str], text: str) -> list[_Hunk]:
    lines = text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, base, lines, autojunk=False)
    return [
        _Hunk(i1, i2, lines[j1:j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _in_order(theirs: list[_Hunk], mine: list[_Hunk], base: list[str]) -> Iterator[_Hunk]:
    """All hunks from the top; the same hunk of both is one, and two that touch are a clash."""
    left, right = list(theirs), list(mine)
    while left and right:
        one, two = left[0], right[0]
        if one == two:
            yield left.pop(0)
            right.pop(0)
        elif one.end < two.start or (
            one.end == two.start and one.start < one.end and two.start < two.end
        ):
            yield left.pop(0)
        elif two.end < one.start or (
            two.end == one.start and one.start < one.end and two.start < two.end
        ):
            yield right.pop(0)
        else:
            start, end = min(one.start, two.start), max(one.end, two.end)
            raise ClashError(
                Clash(
                    start + 1,
                    "".join(base[start:end]),
                    "".join(one.lines),
                    "".join(two.lines),
                )
            )
    yield from left
    yield from right
