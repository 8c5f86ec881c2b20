"""Fields of a row as text or JSON, turned into an observation or into a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions import Observation, Refusal

BEIJING = ZoneInfo("Asia/Shanghai")
FIELDS = ("station", "quantity", "at", "value")
LONGEST = 64


@dataclass
class Read:
    """What was read of a body, and the rows that could not be."""

    observations: list[Observation] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    missing: int = 0  # what the file itself says was not measured
    notes: list[str] = field(default_factory=list)

    def take(self, row: int, said: Mapping[str, object]) -> None:
        """Read one row; a field that cannot be read refuses the row, and only it."""
        made = observation(row, said)
        if isinstance(made, Observation):
            self.observations.append(made)
        else:
            self.refusals.append(made)


def observation(row: int, said: Mapping[str, object]) -> Observation | Refusal:
    """Read a row. A time without a zone is Beijing time."""
    texts = {}
    for name in FIELDS:
        text = _text(said.get(name))
        if not text or not text.isprintable() or len(text) > LONGEST:
            return _unreadable(row, name, text)
        texts[name] = text
    at = _time(texts["at"])
    if at is None:
        return _unreadable(row, "at", texts["at"])
    value = _number(texts["value"])
    if value is None:
        return _unreadable(row, "value", texts["value"])
    return Observation(texts["station"], texts["quantity"], at, value, row)


def _text(value: object) -> str:
    """Text as it is, a number as its digits; anything else is as good as nothing."""
    if isinstance(value, str):
        return value.strip()
    return (
        str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else ""
    )


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=BEIJING)
        # A time at the very edge of the calendar has no like in UTC.
        return at if at.utctimetuple().tm_year > 1900 else None
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _unreadable(row: int, name: str, text: str) -> Refusal:
    shown = "".join(one if one.isprintable() else "␀" for one in text[:40])
    if not text:
        return Refusal(row, name, _("缺少这一项。"), _("每行要有站码、测项、时间、数值四项。"))
    if not text.isprintable() or len(text) > LONGEST:
        problem = _("“%(text)s”太长或含有不可见字符。") % {"text": shown}
        return Refusal(row, name, problem, _("请检查设备的输出格式。"))
    if name == "at":
        problem = _("“%(text)s”不是时间。") % {"text": shown}
        return Refusal(row, name, problem, _("请写成 2026-07-14T05:00:00+08:00。"))
    problem = _("“%(text)s”不是数。") % {"text": shown}
    return Refusal(row, name, problem, _("请填数字，小数点用半角；缺测请不要报这一行。"))
