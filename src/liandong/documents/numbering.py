"""The numbers Word puts before paragraphs by itself (一、 （一） 1. 第一条), which stand in no text."""

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

HAN = "〇一二三四五六七八九"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST = 9999
DEEPEST = 9


class Numbering:
    """Counts along a document."""

    def __init__(self, root: Any) -> None:
        self._shapes: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        self._counts: dict[str, list[int]] = {}
        if root is not None:
            for one in root.findall(qn("w:abstractNum")):
                self._shapes[one.get(qn("w:abstractNumId"))] = one
            for one in root.findall(qn("w:num")):
                self._lists[one.get(qn("w:numId"))] = one

    def label(self, number: str, depth: int) -> str:
        """Count one paragraph of a list, and give what stands before it."""
        shape = self._shape(number)
        if shape is None or not 0 <= depth < DEEPEST:
            return ""
        levels = {one.get(qn("w:ilvl")): one for one in shape.findall(qn("w:lvl"))}
        counts = self._counts.setdefault(shape.get(qn("w:abstractNumId")), [0] * DEEPEST)
        here = levels.get(str(depth))
        if here is None:
            return ""
        counts[depth] = counts[depth] + 1 if counts[depth] else _start(here)
        counts[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        text = _value(here, "w:lvlText", "")
        for at in range(DEEPEST):
            if f"%{at + 1}" in text:
                level = levels.get(str(at))
                count = counts[at] or (_start(level) if level is not None else 1)
                how = "decimal" if _has(here, "w:isLgl") else _value(level, "w:numFmt", "")
                text = text.replace(f"%{at + 1}", written(count, how))
        return "" if _value(here, "w:numFmt", "") == "bullet" else text

    def _shape(self, number: str) -> Any:
        listed = self._lists.get(number)
        if listed is None:
            return None
        return self._shapes.get(_value(listed, "w:abstractNumId", ""))


def written(count: int, how: str) -> str:
    """Write a number as a list has it."""
    if not 0 < count <= MOST:
        return str(count)
    return _WAYS.get(how, str)(count)


def chinese(count: int) -> str:
    """Write 12 as 十二, 105 as 一百〇五."""
    text, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, count = divmod(count, size)
        if digit:
            text += ("〇" if zero else "") + HAN[digit] + unit
        zero = not digit and bool(text) and count > 0
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(count: int) -> str:
    text = ""
    for size, sign in ROMAN:
        times, count = divmod(count, size)
        text += sign * times
    return text


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _circled(count: int) -> str:
    return chr(ord("①") + count - 1) if count <= 20 else str(count)


_WAYS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "decimalZero": "{:02d}".format,
    "none": lambda _count: "",
}


def _start(level: Any) -> int:
    text = _value(level, "w:start", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(qn(name)) if element is not None else None
    return found.get(qn("w:val"), default) if found is not None else default


def _has(element: Any, name: str) -> bool:
    return element.find(qn(name)) is not None
