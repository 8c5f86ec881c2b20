"""What an inject has to say before it can be part of a script."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from liandong.evaluation.rules.milestone import LABELS
from liandong.evaluation.states import InjectKind, Trigger
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries as monitoring
from liandong.organization.models import Post
from liandong.plans.language import FactError, dictionary

TO_A_POST = frozenset({InjectKind.MESSAGE, InjectKind.DECLINE})
LONGEST_DRILL = 60 * 24 * 7


def demand_due(trigger: Trigger, at_minutes: int | None, condition: str) -> None:
    """Refuse an inject that nothing would ever make due."""
    if trigger == Trigger.TIME and (at_minutes is None or not 0 <= at_minutes <= LONGEST_DRILL):
        raise _wrong("at_minutes", _("请填开始后第几分钟注入，最多 7 天。"))
    if trigger == Trigger.EVENT and condition not in LABELS:
        raise _wrong("condition", _("请从列表里选一个条件。"))


def demand_expected(expects: str, within_minutes: int | None) -> None:
    """Refuse to expect what the journal would not show, and a time limit on nothing."""
    if expects and expects not in LABELS:
        raise _wrong("expects", _("请从列表里选一个动作。"))
    if within_minutes is not None and (not expects or within_minutes < 1):
        raise _wrong("within_minutes", _("有应有的动作才有限时，至少 1 分钟。"))


def checked_data(
    kind: InjectKind, to_post: Post | None, data: Mapping[str, Any]
) -> dict[str, str]:
    """Return what the kind needs besides its words; refuses what could not be delivered."""
    if kind in TO_A_POST and to_post is None:
        raise _wrong("to_post", _("请选岗位。"))
    if kind == InjectKind.CALL:
        return {"caller": _text(data, "caller", _("请填写来电人。"))}
    if kind == InjectKind.FACT:
        return _fact(data)
    if kind == InjectKind.READING:
        return _reading(data)
    return {}


def _fact(data: Mapping[str, Any]) -> dict[str, str]:
    name = _text(data, "fact", _("请选一项情况。"))
    value = _text(data, "value", _("请填写是多少。"))
    known = dictionary().get(name)
    if known is None:
        raise _wrong("fact", _("请从列表里选一项情况。"))
    try:
        known.read(value)
    except FactError as refusal:
        raise _wrong("value", str(refusal)) from refusal
    return {"fact": name, "value": value}


def _reading(data: Mapping[str, Any]) -> dict[str, str]:
    station = _text(data, "station", _("请选测站。"))
    quantity = _text(data, "quantity", _("请选测什么。"))
    value = _text(data, "value", _("请填写读数。"))
    if (station, quantity) not in monitoring.series_by_place([station]):
        raise _wrong("station", _("没有这个测站，或它不测这一项。"))
    try:
        Decimal(value)
    except InvalidOperation as refusal:
        raise _wrong("value", _("请填数字。")) from refusal
    return {"station": station, "quantity": quantity, "value": value}


def _text(data: Mapping[str, Any], field: str, wanted: str) -> str:
    text = str(data.get(field) or "").strip()
    if not text:
        raise _wrong(field, wanted)
    return text[:200]


def _wrong(field: str, wanted: str) -> Invalid:
    return Invalid(
        _("这一条情景没有写完整。"), place=_("脚本"), remedy=wanted, fields={field: wanted}
    )
