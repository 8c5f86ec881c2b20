"""What is to be mended in a manuscript while it is written: flaws, guesses, what the check-up finds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from liandong.kernel.wording import gettext as _
from liandong.plans.language import Flaw, PlanInvalidError, TooManyCasesError, grade, load
from liandong.plans.language.editing import at_path, name_of, settled_path
from liandong.plans.language.guesses import Guess
from liandong.plans.language.linting import Finding, Gravity
from liandong.plans.language.problems import Path
from liandong.plans.language.translating import real_path
from liandong.plans.models import Manuscript
from liandong.plans.queries.check_up import findings_of
from liandong.plans.queries.manuscript import guesses_of, reading_of
from liandong.plans.queries.place import place_called, word_for

MUST, GUESS, SHOULD = "must", "guess", "should"
MISSING = re.compile("缺少“(.+)”")
TEXT, DOCUMENT, EDIT = "text", "document", "edit"


@dataclass(frozen=True)
class Where:
    """Where the editor shows a place: its address there, and the level and step it is in."""

    href: str
    level: str = ""
    step: str = ""


@dataclass(frozen=True, kw_only=True)
class Mend:
    """One thing to mend, and where the editor shows it. ``number`` is the same in list and picture."""

    gravity: str
    what: str
    remedy: str
    path: Path
    place: str
    where: Where
    number: int = 0
    code: str = ""
    title: str = ""
    basis: str = ""
    line: int = 0
    guess: Guess | None = None


@dataclass(frozen=True)
class Mending:
    """Everything to mend, the gravest first."""

    items: tuple[Mend, ...]
    is_sound: bool

    def count(self, gravity: str) -> int:
        """How many of a gravity there are."""
        return sum(one.gravity == gravity for one in self.items)

    @property
    def must(self) -> int:
        return self.count(MUST)

    @property
    def should(self) -> int:
        return self.count(SHOULD)

    @property
    def open_guesses(self) -> int:
        return self.count(GUESS)


def mending_of(manuscript: Manuscript) -> Mending:
    """What stands in the way of a sound plan, and what could be better."""
    reading = reading_of(manuscript.text)
    data = reading_of(manuscript.readable_text).data
    flaws = flaws_of_text(manuscript.text)
    found = [_of_flaw(one, data if reading.is_readable else None) for one in flaws]
    found += [_of_guess(one, data) for one in guesses_of(manuscript) if one.is_open]
    if not flaws:
        found += [_of_finding(one, data) for one in findings_of(manuscript.text)]
    ordered = sorted(found, key=lambda one: (MUST, GUESS, SHOULD).index(one.gravity))
    items = tuple(replace(one, number=at) for at, one in enumerate(ordered, start=1))
    return Mending(items, is_sound=not flaws)


@lru_cache(maxsize=64)
def flaws_of_text(text: str) -> tuple[Flaw, ...]:
    """Why a text is no sound plan; nothing where it is one."""
    try:
        grade(load(text), {})
    except PlanInvalidError as refusal:
        return refusal.flaws
    except TooManyCasesError as refusal:
        remedy = _("请把同一事实的条件合并或拆成几条。")
        return (Flaw(path=("levels",), what=str(refusal), remedy=remedy),)
    return ()


def at_step(items: Iterable[Mend], level: str, step: str) -> list[Mend]:
    """What is to be mended at a step."""
    return [one for one in items if (one.where.level, one.where.step) == (level, step)]


def in_level(items: Iterable[Mend], level: str) -> list[Mend]:
    """What is to be mended in a level, its steps included."""
    return [one for one in items if one.where.level == level]


def _of_flaw(flaw: Flaw, data: Any) -> Mend:
    if data is None:
        place = str(_("第 %(line)d 行") % {"line": flaw.line}) if flaw.line else str(_("文本"))
        where = Where(_query(show=TEXT) + (f"#L{flaw.line}" if flaw.line else ""))
    else:
        place, where = str(place_called(flaw.path, data)), located(flaw.path, data)
    missing = MISSING.fullmatch(flaw.what)
    return Mend(
        gravity=MUST,
        what=_("还没有写“%(what)s”") % {"what": word_for(missing[1])} if missing else flaw.what,
        remedy=_("点“去改”补上。") if missing else flaw.remedy,
        path=flaw.path,
        place=place,
        line=flaw.line,
        where=where,
    )


def _of_guess(guess: Guess, data: Any) -> Mend:
    return Mend(
        gravity=GUESS,
        what=guess.reading,
        remedy=_("对照原文核对；读得对就确认，不对就改正。"),
        path=guess.path,
        place=place_called(guess.path, data),
        guess=guess,
        where=located(guess.path, data),
    )


def _of_finding(finding: Finding, data: Any) -> Mend:
    path = real_path(finding.path, data)
    return Mend(
        gravity=MUST if finding.gravity == Gravity.MUST else SHOULD,
        what=finding.what,
        remedy=finding.remedy,
        path=path,
        place=place_called(path, data),
        code=finding.code,
        title=finding.rule.title,
        basis=finding.rule.basis,
        where=located(path, data),
    )


def located(path: Path, data: Any) -> Where:
    """Where the editor shows a path: the level, the step, and the address of its form."""
    if len(path) < 2 or path[0] != "levels":  # levels/III
        if not path or path[0] == "levels":
            return Where(_query(show=EDIT))
        field = path[1] if len(path) > 1 and path[0] == "document" else path[0]
        return Where(_query(show=DOCUMENT) + f"#{field}")
    level = str(settled_path(path[:2], data)[1])
    if len(path) > 3 and path[2] == "steps":  # levels/III/steps/2
        step = name_of(at_path(data, settled_path(path[:4], data))) or str(path[3])
        field = f"#{path[4]}" if len(path) > 4 else "#step"
        return Where(_query(show=EDIT, level=level, step=step) + field, level, step)
    field = f"#{path[2]}" if len(path) > 2 else "#level"
    return Where(_query(show=EDIT, level=level, part="level") + field, level)


def _query(**parts: str) -> str:
    return "?" + urlencode(parts)
