"""Quantities as people write them: 2万条, 40余台, 若干."""

import re
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
DIGITS = "零一二三四五六七八九"
VAGUE = ("若干", "一批", "部分", "少量", "大量", "适量")
WRITTEN = re.compile(
    r"(?P<about>大约|约|近|超过?)?"
    r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九]|(?=十))"
    r"(?P<more>[余多来几]?)(?P<times>[十百千万亿]?)(?P<after>[余多来几]?)"
    r"(?P<unit>(?![零一二两三四五六七八九十百千万亿\d])\D?.*?|)"
    r"(?P<or_so>左右|以上|上下)?"
)


class Amount(TypedDict):
    """A quantity as it was written, and what can be reckoned with: amount is blank for 若干."""

    said: str
    amount: str
    unit: str
    is_rough: bool


def read_amount(text: str, unit: str = "") -> Amount:
    """Read a quantity; ``unit`` is meant where none is written. Raises ``Invalid`` for anything else."""
    said = " ".join(text.split())
    bare = said.replace(" ", "").replace(",", "").replace("，", "")
    for word in VAGUE:
        if bare.startswith(word):
            return Amount(
                said=said, amount="", unit=bare.removeprefix(word) or unit, is_rough=True
            )
    found = WRITTEN.fullmatch(bare)
    if not found:
        raise Invalid(
            _("“%(said)s”不是数量。") % {"said": said[:40]},
            remedy=_("请写数字和单位，如 2万条、40余台；说不准的写“若干”。"),
        )
    return Amount(
        said=said,
        amount=_plain(_number(found["number"]) * TIMES[found["times"]]),
        unit=found["unit"] or unit,
        is_rough=any(found[name] for name in ("about", "more", "after", "or_so")),
    )


def _number(text: str) -> Decimal:
    if not text:  # 十几 is written without a one
        return Decimal(1)
    digit = DIGITS.find("二" if text == "两" else text)
    try:
        return Decimal(digit) if digit >= 0 else Decimal(text)
    except (
        InvalidOperation
    ) as error:  # pragma: no cover -- the pattern lets no other text through
        raise Invalid(_("不是数字。")) from error


def _plain(number: Decimal) -> str:
    """Write a number without zeros that say nothing."""
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
