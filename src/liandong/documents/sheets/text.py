"""What a cell says, once the ways in which Excel and people spoil it are undone."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

# Full-width letters, digits and the space between them; full-width punctuation is Chinese's own.
PLAIN = {
    code: code - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(first), ord(last) + 1)
} | {ord("\u3000"): " ", ord("\u00a0"): " ", ord("＋"): "+", ord("－"): "-", ord("．"): "."}
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
SPACES = re.compile(r"[ \t]+")
# Whatever of the above a text may hold. Most cells hold none of it, and there are millions of them.
UNTIDY = re.compile(f"[{''.join(map(chr, PLAIN))}{INVISIBLE.pattern[1:-1]}\t\r\n]|  ")
HAN = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•]"
BETWEEN_HAN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
LARGEST_WHOLE = 10**15


def said(value: Any) -> str:
    """A cell's value as text: whole numbers without a point, times as they are written here."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, timedelta):
        return _hours(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))  # 13800000000 comes as 1.38E+10
    return tidy(str(value))


def _moment(value: date | time) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != time.min else f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else f"{value:%H:%M}"


def _hours(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def tidy(text: str) -> str:
    """Text without what cannot be seen, and with figures and letters of ordinary width."""
    if not UNTIDY.search(text):
        return text.strip()
    plain = INVISIBLE.sub("", text.translate(PLAIN)).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(SPACES.sub(" ", part).strip() for part in plain.split("\n")).strip()


def name_of(text: str) -> str:
    """A person's or a body's name: no spaces between its characters (“王 伟” is 王伟)."""
    return BETWEEN_HAN.sub("", " ".join(text.split()))


def squeezed(text: str) -> str:
    """A heading to compare by: no spaces, no line breaks, no marks around it, capitals."""
    return re.sub(r"[\s*＊:：()（）/／、]+", "", tidy(text)).upper()
