"""Periods of the year in which a fact holds by the plan itself: 敏感时段为每年2月1日至5月31日."""

import calendar
import re
from collections.abc import Iterable
from typing import Final

from liandong.documents import Paragraph, Row
from liandong.plans.adapters.reading.draft import Draft, Origin
from liandong.plans.adapters.reading.numbers import plain
from liandong.plans.adapters.wording import day_of_year
from liandong.plans.language import Fact, dictionary

# As papers call what the dictionary has as a fact.
CALLED: Final = {"敏感时段": "sensitive", "敏感期": "sensitive"}
_DAY: Final = r"(?P<month_{0}>\d{{1,2}})月(?:(?P<day_{0}>\d{{1,2}})日)?"
SPAN: Final = re.compile(
    rf"{_DAY.format('a')}(?:起)?(?:至|到|-+|—+)(?:次年|翌年|第二年|来年)?的?{_DAY.format('b')}"
)
DEFINES: Final = re.compile(r"(?:时段|敏感期)”?(?:是指|指|为|包括|认定为|:)")
MONTHS, LEAP_YEAR = 12, 2028
SENTENCES: Final = re.compile(r"[。；;]")


def read_periods(draft: Draft, pieces: Iterable[Paragraph | Row]) -> None:
    """Read every sentence that gives such a period its days; one without days is told."""
    for piece in pieces:
        for said in SENTENCES.split(plain(piece.text)):
            fact = _named(said)
            spans = list(SPAN.finditer(said)) if fact else []
            for span in spans:
                _add(draft, piece, fact, span)
            if fact and not spans and DEFINES.search(said):
                draft.miss(piece.number, said, f"{fact.label}：没有写起止月日，没有录入")


def _named(said: str) -> Fact | None:
    """The fact of a sentence; by its own label, too, as our papers write it."""
    facts = dictionary()
    known = next((facts[name] for word, name in CALLED.items() if word in said), None)
    if known:
        return known
    if "认定为" not in said:
        return None
    label = said.rpartition("认定为")[2]
    return next((one for one in facts.values() if plain(one.label) == label), None)


def _add(draft: Draft, piece: Paragraph | Row, fact: Fact | None, span: re.Match[str]) -> None:
    since = _day(span["month_a"], span["day_a"], last=False)
    until = _day(span["month_b"], span["day_b"], last=True)
    if fact is None or since is None or until is None:
        draft.miss(piece.number, span[0], "没有这样的月日，没有录入")
        return
    origin = Origin(
        paragraph=piece.number,
        quote=piece.text,
        reading=f"每年{day_of_year(since)}至{day_of_year(until)}：{fact.label}",
    )
    draft.periods.append(({"fact": fact.name, "since": since, "until": until}, origin))


def _day(month: str, day: str | None, *, last: bool) -> str | None:
    """A day as the language has it; a month alone is meant from its first to its last."""
    number = int(month)
    if not 1 <= number <= MONTHS:
        return None
    longest = calendar.monthrange(LEAP_YEAR, number)[1]
    at = int(day) if day else (longest if last else 1)
    return f"{number:02}-{at:02}" if 1 <= at <= longest else None
