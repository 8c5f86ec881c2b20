"""What has been read so far, put together to a plan with a guess for each reading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from liandong.plans.language import HIGHEST_FIRST, LevelKey, Status, level_label
from liandong.plans.language.guesses import Guess
from liandong.plans.language.problems import Path

Data = dict[str, Any]
LONGEST_QUOTE: Final = 500
ROLES: Final = ("proposes", "decides", "consent", "informs", "ends", "expected")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The paragraph something was read in, what it says, how it was read; the source it names itself."""

    paragraph: int
    quote: str
    reading: str
    status: Status = Status.RECORDED
    cited: str = ""

    @property
    def cite(self) -> str:
        return f"第 {self.paragraph} 段{f' {self.cited}' if self.cited else ''}"

    def source(self) -> Data:
        return {"status": str(self.status), "cite": self.cite}

    def guess(self, *path: str | int) -> Guess:
        return Guess(
            path=path,
            paragraph=self.paragraph,
            quote=self.quote[:LONGEST_QUOTE],
            reading=self.reading,
        )


@dataclass(frozen=True, kw_only=True)
class NotRead:
    """A paragraph that seemed to say something a plan keeps, and was not understood."""

    paragraph: int
    quote: str
    why: str

    def as_data(self) -> Data:
        """Give it as JSON would carry it."""
        return {"paragraph": self.paragraph, "quote": self.quote, "why": self.why}


@dataclass
class LevelDraft:
    """One level as far as it was read."""

    origin: Origin
    clauses: list[tuple[Data, Origin]] = field(default_factory=list)
    roles: dict[str, tuple[Any, Origin]] = field(default_factory=dict)
    steps: list[tuple[Data, Origin]] = field(default_factory=list)
    builds_on: tuple[LevelKey, Origin] | None = None


@dataclass(frozen=True)
class Link:
    """That a step comes after others, by the numbers these have in their tables."""

    level: LevelKey
    step: Data
    after: str
    origin: Origin


@dataclass
class Draft:
    """A plan as far as it was read."""

    head: dict[str, tuple[Any, Origin]] = field(default_factory=dict)
    document: dict[str, tuple[Any, Origin]] = field(default_factory=dict)
    levels: dict[LevelKey, LevelDraft] = field(default_factory=dict)
    groups: list[tuple[Data, Origin]] = field(default_factory=list)
    ends: list[tuple[Data, Origin]] = field(default_factory=list)
    periods: list[tuple[Data, Origin]] = field(default_factory=list)
    links: list["Link"] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)

    def level(self, key: LevelKey, origin: Origin) -> LevelDraft:
        """The level of a key, begun where it is first spoken of."""
        return self.levels.setdefault(key, LevelDraft(origin))

    def miss(self, paragraph: int, quote: str, why: str) -> None:
        """Say that something was not understood."""
        self.not_read.append(NotRead(paragraph=paragraph, quote=quote[:LONGEST_QUOTE], why=why))

    def put_together(self, paper: str) -> tuple[Data, list[Guess]]:
        """Give the plan as plain data, and the guesses with the places they stand at."""
        guesses = [origin.guess(name) for name, (_value, origin) in self.head.items()]
        guesses += [
            origin.guess("document", name) for name, (_value, origin) in self.document.items()
        ]
        data: Data = {"language": 1}
        data |= {name: value for name, (value, _origin) in self.head.items()}
        data["document"] = {name: value for name, (value, _origin) in self.document.items()}
        data["sources"] = {
            "原文": f"{paper}（由 Word 文档读出，段号按有文字的段落和表格的行计）"
        }
        data["levels"] = {}
        for key in HIGHEST_FIRST:
            if key in self.levels:
                data["levels"][key] = _level(self.levels[key])
                guesses += _level_guesses(key, self.levels[key])
        if self.periods:
            data["periods"] = [{**one, "cite": origin.cite} for one, origin in self.periods]
            guesses += [
                origin.guess("periods", at) for at, (_one, origin) in enumerate(self.periods)
            ]
        if self.ends:
            data["ends_when"] = {"all": [_clause(one, origin) for one, origin in self.ends]}
            guesses += [
                origin.guess("ends_when", "all", at)
                for at, (_one, origin) in enumerate(self.ends)
            ]
        if self.groups:
            data["field_post"] = {"groups": [one for one, _origin in self.groups]}
            guesses += [
                origin.guess("field_post", "groups", at)
                for at, (_one, origin) in enumerate(self.groups)
            ]
        return data, guesses


def _level(level: LevelDraft) -> Data:
    data: Data = {"source": level.origin.source()}
    figures: Data = {}
    if level.clauses:
        data["when"] = {"any": [_clause(one, origin) for one, origin in level.clauses]}
    else:
        cite = f"第 {level.origin.paragraph} 段起没有读出启动条件"
        figures["when"] = {"status": "not_recorded", "cite": cite}
    for role in ROLES:
        if role in level.roles:
            value, origin = level.roles[role]
            data[role] = value
            figures[role] = origin.source()
    if level.builds_on:
        data["builds_on"] = level.builds_on[0]
    if any(_timed(step) for step, _origin in level.steps):
        figures["deadlines"] = {"status": "recorded", "cite": "各项措施所在的段"}
    data |= {"figures": figures} if figures else {}
    if level.steps:
        data["steps"] = [{**step, "source": origin.source()} for step, origin in level.steps]
    return data


def _timed(step: Data) -> bool:
    return not {"acknowledge_within", "finish_within", "every"}.isdisjoint(step)


def _clause(clause: Data, origin: Origin) -> Data:
    status = clause.get("status") or str(origin.status)
    given = {} if status == Status.RECORDED else {"status": status}
    return {**clause, "cite": origin.cite, **given}


def _level_guesses(key: LevelKey, level: LevelDraft) -> Iterator[Guess]:
    here: Path = ("levels", key)
    if not level.clauses:
        origin = level.origin
        reading = f"{level_label(key)}：没有读出启动条件，记为原文未载，研判时总是“未定”"
        yield Guess(
            path=(*here, "figures", "when"),
            paragraph=origin.paragraph,
            quote=origin.quote,
            reading=reading,
        )
    for at, (_one, origin) in enumerate(level.clauses):
        yield origin.guess(*here, "when", "any", at)
    for role in ROLES:
        if role in level.roles:
            yield level.roles[role][1].guess(*here, role)
    if level.builds_on:
        yield level.builds_on[1].guess(*here, "builds_on")
    for at, (_step, origin) in enumerate(level.steps):
        yield origin.guess(*here, "steps", at)
