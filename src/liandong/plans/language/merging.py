"""Two people's changes of one text brought together, line by line."""

from collections.abc import Iterator, Sequence
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
    """Both have changed the same lines, each in another way; every such place is told."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(", ".join(f"line {one.line}" for one in clashes))


def merged(before: str, theirs: str, mine: str, *, mine_holds: bool = False) -> str:
    """Give the text with both sets of changes. Raises ``ClashError``.

    ``mine_holds`` takes my lines where both have changed the same, and theirs everywhere else.
    """
    if theirs in (before, mine):
        return mine
    if before == mine:
        return theirs
    base = before.splitlines(keepends=True)
    found: list[str] = []
    clashes: list[Clash] = []
    at = 0
    for left, right in _together(_hunks(base, theirs), _hunks(base, mine)):
        both = left + right
        start, end = min(one.start for one in both), max(one.end for one in both)
        one, two = _changed(base, start, end, left), _changed(base, start, end, right)
        if left and right and one != two and not mine_holds:
            clashes.append(
                Clash(start + 1, "".join(base[start:end]), "".join(one), "".join(two))
            )
        found += base[at:start] + (two if right else one)
        at = end
    if clashes:
        raise ClashError(clashes)
    return "".join(found + base[at:])


def _hunks(base: list[str], text: str) -> list[_Hunk]:
    lines = text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, base, lines, autojunk=False)
    return [
        _Hunk(i1, i2, lines[j1:j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _together(
    theirs: list[_Hunk], mine: list[_Hunk]
) -> Iterator[tuple[list[_Hunk], list[_Hunk]]]:
    """Theirs and mine from the top, those that touch each other together."""
    sides: tuple[list[_Hunk], list[_Hunk]] = ([], [])
    for hunk, side in sorted([*((one, 0) for one in theirs), *((one, 1) for one in mine)]):
        if all(_apart(one, hunk) for one in sides[1 - side]) and (sides[0] or sides[1]):
            yield sides
            sides = ([], [])
        sides[side].append(hunk)
    if sides[0] or sides[1]:
        yield sides


def _apart(one: _Hunk, two: _Hunk) -> bool:
    """Whether a hunk ends before the next; two that meet are apart where neither only adds."""
    meet = one.end == two.start and one.start < one.end and two.start < two.end
    return one.end < two.start or meet


def _changed(base: list[str], start: int, end: int, hunks: list[_Hunk]) -> list[str]:
    """Some lines with the changes of one side."""
    found: list[str] = []
    for hunk in hunks:
        found += base[start : hunk.start] + hunk.lines
        start = hunk.end
    return found + base[start:end]
