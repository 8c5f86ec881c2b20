"""Quantities as registers write them, 2万条, 40余台, 若干: kept as written, and read as far as they can be."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from liandong.documents.sheets.text import tidy
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
LARGE = 10_000
LARGEST = Decimal(10**12)
FRACTION = 6
# One unit under one name; what stands here is what the same thing is called elsewhere.
UNITS = {
    "平方米": ("㎡", "m²", "m2", "平米", "平方"),
    "立方米": ("m³", "m3", "㎥", "立方", "方"),
    "千克": ("kg", "公斤", "㎏"),
    "吨": ("t",),
    "千米": ("km", "公里"),
    "米": ("m",),
    "升": ("l",),
    "千瓦": ("kw",),
}
NAMED = {other: unit for unit, others in UNITS.items() for other in others}
NOTHING = ("无", "没有")

_FIGURE = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+|[零〇一二两三四五六七八九十百千万亿]+|半)"
_POWER = r"(?:[十百万亿]|千(?![克米瓦伏])){0,2}"
_ABOUT = "约|大约|大概|近|将近"
_AT_LEAST = "不少于|不低于|至少|超过|大于|≥|>"
_AT_MOST = "不足|不到|不超过|不多于|至多|最多|小于|≤|<"
_UNIT = (
    r"(?:千(?=[克米瓦伏])|[^\d零〇一二两三四五六七八九十百千万亿余多若约以左上\s,;，；。+＋~～至-])"
    r"[^\d\s,;，；。+＋~～]{0,11}?"
)
QUANTITY = re.compile(
    rf"(?:共计|共有|合计|总计|共)?(?:(?P<about>{_ABOUT})|(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST}))?"
    rf"(?P<number>{_FIGURE})(?P<more>余|多|来)?(?P<power>{_POWER})(?P<more2>余|多|来|\+)?"
    rf"(?P<unit1>{_UNIT})??"
    rf"(?:(?:-|~|—|–|至|到)(?P<upto>{_FIGURE})(?P<power2>{_POWER}))?"
    rf"(?P<unit>{_UNIT})??"
    r"(?P<after>以上|及以上|余|左右|上下|以内|以下|不等)?(?:[(（][^()（）]*[)）])?"
)
SOME = re.compile(rf"(?:若干|一批|部分|少量|大量|多|[几数][十百千万亿]*)(?P<unit>{_UNIT})?")


class Exactness(StrEnum):
    """How a quantity is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    SOME = "some"


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A quantity as ``written``; ``number`` in ``unit``s, up to ``upto`` in a range, none of 若干."""

    written: str
    number: Decimal | None
    unit: str
    exactness: Exactness
    upto: Decimal | None = None

    def as_data(self) -> dict[str, Any]:
        """The quantity as JSON; numbers are text, so that none is rounded, and blank where there is none."""
        return {
            "said": self.written,
            "amount": "" if self.number is None else plain(self.number),
            "upto": "" if self.upto is None else plain(self.upto),
            "unit": self.unit,
            "exactness": str(self.exactness),
        }


def plain(number: Decimal) -> str:
    """A number without an exponent and without zeros nobody wrote."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_quantity(text: str, unit: str = "") -> Quantity:
    """Read a quantity; ``unit`` is meant where none is written. Raises ``Invalid``.

    万 behind the second number of a range counts for both: 1-2万 is ten to twenty thousand.
    """
    written = " ".join(text.split())
    bare = re.sub(r"\s+", "", tidy(text).replace("，", ","))
    if bare in NOTHING:
        return Quantity(written=written, number=Decimal(), unit=unit, exactness=Exactness.EXACT)
    if some := SOME.fullmatch(bare):
        named = _unit(some["unit"]) or unit
        return Quantity(written=written, number=None, unit=named, exactness=Exactness.SOME)
    found = QUANTITY.fullmatch(bare)
    if found is None:
        raise _unread(written)
    number = _number(found["number"], found["power"], written)
    upto = _number(found["upto"], found["power2"], written) if found["upto"] else None
    if upto is not None and found["power2"] and not found["power"]:
        shared = _number(found["number"], found["power2"], written)
        number = shared if shared < upto else number
    if upto is not None and upto < number:
        raise _unread(written)
    return Quantity(
        written=written,
        number=number,
        upto=upto,
        unit=_unit(found["unit"]) or _unit(found["unit1"]) or unit,
        exactness=_exactness(found),
    )


def _exactness(found: re.Match[str]) -> Exactness:
    after = found["after"] or ""
    if found["upto"]:
        return Exactness.RANGE
    if found["least"] or found["more"] or found["more2"] or after in {"以上", "及以上", "余"}:
        return Exactness.AT_LEAST
    if found["most"] or after in {"以内", "以下"}:
        return Exactness.AT_MOST
    return Exactness.ABOUT if found["about"] or after else Exactness.EXACT


def _unit(text: str | None) -> str:
    bare = (text or "").strip("()（）")
    return NAMED.get(bare.lower(), bare)


def _number(figure: str, powers: str, written: str) -> Decimal:
    number = (
        Decimal(figure.replace(",", "")) if figure[-1].isdigit() and figure.isascii() else None
    )
    if number is None:
        number = _spoken(figure, written)
    for power in powers:
        number *= POWERS[power]
    if number > LARGEST or -int(number.as_tuple().exponent) > FRACTION:
        raise _unread(written)
    return number


def _spoken(figure: str, written: str) -> Decimal:
    """A number in Chinese: 二十, 一千零五, 两万三; a last figure counts the tenth of what stands before it."""
    if figure == "半":
        return Decimal("0.5")
    if all(one in DIGITS for one in figure):
        return Decimal("".join(str(DIGITS[one]) for one in figure))
    if not all(one in DIGITS or one in POWERS for one in figure):
        raise _unread(written)  # a digit of a script that nobody here writes
    total = section = 0
    digit: int | None = None
    below = 1
    for at, one in enumerate(figure):
        if one in DIGITS:
            if digit:
                raise _unread(written)
            digit = DIGITS[one]
            below = 1 if at == 0 or figure[at - 1] in "零〇十" else POWERS[figure[at - 1]] // 10
            continue
        power = POWERS[one]
        if power < LARGE:
            section += (1 if digit is None else digit) * power
        else:
            total = (
                (total + section + (digit or 0)) * power
                if power > LARGE
                else (total + (section + (digit or 0)) * power)
            )
            section = 0
        digit = None
    return Decimal(total + section + (digit or 0) * below)


def _unread(written: str) -> Invalid:
    return Invalid(
        _("“%(text)s”读不出是多少。") % {"text": written[:30]},
        remedy=_("请写成“2万条”“40余台”“3000-5000件”“若干”这样，一格只写一种。"),
    )
