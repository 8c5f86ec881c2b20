"""A chat as people copy it: who said what when. Pure; every line keeps its place in the text."""

import re
from dataclasses import dataclass
from datetime import datetime

from liandong.command.rules.moments import PART, read_moment
from liandong.command.rules.numerals import narrow

DATE = r"(?:(?P<year>20[0-9]{2})\s*[-/年.]\s*(?P<month>[0-9]{1,2})\s*[-/月.]\s*(?P<day>[0-9]{1,2})日?)"
TIME = rf"(?:{PART})?\s*[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?"
STAMP = rf"(?:(?:20[0-9]{{2}}\s*[-/年.]\s*[0-9]{{1,2}}\s*[-/月.]\s*[0-9]{{1,2}}日?|[0-9]{{1,2}}月[0-9]{{1,2}}日|昨天|前天|今天|星期[一二三四五六日])\s*)?{TIME}"
NAME = r"[^\s:：，。；,;“”\"\[\]【】][^:：，。；;\n\[\]【】]{0,23}?"
HEAD = re.compile(rf"^\s*(?P<who>{NAME})\s+(?P<when>{STAMP})\s*$")
INLINE = re.compile(rf"^\s*(?P<who>{NAME})\s+(?P<when>{STAMP})\s*[:：]\s*(?P<text>.*)$")
SAID = re.compile(
    r"^\s*(?P<who>[^\s:：，。；,;“”\"\[\]【】0-9][^\s:：，。；;、（）]{0,15})\s*[:：]\s*(?P<text>\S.*)$"
)
ALONE = re.compile(rf"^[\s—\-=]*(?P<when>{STAMP}|{DATE})[\s—\-=]*$")
# Words before a colon that are no speaker's name.
LABELS = re.compile(
    "时间|地点|位置|情况|伤亡|人员|来源|信息|措施|请求|电话|联系|报告|备注|原因|标题|事件|附|注|链接|回复|重伤|轻伤|死亡|失踪|失联|受灾|面积|天气|风力|目前|现场"
)


@dataclass(frozen=True)
class Line:
    """What somebody said at once: ``start`` is where ``text`` stands in the whole."""

    who: str
    at: datetime | None
    text: str
    start: int


def split_chat(text: str, now: datetime) -> list[Line]:
    """Part a chat into what each said; text without names is one nameless speaker's."""
    who, at, lines, place = "", None, [], 0
    for raw in text.splitlines(keepends=True):
        line, start = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), place
        place += len(raw)
        plain = narrow(line)
        if head := (HEAD.match(plain) or ALONE.match(plain)):
            named = head.groupdict().get("who")
            who, at = (named.strip() if named else who), read_stamp(head["when"], now)
            continue
        found = INLINE.match(plain) or _speaker(plain)
        if found:
            who = found["who"].strip()
            at = read_stamp(found["when"], now) if "when" in found.groupdict() else at
            lines.append(_said(who, at, line, start, found.start("text")))
        elif line.strip():
            lines.append(_said(who, at, line, start, len(line) - len(line.lstrip())))
    return [one for one in lines if one.text]


def read_stamp(stamp: str, now: datetime) -> datetime | None:
    """The moment at a message's head; never after now."""
    dated = re.search(DATE, stamp)
    moment = read_moment(re.sub(DATE, "", stamp), now)
    if dated is None:
        return moment.at if moment else None
    try:
        day = now.replace(
            year=int(dated["year"]), month=int(dated["month"]), day=int(dated["day"])
        )
    except ValueError:
        return None
    end = day.replace(hour=23, minute=59, second=59, microsecond=0)
    there = read_moment(re.sub(DATE, "", stamp), end) if day.date() != now.date() else moment
    return there.at if there and there.at <= now else None


def _speaker(plain: str) -> re.Match[str] | None:
    found = SAID.match(plain)
    if found is None or LABELS.search(found["who"]):
        return None
    # 今早16:20 is a time, not somebody called 今早16.
    a_time = found["who"][-1].isdecimal() and found["text"][0].isdecimal()
    return None if a_time else found


def _said(who: str, at: datetime | None, line: str, start: int, indent: int) -> Line:
    return Line(who, at, line[indent:].rstrip(), start + indent)
