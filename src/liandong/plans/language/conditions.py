"""Conditions of a level: comparisons of facts, and how they are put together."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Strict,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    Tag,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from liandong.plans.language.durations import Duration
from liandong.plans.language.facts import Fact, Value
from liandong.plans.language.wording import gettext_noop

Number = StrictInt | Annotated[Decimal, Strict()]
Operand = Number | StrictStr
Bounds = Literal["half_open", "closed"]
PlanKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Status(StrEnum):
    """Where a figure comes from: read in a real paper, supposed by us, or not found."""

    RECORDED = "recorded"
    ASSUMED = "assumed"
    NOT_RECORDED = "not_recorded"


STATUS_LABELS: Final = {
    Status.RECORDED: gettext_noop("有据"),
    Status.ASSUMED: gettext_noop("假定"),
    Status.NOT_RECORDED: gettext_noop("未录"),
}


class Part(BaseModel):
    """Base of everything in a plan: closed to unknown keys, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


def cite_text(value: object) -> object:
    """Let ``cite: 5.2`` be written without quotes."""
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return str(value) if number else value


class Clause(Part):
    """What any condition may carry: the article it stands in, and whether that was read."""

    cite: str = ""
    status: Status | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_cite(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "cite" in data:
            return {**data, "cite": cite_text(data["cite"])}
        return data

    @model_serializer(mode="wrap")
    def _what_it_says_first(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = write(self)
        return dict(sorted(data.items(), key=lambda item: item[0] in {"cite", "status"}))


class Comparison(Part):
    """What a fact's value is held against; several bounds together make a range."""

    at_least: Operand | None = None  # 以上
    below: Operand | None = None  # 以下; includes the number where the plan says bounds: closed
    at_most: Operand | None = None  # 不超过
    above: Operand | None = None  # 超过
    equals: Operand | None = None
    one_of: Annotated[list[Operand], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _compares_something(self) -> "Comparison":
        if not self.operands():
            raise PydanticCustomError(
                "comparison",
                "没有写与什么比较",
                {
                    "remedy": "选怎样比、填多少（at_least、below、at_most、above、equals 或 one_of）"
                },
            )
        return self

    def operands(self) -> list[tuple[str, Value]]:
        """List every number or choice it names, with the word it stands under."""
        named = ((word, getattr(self, word)) for word in BOUNDS)
        found: list[tuple[str, Value]] = [(word, v) for word, v in named if v is not None]
        return found + [("one_of", value) for value in self.one_of or ()]

    def holds(self, value: Value, fact: Fact, bounds: Bounds) -> bool:
        """Say whether a known value satisfies every bound."""
        at = fact.order(value)
        limits = {
            word: fact.order(fact.read(v)) for word, v in self.operands() if word in BOUNDS
        }
        options = [fact.order(fact.read(v)) for v in self.one_of or ()]
        return all(operator_of(word, bounds)(at, limit) for word, limit in limits.items()) and (
            not options or at in options
        )


_OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "at_least": operator.ge,
    "above": operator.gt,
    "below": operator.lt,
    "at_most": operator.le,
    "equals": operator.eq,
}
BOUNDS: Final = tuple(_OPERATORS)


def operator_of(word: str, bounds: Bounds) -> Callable[[Any, Any], bool]:
    """How a value is held against a bound, as the plan reads 以下."""
    return operator.le if word == "below" and bounds == "closed" else _OPERATORS[word]


def _kind_of_expectation(value: object) -> str:
    return "~comparison" if isinstance(value, Mapping | Comparison) else "~flag"


Expectation = Annotated[
    Annotated[Comparison, Tag("~comparison")] | Annotated[StrictBool, Tag("~flag")],
    Discriminator(_kind_of_expectation),
]


Taken = Literal["total", "rise", "highest", "lowest"]

TAKEN_LABELS: Final[dict[Taken, str]] = {
    "total": gettext_noop("累计"),
    "rise": gettext_noop("上升"),
    "highest": gettext_noop("最高"),
    "lowest": gettext_noop("一直"),
}


class Test(Clause):
    """One fact and what it is held against: ``{burned_ha: {at_least: 10}}``, ``{spreading: true}``.

    With ``within`` it is not the last value that counts but what was ``taken`` of all values of
    that time: their total, how much the last is above the first, the highest, or the lowest (for
    what held throughout).
    ``of_plan`` names the plan whose response level is meant.
    """

    __test__ = False  # not one of pytest's
    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Expectation] = Field(init=False)
    within: Duration | None = None
    taken: Taken | None = None
    of_plan: PlanKey | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_fact(cls, data: Any) -> Any:
        names = (
            [key for key in data if key not in cls.model_fields]
            if isinstance(data, Mapping)
            else []
        )
        if isinstance(data, Mapping) and len(names) != 1:
            raise PydanticCustomError(
                "one_fact",
                "一个条件应当恰写一个事实，这里写了 {count} 个：{names}",
                {
                    "count": len(names),
                    "names": "、".join(names) or "无",
                    "remedy": "几个事实同时成立（all）、任一成立（any）的，合成一组；此外只可写时段、预案、条款和依据（within、taken、of_plan、cite、status）",
                },
            )
        return data

    @model_validator(mode="after")
    def _a_window_takes_something(self) -> "Test":
        if (self.within is None) != (self.taken is None):
            raise PydanticCustomError(
                "window",
                "“多长时间内”与“看什么”必须同时写",
                {"remedy": "如 24小时内累计（within: PT24H, taken: total）；不分时段就都不写"},
            )
        return self

    @property
    def fact(self) -> str:
        return next(iter(self.__pydantic_extra__))

    @property
    def expects(self) -> Comparison | bool:
        return self.__pydantic_extra__[self.fact]


class AllOf(Clause):
    """True when every part is."""

    parts: Annotated[list["Condition"], Field(alias="all", min_length=1)]


class AnyOf(Clause):
    """True when one part is."""

    parts: Annotated[list["Condition"], Field(alias="any", min_length=1)]


class Count(Clause):
    """True when at least so many of the parts are."""

    at_least_n: Annotated[StrictInt, Field(ge=1)]
    of: Annotated[list["Condition"], Field(min_length=1)]

    @model_validator(mode="after")
    def _enough_parts(self) -> "Count":
        if self.at_least_n > len(self.of):
            raise PydanticCustomError(
                "count",
                "要求 {n} 项成立，却只列了 {parts} 项",
                {
                    "n": self.at_least_n,
                    "parts": len(self.of),
                    "remedy": "改小“几项”（at_least_n）或补上条件",
                },
            )
        return self


class Areas(Clause):
    """True when the condition holds in at least so many townships (2 个以上乡镇)."""

    areas_at_least: Annotated[StrictInt, Field(ge=1)]
    where: "Condition"


class Unread(Clause):
    """A clause the real plan has and whose text was not found: never read as no."""

    not_recorded: Annotated[str, Field(min_length=1)]


_BY_KEY: Final = {
    "all": "~all",
    "any": "~any",
    "at_least_n": "~count",
    "of": "~count",
    "areas_at_least": "~areas",
    "where": "~areas",
    "not_recorded": "~unread",
}
_BY_KIND: Final[dict[type, str]] = {
    AllOf: "~all",
    AnyOf: "~any",
    Count: "~count",
    Areas: "~areas",
    Unread: "~unread",
}


def _kind_of_condition(value: object) -> str:
    if isinstance(value, Mapping):
        return next((kind for key, kind in _BY_KEY.items() if key in value), "~test")
    return _BY_KIND.get(type(value), "~test")


Condition = Annotated[
    Annotated[AllOf, Tag("~all")]
    | Annotated[AnyOf, Tag("~any")]
    | Annotated[Count, Tag("~count")]
    | Annotated[Areas, Tag("~areas")]
    | Annotated[Unread, Tag("~unread")]
    | Annotated[Test, Tag("~test")],
    Discriminator(_kind_of_condition),
]
for _model in (AllOf, AnyOf, Count, Areas):
    _model.model_rebuild()
