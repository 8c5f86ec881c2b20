"""What a name is found by: its characters, pairs of them, and its pinyin. No extension of the database.

A name is kept three ways. ``plain`` is what is compared: letters and digits of any script, small, of
one width. ``spelled`` is the same with readings, character by character: `` 县|xian 水|shui``; one
pattern over it (``asking``) takes characters, whole syllables, initials and any mixture of them.
``terms`` is what the index leads by: characters, pairs of them, and every pair of letters that may be
typed one after the other.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from liandong.kernel.search.pinyin import readings

LONGEST = 300  # characters of a name that are looked at
START = "^"


def plain(text: str) -> str:
    """Keep letters and digits of any script, each by itself: full width, case and signs do not count."""
    return "".join(map(plain_character, text))


@lru_cache(maxsize=8192)
def plain_character(character: str) -> str:
    """One character as it is compared; several for ㎡, none for a sign or a blank."""
    folded = unicodedata.normalize("NFKD", character.casefold()).casefold()
    return "".join(one for one in folded if one.isalnum())


def spelled(text: str) -> str:
    """Each character of a plain text with all its readings."""
    return "".join(f" {'|'.join((one, *readings(one)))}" for one in text)


def terms(names: Iterable[str]) -> set[str]:
    """Everything the index leads by, of several plain names."""
    return {term for name in names for term in _terms(name)}


def _terms(name: str) -> Iterator[str]:
    yield from grams(name)
    if name:
        yield from (START + name[:1], START + name[:2])
        yield from (START + one[0] for one in readings(name[0]))
    for one in name:
        for reading in readings(one):
            yield reading[0]
            yield from map("".join, pairwise(reading))
    # A syllable may be left at any letter for the next one.
    for one, other in pairwise(name):
        ends, begins = set("".join(readings(one))), {reading[0] for reading in readings(other)}
        yield from (end + begin for end in ends for begin in begins)


def grams(text: str) -> list[str]:
    """Single characters, and pairs of neighbors."""
    return [*text, *map("".join, pairwise(text))]
