"""What a form asks for: its items, the lines they are written as, and whether an answer fits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from liandong.kernel.wording import gettext as _
from liandong.monitoring.signals.observations import plain

INTEGER, DECIMAL, YES_NO, TEXT, CHOICE = "integer", "decimal", "yes_no", "text", "choice"
SUM, STATE = "sum", "state"
KINDS = {"整数": INTEGER, "小数": DECIMAL, "是否": YES_NO, "文字": TEXT, "选择": CHOICE}
TOTALS = {"合计": SUM, "存量": STATE}
KIND_WORDS = {kind: word for word, kind in KINDS.items()}
TOTAL_WORDS = {total: word for word, total in TOTALS.items()}
MOST_ITEMS = 40
LONGEST_TEXT = 500
LARGEST = Decimal(10**8)
KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
KEYED = re.compile(r"\s*([a-z][a-z0-9_]{0,29})\s*[:：](.*)", re.DOTALL)
NUMBERED = re.compile(r"i(\d+)")
YES = {"是", "有", "1", "y", "yes", "true", "√"}
NO = {"否", "无", "0", "n", "no", "false", "×"}
# So much more or less than last time is looked at twice.
JUMP = 3

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Item:
    """统计项. ``total``: a ``sum`` may be added up over time, a ``state`` is what there is."""

    key: str
    label: str
    unit: str = ""
    kind: str = INTEGER
    lowest: str = ""
    highest: str = ""
    required: bool = True
    total: str = SUM
    choices: tuple[str, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Whether its answers are figures, and so a series."""
        return self.kind in {INTEGER, DECIMAL}

    def row(self) -> dict[str, Any]:
        """How a form keeps it."""
        return {**asdict(self), "choices": list(self.choices)}


class WrongLineError(ValueError):
    """A line that is no item; says which, and why."""


def items_of(rows: Iterable[Mapping[str, Any]]) -> list[Item]:
    """The items that a form keeps."""
    return [Item(**{**row, "choices": tuple(row.get("choices", ()))}) for row in rows]


def written(items: Iterable[Item]) -> str:
    """Items as lines that ``read_items`` reads."""
    return "\n".join(
        f"{one.key}: "
        + " | ".join(
            [
                one.label,
                one.unit,
                KIND_WORDS[one.kind],
                one.lowest,
                one.highest,
                "必填" if one.required else "选填",
                "、".join(one.choices) if one.kind == CHOICE else TOTAL_WORDS[one.total],
            ]
        )
        for one in items
    )


def read_items(text: str) -> list[Item]:
    """Read ``标识: 名称 | 单位 | 类型 | 下限 | 上限 | 必填 | 合计``, a line an item; raises ``WrongLineError``.

    Everything behind the name may be left out. A line without a key is given one that nobody has.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise WrongLineError(_("请至少写一个统计项"))
    if len(lines) > MOST_ITEMS:
        raise WrongLineError(_("统计项最多 %(n)d 个") % {"n": MOST_ITEMS})
    keyed = [KEYED.fullmatch(line) for line in lines]
    taken = {found[1] for found in keyed if found}
    numbers = [int(found[1]) for key in taken if (found := NUMBERED.fullmatch(key))]
    new = max(numbers, default=0)
    items: list[Item] = []
    for number, (line, found) in enumerate(zip(lines, keyed, strict=True), 1):
        if found is None:
            new += 1
        key, rest = (found[1], found[2]) if found else (f"i{new}", line)
        items.append(_item(number, key, rest))
    for what, named in (("标识", [i.key for i in items]), ("名称", [i.label for i in items])):
        twice = next((one for one in named if named.count(one) > 1), "")
        if twice:
            raise WrongLineError(_("%(what)s“%(one)s”写了两次") % {"what": what, "one": twice})
    return items


def _item(number: int, key: str, rest: str) -> Item:
    cells = [cell.strip() for cell in rest.replace("｜", "|").split("|")]
    label, unit, kind, lowest, highest, required, last = (cells + [""] * 7)[:7]
    kind = KINDS.get(kind or "整数", "")
    choices = tuple(one for one in re.split(r"[、，,/]", last) if one.strip())
    bounds = [_figure(one) for one in (lowest, highest) if one]
    wrong = {
        _("名称要写，40 字以内；单位 12 字以内"): not 0 < len(label) <= 40 or len(unit) > 12,
        _("类型应为整数、小数、是否、文字、选择之一"): not kind,
        _("选择项要写两个以上的选项，用顿号隔开"): kind == CHOICE and len(choices) < 2,
        _("上下限应为数字"): None in bounds,
        _("下限大于上限"): _crossed(bounds),
        _("第六格应为必填或选填"): required not in {"", "必填", "选填"},
        _("第七格应为合计或存量"): kind in {INTEGER, DECIMAL} and last not in {"", *TOTALS},
    }
    why = next((words for words, is_so in wrong.items() if is_so), "")
    if why:
        raise WrongLineError(_("第 %(n)d 行：%(why)s") % {"n": number, "why": why})
    return Item(
        key=key,
        label=label,
        unit=unit,
        kind=kind,
        lowest=lowest,
        highest=highest,
        required=required != "选填",
        total=TOTALS.get(last, SUM),
        choices=choices if kind == CHOICE else (),
    )


def _crossed(bounds: Sequence[Decimal | None]) -> bool:
    low, high = bounds if len(bounds) == 2 else (None, None)
    return low is not None and high is not None and low > high


def _figure(text: object) -> Decimal | None:
    """A figure, full-width digits and thousands' commas as people type them; None for anything else."""
    try:
        value = Decimal(str(text).strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= LARGEST else None


def checked(items: Sequence[Item], said: Values) -> tuple[dict[str, Any], dict[str, str]]:
    """What is kept of an answer, and what is wrong with it, by item."""
    kept: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for item in items:
        raw = said.get(item.key)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if item.required:
                wrong[item.key] = _("请填写%(item)s") % {"item": item.label}
            continue
        value, why = _answer(item, raw)
        if why:
            wrong[item.key] = why
        else:
            kept[item.key] = value
    return kept, wrong


def _answer(item: Item, raw: Any) -> tuple[Any, str]:
    if item.is_numeric:
        return _number(item, raw)
    if item.kind == YES_NO:
        word = str(raw).strip().lower()
        if word not in YES | NO:
            return None, _("%(item)s应答是或否") % {"item": item.label}
        return word in YES, ""
    text = str(raw).strip()
    if item.kind == CHOICE and text not in item.choices:
        return None, _("%(item)s应为所列选项之一") % {"item": item.label}
    if len(text) > LONGEST_TEXT:
        return None, _("%(item)s太长，请写 500 字以内") % {"item": item.label}
    return text, ""


def _number(item: Item, raw: Any) -> tuple[Any, str]:
    value = None if isinstance(raw, bool) else _figure(raw)
    if value is None:
        return None, _("%(item)s应为数字") % {"item": item.label}
    if item.kind == INTEGER and value != value.to_integral_value():
        return None, _("%(item)s应为整数") % {"item": item.label}
    low, high = _figure(item.lowest or "x"), _figure(item.highest or "x")
    if (low is not None and value < low) or (high is not None and value > high):
        words = {"item": item.label, "low": item.lowest or "—", "high": item.highest or "—"}
        return None, _("%(item)s应在 %(low)s 到 %(high)s 之间") % words
    return plain(value.quantize(Decimal("0.001"))), ""


def nil_values(items: Sequence[Item], before: Values) -> Values:
    """What nothing to report means: nothing new; what there is stays what it was last time."""
    found: dict[str, Any] = {}
    for item in items:
        if item.is_numeric and item.total == SUM:
            found[item.key] = "0"
        elif item.kind == YES_NO:
            found[item.key] = False
        elif item.kind != TEXT and item.key in before:
            found[item.key] = before[item.key]
        elif item.kind == TEXT and item.required:
            found[item.key] = "无"
    return found


def difference(item: Item, now: Values, before: Values) -> Decimal | None:
    """How much more than before; None where one of them is not there."""
    if not item.is_numeric or item.key not in now or item.key not in before:
        return None
    return Decimal(now[item.key]) - Decimal(before[item.key])


def jumps(items: Sequence[Item], now: Values, before: Values) -> dict[str, str]:
    """Figures so far from last time's that they are looked at twice, by item."""
    found: dict[str, str] = {}
    for item in items:
        gap = difference(item, now, before)
        if not gap:
            continue
        new, old = abs(Decimal(now[item.key])), abs(Decimal(before[item.key]))
        least, most = sorted((new, old))
        if most >= 10 and most > JUMP * max(least, Decimal(1)):
            words = {"item": item.label, "old": before[item.key], "new": now[item.key]}
            found[item.key] = _("%(item)s上期 %(old)s，本期 %(new)s，相差悬殊，请核对") % words
    return found
