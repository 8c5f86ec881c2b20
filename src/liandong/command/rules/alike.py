"""Whether two tellings may be of one emergency. It only asks; people decide."""

from collections.abc import Iterable
from datetime import timedelta

# So long after it was heard of, an open incident may still be the one that is told of.
WITHIN = timedelta(hours=12)
ENOUGH = 0.34


def townships_in(text: str, names: Iterable[str]) -> list[str]:
    """The townships that a text names, in the order of the county's own list."""
    return [name for name in names if name and name in text]


def nearness(place: str, other: str) -> float:
    """How far two places are written alike, from 0 to 1: shared pairs of characters."""
    one, two = _pairs(place), _pairs(other)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def is_alike(
    place: str, townships: Iterable[str], other: str, other_townships: Iterable[str]
) -> bool:
    """The same township, or where neither is known a place written alike."""
    mine, theirs = set(townships), set(other_townships)
    if mine and theirs:
        return bool(mine & theirs)
    return nearness(place, other) >= ENOUGH


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
