"""Numbers as papers write them: 1,000、１０、三十、5 万、1.5 亿, and lengths of time."""

import re
import unicodedata
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

DIGITS: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
SIZES: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
HAN_NUMBER: Final = "〇零一二两三四五六七八九十百千"
NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}(?:\.\d{{1,6}})?|[{HAN_NUMBER}]{{1,9}})[百千]?[万亿]?"
TIME_UNITS: Final = {
    "秒": timedelta(seconds=1),
    "分钟": timedelta(minutes=1),
    "分": timedelta(minutes=1),
    "个小时": timedelta(hours=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "个月": None,
    "个工作日": None,
    "工作日": None,
    "周": timedelta(weeks=1),
}
_UNITS: Final = "|".join(sorted(TIME_UNITS, key=len, reverse=True))
LENGTH: Final = re.compile(
    rf"(?P<half>半)?(?P<number>{NUMBER})?\s?(?P<unit>{_UNITS})(?P<and>半)?"
)
_WIDE: Final = [*range(ord("０"), ord("９") + 1), *range(ord("Ａ"), ord("ｚ") + 1)]
_SAME: Final = str.maketrans(
    {chr(one): unicodedata.normalize("NFKC", chr(one)) for one in _WIDE}
    | dict(zip("（）％～〜—–－：", "()%~~---:", strict=True))
)
_GAPS: Final = re.compile(r"(?<![A-Za-z0-9.]) +| +(?![A-Za-z0-9.])")


def same(text: str) -> str:
    """One spelling for what looks alike, sign for sign: full-width digits, brackets, dashes."""
    return text.translate(_SAME)


def plain(text: str) -> str:
    """The same without the spaces about hanzi and signs."""
    return _GAPS.sub("", same(text)).strip()


def read_number(text: str) -> Decimal | None:
    """Read one number; None where it is none."""
    text = text.replace(",", "")
    size = Decimal(1)
    if text[-1:] in MYRIADS:
        size, text = Decimal(MYRIADS[text[-1]]), text[:-1]
    if text and text[-1] in SIZES and text[0].isdigit():
        size, text = size * SIZES[text[-1]], text[:-1]
    if not text:
        return None
    if text[0].isdigit():
        try:
            return _whole(Decimal(text) * size)
        except InvalidOperation:
            return None
    counted = _chinese(text)
    return None if counted is None else counted * size


def read_length(found: re.Match[str]) -> timedelta | None:
    """Read a length of time that ``LENGTH`` found; None where it has no fixed length or no number."""
    unit = TIME_UNITS[found["unit"]]
    number = read_number(found["number"]) if found["number"] else None
    if found["half"] and number is None:
        number = Decimal("0.5")
    if unit is None or number is None:
        return None
    if found["and"]:
        number += Decimal("0.5")
    seconds = number * Decimal(unit.total_seconds())
    if not 0 < seconds < 10**8 or seconds != seconds.to_integral_value():
        return None
    return timedelta(seconds=int(seconds))


def lengths_in(text: str) -> list[tuple[timedelta, int, int]]:
    """Every length of time in a text one after another: 1小时30分钟 is one. With where each stands."""
    found: list[tuple[timedelta, int, int]] = []
    for match in LENGTH.finditer(text):
        length = read_length(match)
        if length is None:
            continue
        if found and found[-1][2] == match.start():
            length, start = found[-1][0] + length, found[-1][1]
            found[-1] = (length, start, match.end())
        else:
            found.append((length, match.start(), match.end()))
    return found


def _whole(number: Decimal) -> Decimal:
    return number.to_integral_value() if number == number.to_integral_value() else number


def _chinese(text: str) -> Decimal | None:
    total, digit = 0, None
    for sign in text:
        if sign in SIZES:
            total, digit = total + (1 if digit is None else digit) * SIZES[sign], None
        elif sign in DIGITS and (digit is None or digit == 0):
            digit = DIGITS[sign]
        else:
            return None
    return Decimal(total + (digit or 0))
