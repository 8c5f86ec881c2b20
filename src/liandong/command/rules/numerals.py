"""Numbers as people write them: 12, 3.5, 二十六, 两百多, 2万. Pure; invents none."""

import re

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5,
          "六": 6, "七": 7, "八": 8, "九": 9}  # fmt: skip
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
ARABIC = r"[0-9]{1,12}(?:[.．][0-9]{1,6})?"
CHINESE = "[零〇一二两俩三仨四五六七八九十百千]{1,12}"
NUMBER = rf"(?:{ARABIC}|{CHINESE})[万亿]?"
# What makes a number no exact one.
BEFORE = "大约|大概|差不多|估计|可能|约|近|将近|超过|至少|不到|上"
AFTER = "多|余|来|几|左右|上下|以上|以内"
WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")


def narrow(text: str) -> str:
    """The same text with plain digits; as long as before, so that places still fit."""
    return text.translate(WIDE)


def read_number(words: str) -> str | None:
    """The number as plain digits, ``12`` or ``3.5``; None for what is none.

    A bare 百 or 万 is none: nobody said how many.
    """
    text = narrow(words).strip()
    if text in UNITS and text != "十":
        return None
    head, scale = (text[:-1], MYRIADS[text[-1]]) if text[-1:] in MYRIADS else (text, 1)
    if re.fullmatch(ARABIC, head):
        return _scaled(head, scale)
    value = _chinese(head)
    return None if value is None else str(value * scale)


def as_count(words: str) -> int | None:
    """The number where it is a whole one."""
    text = read_number(words)
    return int(text) if text is not None and text.isdecimal() else None


def _scaled(head: str, scale: int) -> str:
    whole, _dot, part = head.partition(".")
    if scale == 1:
        return f"{int(whole)}.{part}" if part else str(int(whole))
    zeros = len(str(scale)) - 1
    if len(part) > zeros:
        return str(int(whole + part[:zeros])) + "." + part[zeros:]
    return str(int(whole + part.ljust(zeros, "0")))


def _chinese(text: str) -> int | None:
    """二十六 is 26; 一二 are two figures and no number, save after 〇 or in a row of years."""
    if not text:
        return None
    total, figure, least = 0, None, 10_000
    for one in text:
        if one in UNITS:
            unit = UNITS[one]
            if unit >= least or (figure is None and unit != 10):
                return None
            total += (1 if figure is None else figure) * unit
            figure, least = None, unit
        elif one in DIGITS:
            if figure not in {None, 0}:
                return None
            figure = DIGITS[one]
        else:
            return None
    # 两百五 is 250: what follows a hundred or a thousand bare counts its tenth.
    last = text[-2:-1]
    if figure and len(text) > 2 and last in {"百", "千"}:
        return total + figure * UNITS[last] // 10
    return total + (figure or 0)
