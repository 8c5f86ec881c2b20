"""What a plan (预案) is: a document with levels, trigger conditions, deciders and steps."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    StrictInt,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from liandong.plans.language.conditions import Bounds, Condition, Part, Status, cite_text
from liandong.plans.language.durations import Duration
from liandong.plans.language.levels import HIGHEST_FIRST, LevelKey, read_level
from liandong.plans.language.wording import gettext_noop

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
PostKey = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=129
    ),
]
StepKey = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=129
    ),
]  # a step of another plan: plan/step
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Deed = Literal[
    "order", "report", "consult", "call_out", "release", "request", "decide", "start_plan"
]
# Of what it can be said for itself where it comes from.
LevelFigure = Literal[
    "when",
    "proposes",
    "decides",
    "consent",
    "informs",
    "ends",
    "expected",
    "steps",
    "deadlines",
]
StepFigure = Literal["to", "text", "acknowledge_within", "finish_within", "every", "needs"]

DEED_LABELS: dict[Deed, str] = {
    "order": gettext_noop("指令"),
    "report": gettext_noop("报告"),
    "consult": gettext_noop("会商"),
    "call_out": gettext_noop("叫应"),
    "release": gettext_noop("发布信息"),
    "request": gettext_noop("请求支援"),
    "decide": gettext_noop("决定"),
    "start_plan": gettext_noop("启动预案"),
}


# The groups a field headquarters usually has; a plan names others itself.
GROUP_LABELS = {
    "coordination": "综合协调组",
    "rescue": "抢险救援组",
    "firefighting": "扑救组",
    "technical": "技术保障组",
    "monitoring": "监测预警组",
    "medical": "医疗救护组",
    "security": "治安警戒组",
    "evacuation": "人员转移组",
    "resettlement": "群众安置组",
    "logistics": "后勤保障组",
    "communications": "通信电力保障组",
    "information": "宣传报道组",
    "mobilization": "社会动员组",
    "assessment": "灾情评估组",
    "recovery": "善后组",
    "experts": "专家组",
}


DEADLINES = frozenset({"acknowledge_within", "finish_within", "every"})


class Source(Part):
    """Where something comes from: an article of a real plan, our assumption, or nothing found."""

    status: Status
    cite: Annotated[str, BeforeValidator(cite_text)] = ""


class Deciders(Part):
    """Who decides: all of the posts together, or any one of them."""

    all_of: Annotated[list[PostKey], Field(min_length=1)] | None = None
    any_of: Annotated[list[PostKey], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Deciders":
        if (self.all_of is None) == (self.any_of is None):
            raise PydanticCustomError(
                "deciders",
                "决定人写法不清",
                {"remedy": "只写共同决定（all_of）或任一决定（any_of）之一"},
            )
        return self

    @property
    def posts(self) -> list[str]:
        return self.all_of or self.any_of or []


class Inform(Part):
    """Who is told of the decision, and how soon."""

    post: PostKey
    within: Duration


class Need(Part):
    """What a step needs: so many of a capability."""

    capability: Key
    quantity: Annotated[StrictInt, Field(ge=1)] = 1
    unit: str = ""


Proof = Literal["photo", "video", "text", "list", "signature", "position"]


class Replacement(Part):
    """What is ordered instead, and of whom, where a step cannot be done as it stands."""

    to: PostKey
    text: Text
    acknowledge_within: Duration | None = None
    finish_within: Duration | None = None
    proof: list[Proof] = Field(default_factory=list)


def _kind_of_alternative(value: object) -> str:
    return "~step" if isinstance(value, dict | Replacement) else "~posts"


Alternative = Annotated[
    Annotated[list[PostKey], Field(min_length=1), Tag("~posts")]
    | Annotated[Replacement, Tag("~step")],
    Discriminator(_kind_of_alternative),
]


class Step(Part):
    """One thing to be done at a level (处置措施), which becomes an order, a report or a task when it falls due."""

    id: Key
    do: Deed
    to: PostKey
    text: Text
    when: Condition | None = None  # ruled out while this is known not to hold
    waits_for: Condition | None = None  # not begun until this is known to hold
    after: list[Key] = Field(default_factory=list)
    acknowledge_within: Duration | None = None
    finish_within: Duration | None = None
    every: Duration | None = None
    needs: list[Need] = Field(default_factory=list)
    proof: list[Proof] = Field(default_factory=list)
    otherwise: Alternative | None = None  # offered first when it cannot be done
    same_as: StepKey | None = None  # the same measure of another plan: one order serves both
    plan: Key | None = None
    source: Source | None = None  # None: as the level's
    figures: dict[StepFigure, Source] = Field(default_factory=dict)

    @property
    def alternatives(self) -> list[Replacement]:
        """What may be ordered instead, the first choice first; of another post, in the same words."""
        if isinstance(self.otherwise, Replacement):
            return [self.otherwise]
        same = self.model_dump(include={"text", "acknowledge_within", "finish_within", "proof"})
        return [Replacement(to=to, **same) for to in self.otherwise or ()]

    @model_validator(mode="after")
    def _names_the_plan_to_start(self) -> "Step":
        if (self.do == "start_plan") != (self.plan is not None):
            raise PydanticCustomError(
                "start_plan",
                "“启动预案”的步骤要说是哪部预案，别的步骤不说",
                {
                    "remedy": "“做法”为启动预案的（do: start_plan），选“启动哪部预案”（plan）；别的步骤清空它"
                },
            )
        return self


class Level(Part):
    """One response level: when it applies, who proposes, decides and is told, and what is done."""

    source: Source
    when: Condition | None = None
    proposes: PostKey | None = None
    decides: Deciders | None = None
    consent: PostKey | None = None
    informs: list[Inform] = Field(default_factory=list)
    ends: Deciders | None = None  # who ends it, if not whoever decides
    expected: Duration | None = None
    builds_on: LevelKey | None = None  # a lower level whose steps are all done here too
    steps: list[Step] = Field(default_factory=list)
    figures: dict[LevelFigure, Source] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_a_condition_or_says_why_not(self) -> "Level":
        recorded = self.source_of("when").status != Status.NOT_RECORDED
        if recorded and self.when is None:
            raise PydanticCustomError(
                "when",
                "没有写启动条件",
                {
                    "remedy": "写上启动条件（when）；原文没有的，把依据注明为原文未载（status: not_recorded）"
                },
            )
        if not recorded and self.when is not None:
            raise PydanticCustomError(
                "when",
                "依据注明为原文未载，却写了启动条件",
                {"remedy": "把“依据”改为假定（assumed），或删去启动条件（when）"},
            )
        return self

    def source_of(self, field: str) -> Source:
        return {str(k): v for k, v in self.figures.items()}.get(field, self.source)

    def source_of_step(self, step: Step, field: str) -> Source:
        """Where a step's figure comes from: as said for it, else for the step, else for the level."""
        said = {str(k): v for k, v in step.figures.items()}.get(field)
        if said or field in DEADLINES:
            return said or self.source_of("deadlines")
        return step.source or self.source_of("steps")


class Document(Part):
    """The paper a plan stands in: number, day of issue, what it replaces."""

    number: str | None = None
    issued: date | None = None
    in_force: date | None = None
    replaces: str | None = None


DayOfYear = Annotated[
    str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
]


class Period(Part):
    """Days of every year on which a fact holds by the plan itself (敏感时段、汛期); both days are in it."""

    fact: str
    since: DayOfYear
    until: DayOfYear  # before ``since``: across the turn of the year
    cite: Annotated[str, BeforeValidator(cite_text)] = ""

    def covers(self, day: date) -> bool:
        """Say whether a day lies in it; a period to 02-29 ends with February in every year."""
        here = day.strftime("%m-%d")
        if self.since <= self.until:
            return self.since <= here <= self.until
        return here >= self.since or here <= self.until


class FieldGroup(Part):
    """A group of the field headquarters: who leads it (牵头), and which bodies work in it."""

    key: Key
    name: str = ""  # for a group that GROUP_LABELS does not know
    leads: PostKey | None = None
    members: list[Key] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _a_key_alone(cls, data: Any) -> Any:
        return {"key": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _has_a_name(self) -> "FieldGroup":
        if not self.label:
            raise PydanticCustomError(
                "group_name",
                "工作组“{key}”没有名称",
                {
                    "key": self.key,
                    "remedy": f"补上“名称”（name），或用现成的组（{'、'.join(GROUP_LABELS)}）",
                },
            )
        return self

    @property
    def label(self) -> str:
        """What the group is called."""
        return self.name or GROUP_LABELS.get(self.key, "")


class FieldPost(Part):
    """The field headquarters (现场指挥部) this plan opens, with its groups."""

    groups: list[FieldGroup] = Field(default_factory=list)


def _levels_by_key(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    found: dict[Any, Any] = {}
    for spelling, level in data.items():
        try:
            key = read_level(str(spelling))
        except ValueError:
            key = spelling
        found[spelling if key in found else key] = level
    return found


class Plan(Part):
    """A plan (预案): the whole document."""

    language: Literal[1]
    plan: Key
    title: Text
    kind: Literal[
        "overall", "special", "departmental", "township", "village", "unit", "warning"
    ]  # warning: what is done while a warning is in force; its levels are the warning's
    hazard: Text
    headquarters: Key
    document: Document = Field(default_factory=Document)
    bounds: Bounds = "half_open"
    sources: dict[str, str] = Field(default_factory=dict)  # short name in a cite -> the paper
    levels: Annotated[
        dict[LevelKey, Level], BeforeValidator(_levels_by_key), Field(min_length=1)
    ]
    periods: list[Period] = Field(default_factory=list)
    ends_when: Condition | None = None  # when the response may end (终止条件)
    field_post: FieldPost = Field(default_factory=FieldPost)

    def highest_first(self) -> Iterator[tuple[LevelKey, Level]]:
        return ((key, self.levels[key]) for key in HIGHEST_FIRST if key in self.levels)

    def steps_of(self, level: LevelKey) -> list[Step]:
        """All steps of a level, those of the levels it builds on first; the same id is the same step."""
        found: dict[str, Step] = {}
        chain: list[Level] = []
        key: LevelKey | None = level
        while key and key in self.levels and self.levels[key] not in chain:
            chain.append(self.levels[key])
            key = self.levels[key].builds_on
        for one in reversed(chain):
            found |= {step.id: step for step in one.steps}
        return list(found.values())
