"""What was typed, made ready to be asked: words, each with what leads to it and what it must fit."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from liandong.kernel.search.terms import START, plain

LONGEST = 64
MOST_WORDS = 8
RUNS = re.compile("[a-z]+|[^a-z]+")
REST = r"[^ \n]*"
UNIT = r" [^ \n]*\|"


@dataclass(frozen=True)
class Word:
    """One of several words that must all be there, plain."""

    text: str

    @cached_property
    def runs(self) -> list[str]:
        """Letters and what is no letter, in turn."""
        return RUNS.findall(self.text)

    @property
    def is_spelled(self) -> bool:
        """Whether letters are among it, which may be pinyin."""
        return any(run.isascii() and run.isalpha() for run in self.runs)

    @property
    def start(self) -> str:
        """What a name that begins with it is led by."""
        first = self.runs[0]
        return START + (first[:1] if first.isascii() and first.isalpha() else first[:2])

    @property
    def terms(self) -> list[str]:
        """What leads to it: pairs of neighbors, a single character where it stands alone."""
        return [
            term
            for run in self.runs
            for term in (map("".join, pairwise(run)) if run[1:] else run)
        ]

    @cached_property
    def pattern(self) -> str:
        """What a spelled name must fit: a letter goes on in its syllable, or begins the next one.

        Made of letters and digits only; Python and PostgreSQL read it alike.
        """
        made, before = "", ""
        for one in self.text:
            is_letter = one.isascii() and one.isalpha()
            unit = f"{UNIT}{one}" if is_letter else f" {one}"
            if before:
                unit = REST + unit
            if is_letter and before.isascii() and before.isalpha():
                unit = f"(?:{one}|{unit})"
            made, before = made + unit, one
        return made


def words(text: str) -> tuple[Word, ...]:
    """Read what was typed; blanks part words, signs do not count, what is beyond 64 characters neither."""
    found = dict.fromkeys(plain(one) for one in text[:LONGEST].split())
    return tuple(Word(one) for one in found if one)[:MOST_WORDS]
