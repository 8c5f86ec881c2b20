"""Rules of the check-up: what each looks for, how grave it is, why, what to do, and an example of either kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

from liandong.plans.language.document import Plan
from liandong.plans.language.problems import Path, written
from liandong.plans.language.wording import gettext_noop


class Gravity(StrEnum):
    """Whether a plan can be relied on as it is."""

    MUST = "must"
    SHOULD = "should"


GRAVITY_LABELS: Final = {
    Gravity.MUST: gettext_noop("必须改"),
    Gravity.SHOULD: gettext_noop("建议改"),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """A place at which a rule is broken; ``about`` names the post or body that has to be mended."""

    path: Path
    what: str
    about: str = ""
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule. ``over`` says whether it looks at a plan or at all of them together.

    ``reads`` fetches the register that it looks at besides; each is fetched once, whatever the
    number of plans and rules. ``basis`` names an article only where that article was read.
    ``of_response``: it asks for what only a response has, which measures for a warning are not.
    """

    code: str
    gravity: Gravity
    title: str
    remedy: str
    bad: str
    good: str
    check: Callable[..., Iterable[Found]]
    basis: str = ""
    over: Literal["plan", "plans"] = "plan"
    reads: Callable[[], Any] | None = None
    of_response: bool = False

    def concerns(self, plan: Plan) -> bool:
        """Say whether it looks at such a plan at all."""
        return not (self.of_response and plan.kind == "warning")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found: where, what, and the remedy."""

    rule: Rule
    plan: str
    path: Path
    what: str
    about: str = ""
    line: int = 0

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def gravity(self) -> Gravity:
        return self.rule.gravity

    @property
    def remedy(self) -> str:
        return self.rule.remedy

    @property
    def place(self) -> str:
        return written(self.path)

    def as_data(self) -> dict[str, object]:
        """Give it as JSON would carry it."""
        return {
            "code": self.code,
            "gravity": self.gravity.value,
            "title": self.rule.title,
            "plan": self.plan,
            "place": self.place,
            "line": self.line,
            "what": self.what,
            "remedy": self.remedy,
            "basis": self.rule.basis,
            "about": self.about,
        }


Check = Callable[..., Iterable[Found]]
_registered: dict[str, Rule] = {}


def rule(code: str, gravity: Gravity, title: str, **more: Any) -> Callable[[Check], Check]:
    """Register a function as a rule under a code that never changes its meaning."""

    def enter(check: Check) -> Check:
        if code in _registered:
            raise ValueError(f"two rules are called {code}")
        _registered[code] = Rule(code=code, gravity=gravity, title=title, check=check, **more)
        return check

    return enter


def rules() -> list[Rule]:
    """Every rule, by code."""
    return [_registered[code] for code in sorted(_registered)]


def sorted_by_gravity(findings: Iterable[Finding]) -> list[Finding]:
    """Put what must be mended first; then by code, whose numbers rise as the harm falls."""
    return sorted(findings, key=lambda one: (one.gravity != Gravity.MUST, one.code))


def told(one: Rule, found: Iterable[Found], plan: str = "") -> Sequence[Finding]:
    """Give what a rule found its rule and plan."""
    return [
        Finding(
            rule=one, plan=each.plan or plan, path=each.path, what=each.what, about=each.about
        )
        for each in found
    ]
