"""What grading finds: levels, clauses, what was compared, what is missing, how far the next number is."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from liandong.plans.language.conditions import Status
from liandong.plans.language.levels import LevelKey, level_label, span_label
from liandong.plans.language.truth import Verdict


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A fact a clause looks at, and what is known of it; ``shown`` is empty while nothing is."""

    fact: str
    label: str
    shown: str = ""
    at: datetime | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A missing fact that would help to decide: whom to ask, and what."""

    fact: str
    label: str
    ask: str
    question: str


@dataclass(frozen=True, kw_only=True)
class ClauseFinding:
    """What was found of one clause of a level's condition."""

    cite: str
    sentence: str
    verdict: Verdict
    status: Status
    compared: tuple[Compared, ...]


@dataclass(frozen=True, kw_only=True)
class LevelFinding:
    """What was found of one level, clause by clause, and what would decide it."""

    level: LevelKey
    verdict: Verdict
    status: Status
    cite: str
    clauses: tuple[ClauseFinding, ...]
    reasons: tuple[
        ClauseFinding, ...
    ]  # clauses that hold, or of which one must hold in any case
    would_decide: tuple[Question, ...]

    @property
    def label(self) -> str:
        return level_label(self.level)


@dataclass(frozen=True, kw_only=True)
class EndFinding:
    """Whether the plan's own condition for ending a response holds, part by part."""

    verdict: Verdict
    clauses: tuple[ClauseFinding, ...]
    would_decide: tuple[Question, ...]

    @property
    def summary(self) -> str:
        """Say what is still wanted: 终止条件未满足：火场无烟."""
        open_ = [one.sentence for one in self.clauses if one.verdict != Verdict.MET]
        return f"终止条件未满足：{'；'.join(open_)}" if open_ else "终止条件已满足"


@dataclass(frozen=True, kw_only=True)
class NextThreshold:
    """How far a known number is from the next at which a clause of a higher level may begin to hold."""

    fact: str
    label: str
    level: LevelKey
    value: str
    threshold: str
    distance: str
    unit: str
    cite: str
    is_falling: bool = False  # it comes nearer as the number falls (墒情、供水)


@dataclass(frozen=True, kw_only=True)
class Grading:
    """The whole answer: at least which level, which higher ones are open, and why."""

    plan: str
    levels: tuple[LevelFinding, ...]  # highest first
    at_least: LevelKey | None
    still_open: tuple[LevelKey, ...]
    questions: tuple[Question, ...]
    next_thresholds: tuple[NextThreshold, ...]
    ends: EndFinding | None = None  # None: the plan has no condition for ending

    def level(self, key: LevelKey) -> LevelFinding:
        return next(one for one in self.levels if one.level == key)

    @property
    def summary(self) -> str:
        """Say it in one sentence: 至少Ⅳ级；Ⅰ–Ⅲ级未定."""
        still_open = f"{span_label(list(self.still_open))}未定" if self.still_open else ""
        if self.at_least is None:
            return (
                f"尚不能确认达到任何一级；{still_open}"
                if still_open
                else "各级启动条件均未达到"
            )
        met = level_label(self.at_least)
        return f"至少{met}；{still_open}" if still_open else f"达到{met}"

    def as_data(self) -> dict[str, Any]:
        """Give it as JSON would carry it."""
        data: dict[str, Any] = _jsonable(asdict(self))
        return data | {"summary": self.summary}


def _jsonable(value: object) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(part) for part in value]
    return value.isoformat() if isinstance(value, datetime) else value
