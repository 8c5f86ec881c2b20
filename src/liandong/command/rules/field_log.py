"""What a line of the field's log must say, and how lines written on paper are read."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from liandong.command.models import FieldHandover
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _

MOST_LINES = 300
LONGEST_LINE = 2000
LONGEST_KEY = 64
STAMPED = re.compile(r"\s*(\d{1,2})[:：时点](\d{1,2})分?\s*[,，、]?\s*(\S.*)")


@dataclass(frozen=True)
class LogLine:
    """A line as it was written: when, what, and the key by which it is known again."""

    key: str
    at: datetime
    text: str


def read_lines(text: str, day: date, zone: tzinfo) -> list[LogLine] | int:
    """Read lines that begin with a time of day, or say which line does not.

    Times that go back by more than half a day have passed midnight. A key is made of when and
    what: the same lines typed twice are the same.
    """
    found: list[LogLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        stamped = STAMPED.fullmatch(line)
        if not stamped or int(stamped[1]) > 23 or int(stamped[2]) > 59:
            return number
        at = datetime.combine(day, time(int(stamped[1]), int(stamped[2])), zone)
        if found and found[-1].at - at > timedelta(hours=12):
            day += timedelta(days=1)
            at += timedelta(days=1)
        words = stamped[3].strip()[:LONGEST_LINE]
        found.append(LogLine(key_of(at, words), at, words))
    return found


def key_of(at: datetime, text: str) -> str:
    """What a line is known by again that brings no key of its own."""
    return hashlib.sha256(f"{at.isoformat()} {text}".encode()).hexdigest()[:LONGEST_KEY]


def demand_lines(lines: Sequence[LogLine], now: datetime) -> None:
    """Refuse nothing, too much at once, lines without words or key, and what has not happened yet."""
    if not 1 <= len(lines) <= MOST_LINES:
        raise Invalid(
            _("一次补录 1 至 %(most)d 条。") % {"most": MOST_LINES},
            place=_("现场记录"),
            remedy=_("请分几次补录；重复的不会记两遍。"),
            fields={"lines": _("请核对条数")},
        )
    for line in lines:
        if not (line.text.strip() and line.key and len(line.key) <= LONGEST_KEY):
            raise Invalid(
                _("有一条没有内容或编号。"),
                place=_("现场记录"),
                remedy=_("请核对后重新补录。"),
                fields={"lines": _("有一条没有内容")},
            )
        if line.at > now:
            raise Invalid(
                _("“%(text)s”的时间晚于现在。") % {"text": line.text[:30]},
                place=_("时间"),
                remedy=_("请核对日期；跨过零点的从第一条的日期算起。"),
                fields={"lines": _("有一条晚于现在")},
            )


def demand_none_waiting(waiting: FieldHandover | None) -> None:
    """Refuse to give away what was given already."""
    if waiting is not None:
        raise IllegalMove(
            _("已经交出，正等接班签字。"),
            place=_("现场交接"),
            remedy=_("请等对方签字；要换人的，由指挥部更换现场指挥长。"),
        )
