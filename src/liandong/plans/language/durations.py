"""Lengths of time as plans write them: ISO 8601 with weeks, days, hours, minutes, seconds."""

import re
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_PATTERN: Final = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,6})S)?)?"
)
_SPOKEN: Final = re.compile(
    r"(?:(?P<weeks>\d{1,4})(?:周|个?星期))?(?:(?P<days>\d{1,4})[天日])?"
    r"(?:(?P<hours>\d{1,4})(?:个?小时|时))?(?P<half>半(?:个?小时|时)?)?"
    r"(?:(?P<minutes>\d{1,5})分钟?)?(?:(?P<seconds>\d{1,6})秒钟?)?"
)
_NUMERALS: Final = {numeral: str(n) for n, numeral in enumerate("零一二三四五六七八九")} | {
    "两": "2"
}
_NAMES: Final = (("天", 86400), ("小时", 3600), ("分钟", 60), ("秒", 1))


def read_duration(text: object) -> timedelta:
    """Read ``PT1H30M``; months and years have no fixed length and are refused, as is zero."""
    if isinstance(text, timedelta):
        return text
    found = _PATTERN.fullmatch(text) if isinstance(text, str) else None
    parts = {k: int(v) for k, v in found.groupdict().items() if v} if found else {}
    length = timedelta(**parts)
    if not length:
        raise PydanticCustomError(
            "duration",
            "时长“{given}”写法不对",
            {
                "given": str(text),
                "remedy": "写成 5分钟、2小时、2天（文本里是 PT5M、PT2H、P2D）",
            },
        )
    return length


def heard_duration(text: str) -> timedelta:
    """Read a length as people say it: ``20分钟``, ``1小时30分``, ``半小时``, ``三天``; ``PT20M`` too."""
    plain = "".join(text.split()).removesuffix("内").removesuffix("以")
    plain = "".join(_NUMERALS.get(sign, sign) for sign in plain)
    plain = re.sub(r"(\d?)十(\d?)", lambda m: f"{m[1] or 1}{m[2] or 0}", plain)
    found = _SPOKEN.fullmatch(plain) if plain else None
    if not found:
        return read_duration(text.strip().upper())
    parts = {k: int(v) for k, v in found.groupdict().items() if v and k != "half"}
    length = timedelta(**parts) + timedelta(minutes=30 if found["half"] else 0)
    return length or read_duration(text)


def write_duration(length: timedelta) -> str:
    """Write the one canonical form: days, hours, minutes, seconds."""
    clock = ""
    rest = length.seconds
    for letter, size in (("H", 3600), ("M", 60), ("S", 1)):
        count, rest = divmod(rest, size)
        clock += f"{count}{letter}" if count else ""
    return "P" + (f"{length.days}D" if length.days else "") + (f"T{clock}" if clock else "")


def duration_label(length: timedelta) -> str:
    """Say it in Chinese: ``1小时30分钟``."""
    text, rest = "", length.days * 86400 + length.seconds
    for name, size in _NAMES:
        count, rest = divmod(rest, size)
        text += f"{count}{name}" if count else ""
    return text


Duration = Annotated[
    timedelta,
    BeforeValidator(read_duration),
    PlainSerializer(write_duration, return_type=str),
    WithJsonSchema({"type": "string", "format": "duration", "examples": ["PT5M", "P2D"]}),
]
