"""Moments as people say them: 16:20, 今早4点多, 昨晚十一点半, 半小时前, 刚才. Pure.

What comes out lies never after ``now``; where the words do not settle it, it is marked ``about``.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from liandong.command.rules.numerals import CHINESE, as_count, narrow

FIGURE = rf"(?:[0-9]{{1,2}}|{CHINESE})"
DAYS = {"前天": 2, "前晚": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "昨夜": 1,
        "今天": 0, "今日": 0, "今早": 0, "今晨": 0, "今晚": 0}  # fmt: skip
EARLY = {"凌晨", "清晨", "早上", "早晨", "上午", "今早", "今晨", "一早", "早"}
LATE = {"下午", "午后", "傍晚", "晚上", "今晚", "昨晚", "昨夜", "前晚", "夜里", "夜间", "晚"}
NIGHT = {"晚上", "今晚", "昨晚", "昨夜", "前晚", "夜里", "夜间", "晚"}
DAY = "|".join(sorted(DAYS, key=len, reverse=True))
PARTS = EARLY | LATE | {"中午", "半夜"}
PART = "|".join(sorted(PARTS, key=len, reverse=True))
ABOUT = r"(?:大约|大概|约|差不多)?"
CLOCK = re.compile(
    rf"(?<!第)(?P<about>{ABOUT})(?:(?P<month>[0-9]{{1,2}})月(?P<date>[0-9]{{1,2}})[日号])?\s*"
    rf"(?P<day>{DAY})?\s*(?P<part>{PART})?\s*"
    rf"(?:(?P<h>[0-2]?[0-9])[:：](?P<m>[0-5][0-9])(?![0-9])(?:[:：][0-5][0-9])?"
    rf"|(?P<hour>{FIGURE})(?:点|时(?!间|候|段|许多))(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>{FIGURE})分?)?)"
    rf"(?P<vague>多|许|左右|钟左右|前后|来钟)?"
)
AGO = re.compile(
    rf"(?P<about>{ABOUT})(?P<n>半|{FIGURE}|[0-9]{{1,3}})\s*个?(?P<half>半)?(?P<many>多)?\s*"
    r"(?P<unit>分钟|小时|钟头)(?:之|以)?前"
)
JUST = re.compile("刚才|刚刚|方才|这会儿")
LONGEST_AGO = timedelta(days=3)


@dataclass(frozen=True)
class Moment:
    """A moment that words name, and where the words stand."""

    at: datetime
    about: bool
    words: str
    start: int
    end: int


def find_moments(text: str, now: datetime) -> list[Moment]:
    """Every moment that a text names, in the order of its words."""
    plain = narrow(text)
    found = [
        Moment(at, about, text[match.start() : match.end()], match.start(), match.end())
        for pattern, read in ((CLOCK, _clock), (AGO, _ago), (JUST, _just))
        for match in pattern.finditer(plain)
        if (told := read(match, now)) is not None
        for at, about in [told]
    ]
    return sorted(found, key=lambda one: (one.start, -one.end))


def read_moment(text: str, now: datetime) -> Moment | None:
    """The first moment a text names; None where it names none."""
    return next(iter(find_moments(text, now)), None)


def _just(_match: re.Match[str], now: datetime) -> tuple[datetime, bool]:
    return now, True


def _ago(match: re.Match[str], now: datetime) -> tuple[datetime, bool] | None:
    per = timedelta(minutes=1 if match["unit"] == "分钟" else 60)
    if match["n"] == "半":
        length = per / 2
    else:
        count = as_count(match["n"])
        if count is None:
            return None
        length = per * count + (per / 2 if match["half"] else timedelta())
    if length > LONGEST_AGO:
        return None
    return now - length, bool(match["about"] or match["many"]) or per.total_seconds() > 60


def _clock(match: re.Match[str], now: datetime) -> tuple[datetime, bool] | None:
    hour = as_count(match["h"] or match["hour"])
    minute = _minute(match)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    literal = bool(match["h"]) and (len(match["h"]) == 2)
    part = match["part"] or match["day"] or ""
    hours, settled = _hours(hour, part, literal=literal)
    day = _day(match, now)
    if day is None or not hours:
        return None
    dated = bool(match["day"] or match["month"])
    moments = [day + timedelta(hours=one, minutes=minute) for one in hours]
    if not dated:
        # Before midnight, said after it.
        moments = [one if one <= now else one - timedelta(days=1) for one in moments]
    past = [one for one in moments if one <= now]
    if not past:
        return None
    about = bool(match["about"] or match["vague"]) or not settled
    return max(past), about


def _minute(match: re.Match[str]) -> int | None:
    if match["m"]:
        return int(match["m"])
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"] == "一" else 45
    return as_count(match["minute"]) if match["minute"] else 0


def _hours(hour: int, part: str, *, literal: bool) -> tuple[list[int], bool]:
    """The hours of the day that may be meant, and whether the words settle it."""
    if part in PARTS:
        return ([_hour_of(hour, part)], True)
    return _bare(hour, literal=literal)


def _bare(hour: int, *, literal: bool) -> tuple[list[int], bool]:
    """4点 may be of the morning or of the afternoon; 04:00 and 16点 are what they say."""
    if hour > 12 or hour == 0 or literal:
        return ([hour], True)
    return ([hour, hour + 12], False)


def _hour_of(hour: int, part: str) -> int:
    if part in NIGHT and (hour <= 4 or hour == 12):
        return hour % 12 + 24  # 昨晚两点 was after midnight
    if part in LATE:
        return hour + 12 if hour < 12 else hour
    if part == "中午":
        return hour + 12 if hour < 4 else hour
    if part == "半夜":
        return hour + 12 if 9 <= hour < 12 else hour % 12
    return hour % 12 if part == "凌晨" else hour


def _day(match: re.Match[str], now: datetime) -> datetime | None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if not match["month"]:
        return midnight - timedelta(days=DAYS.get(match["day"] or "", 0))
    try:
        day = midnight.replace(month=int(match["month"]), day=int(match["date"]))
        return day if day <= now else day.replace(year=day.year - 1)
    except ValueError:
        return None
