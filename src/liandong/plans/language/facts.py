"""The county's fact dictionary: what may be asked about a disaster, its type, unit and whom to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from liandong.plans.language.levels import HIGHEST_FIRST, level_label, read_level
from liandong.plans.language.yaml_text import read_yaml

Value = bool | int | Decimal | str
NONE: Final = "none"
_LEVELS: Final = {NONE: "无"} | {key: level_label(key) for key in reversed(HIGHEST_FIRST)}
_YES_NO: Final = {"true": True, "false": False, "是": True, "否": False}


class FactError(ValueError):
    """A value that the named fact cannot have."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}。{remedy}")


class Fact(BaseModel):
    """One thing that can be known about a disaster (事实), defined once for all plans."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: Literal["integer", "decimal", "boolean", "choice", "level"]
    label: str
    negation: str = ""  # how "no" reads, for a boolean
    unit: str = ""
    hazard: str = "any"
    ask: str  # 问谁
    question: str  # 问什么
    lowest: Decimal | None = None
    highest: Decimal | None = None
    choices: dict[str, str] = Field(default_factory=dict)  # gravest last, if ordered
    ordered: bool = True
    # Not measured: who judged or decided it has to be named when it is recorded.
    confirm: Literal["", "judgment", "decision"] = ""

    @property
    def label_with_unit(self) -> str:
        """What it is called where a value is asked for: 过火面积（公顷）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def options(self) -> dict[str, str]:
        """The values to choose from, in order, with their Chinese labels."""
        return _LEVELS if self.type == "level" else self.choices

    @property
    def is_numeric(self) -> bool:
        return self.type in {"integer", "decimal"}

    @property
    def is_ordered(self) -> bool:
        return (
            self.is_numeric or self.type == "level" or (self.type == "choice" and self.ordered)
        )

    def read(self, raw: object) -> Value:
        """Turn what was given into this fact's value; a wrong kind or range is refused."""
        if self.type == "boolean":
            return self._read_boolean(raw)
        if self.is_numeric:
            return self._read_number(raw)
        return self._read_option(raw)

    def order(self, value: Value) -> int | Decimal:
        """Give the value its place on this fact's scale."""
        if isinstance(value, str):
            return list(self.options).index(value)
        return value

    def show(self, value: Value) -> str:
        """Say the value in Chinese, with its unit."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return self.options[value]
        number = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return f"{number} {self.unit}" if self.unit else number

    def _read_boolean(self, raw: object) -> bool:
        value = _YES_NO.get(raw) if isinstance(raw, str) else raw
        if not isinstance(value, bool):
            raise FactError(f"“{self.label}”不能是 {raw!r}", "填 是 或 否(true / false)")
        return value

    def _read_number(self, raw: object) -> int | Decimal:
        if isinstance(raw, bool | float) or not isinstance(raw, int | Decimal | str):
            raise FactError(
                f"“{self.label}”不能是 {raw!r}", "填数字；小数以文字给出，如 '12.5'"
            )
        try:
            number = Decimal(raw)
        except InvalidOperation:
            number = Decimal("NaN")
        exponent = number.as_tuple().exponent
        # Written out, 1E-999999 would fill a book.
        if not isinstance(exponent, int) or abs(exponent) > 20 or abs(number) >= 10**15:
            raise FactError(f"“{self.label}”不能是 {raw!r}", "填阿拉伯数字")
        low, high = self.lowest, self.highest
        if (low is not None and number < low) or (high is not None and number > high):
            raise FactError(f"“{self.label}”{number:f} 超出范围", f"应{self._range()}，请核对")
        if self.type == "decimal":
            return number
        if number != number.to_integral_value():
            raise FactError(f"“{self.label}”不能是 {number:f}", "填整数")
        return int(number)

    def _read_option(self, raw: object) -> str:
        if isinstance(raw, str):
            if raw in self.options:
                return raw
            for key, label in self.options.items():
                if raw == label:
                    return key
            if self.type == "level":
                try:
                    return read_level(raw)
                except ValueError:
                    pass
        choices = "、".join(self.options)
        raise FactError(f"“{self.label}”不能是 {raw!r}", f"从这些里选：{choices}")

    def _range(self) -> str:
        bounds = ((self.lowest, "不小于"), (self.highest, "不大于"))
        return "、".join(f"{word} {value:f}" for value, word in bounds if value is not None)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A fact's value, when it was seen, and who said so."""

    value: Value
    at: datetime | None = None
    source: str = ""
    earlier: tuple["Known", ...] = ()  # what was known of it before, the oldest first


Dictionary = Mapping[str, Fact]
Townships = Mapping[str, str]  # key and name


def read_dictionary(text: str) -> dict[str, Fact]:
    """Read a dictionary: a mapping of fact names to their descriptions."""
    data = read_yaml(text).data
    return {name: Fact.model_validate({"name": name, **entry}) for name, entry in data.items()}


@cache
def dictionary() -> Dictionary:
    """The dictionary that ships with the program."""
    source = files("liandong.plans.language").joinpath("facts.yaml")
    return read_dictionary(source.read_text(encoding="utf-8"))
