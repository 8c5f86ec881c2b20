"""What a chat tells of an emergency: each finding with the words it came from. Pure; invents nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from liandong.command.rules.chat import Line, split_chat
from liandong.command.rules.moments import find_moments
from liandong.command.rules.numerals import AFTER, BEFORE, NUMBER, as_count, narrow, read_number

LABELS: dict[str, str] = {
    "time": "发生时间",
    "place": "地点",
    "hazard": "类别",
    "dead": "死亡",
    "missing": "失踪、失联",
    "badly_injured": "重伤",
    "injured": "受伤",
    "trapped": "被困",
    "evacuated": "转移",
    "villages": "受威胁村庄",
    "houses": "房屋",
    "area": "面积",
    "measures": "已采取措施",
    "requests": "请求",
}
HAZARDS: dict[str, str] = {
    "11G": r"山火|林火|森林火灾|火烧山|烧山|过火|(?:山|林|岭|坡|岩|峰|坳)[^，。；\n]{0,8}(?:着火|起火|冒烟)|(?:着火|起火)[^，。；\n]{0,6}(?:山|林)",
    "11A": r"暴雨|洪水|山洪|涨水|内涝|积水|漫堤|决口|溃口|管涌|渗水|冒浑水|被淹|淹了|漫过|水位|进水",
    "11D": r"滑坡|塌方|泥石流|崩塌|落石|山体裂|地面塌陷|垮山",
    "11C": r"地震",
    "12": r"车祸|追尾|翻车|相撞|爆炸|泄漏|燃气|触电|坍塌|着火|起火",
    "13": r"食物中毒|集体中毒|疫情|上吐下泻",
}
GAP = r"[^，。；、;,\n0-9０-９]{0,4}?"
COUNT = rf"(?P<count>(?P<before>{BEFORE})?\s*(?P<n>{NUMBER})\s*(?P<after>{AFTER})?)"
HEADS = r"\s*(?:个|名|位)?\s*(?:人|村民|群众|员工|工人|老人|学生|司机|乘客|名|个|位)"
PEOPLE: dict[str, str] = {
    "dead": "死亡|遇难|身亡|死了|死",
    "missing": "失踪|失联|联系不上|找不到|下落不明",
    "badly_injured": "重伤",
    "injured": "受伤|轻伤|伤了",
    "trapped": "被困|困在|被埋|困住",
    "evacuated": "转移|疏散|撤离|撤出|安置",
}
THINGS: dict[str, str] = {
    "villages": rf"{COUNT}\s*个?\s*(?:行政村|自然村|村|寨)(?![长支民委组])",
    "houses": rf"{COUNT}\s*(?:间|户|栋|幢)(?:[^，。；\n]{{0,6}}(?:房|屋|家))?",
    "area": rf"{COUNT}\s*(?:平方公里|平方米|公顷|亩)",
}
NONE_HURT = re.compile(r"(?<!暂)(?<!时)(?<!前)(?:无|没有|没)(?:人员|人)?(?:伤亡|受伤)")
PLACE_END = "水库|大桥|隧道|小学|中学|卫生院|工业园|加油站|社区|林场|村(?![支长民委])|组|岩|坡|岭|沟|桥|坝(?!体)|堤(?![脚防])|湾|冲|坳|山(?![体洪火上下])|厂|矿|小区"
VILLAGE = re.compile(rf"[\u4e00-\u9fff]{{2,5}}?(?:{PLACE_END})+(?:[东西南北][坡侧边面])?")
NOT_PLACE = re.compile(
    "^(?:山体|有|在|到|和|个|这|那|几|上|下|把|被|从|往|是|了|我们|你们|他们|全|各)"
)
MEASURES = re.compile("已|正在|组织|派|赶到|赶往|封|设卡|扑救|抢险")
REQUESTS = re.compile("请求|请派|请调|请县|需要|急需|申请|支援|能不能派|快派|快来")
CLAUSE = re.compile(r"[^，。；;！!？?\n]+")


@dataclass(frozen=True)
class Found:
    """One finding: what it comes to, the exact number if it is one, and its words in the text."""

    element: str
    value: str
    number: str | None
    words: str
    start: int
    end: int
    who: str
    at: datetime | None = None


@dataclass(frozen=True)
class Chat:
    """A chat as it was read."""

    lines: tuple[Line, ...]
    found: tuple[Found, ...]

    def of(self, element: str) -> list[Found]:
        """Everything said of an element, as it stands in the text."""
        return [one for one in self.found if one.element == element]

    def values(self, element: str) -> list[str]:
        """The different things said of an element."""
        return list(dict.fromkeys(one.number or one.value for one in self.of(element)))

    def settled(self, element: str) -> str | None:
        """What all say alike; None where nobody did, or where they differ."""
        said = self.values(element)
        return said[0] if len(said) == 1 else None

    def count(self, element: str) -> int | None:
        """The exact whole number all agree upon; “40余” is none."""
        found = self.of(element)
        text = self.settled(element)
        exact = text is not None and all(one.number is not None for one in found)
        return int(text) if exact and text and text.isdecimal() else None


def read_chat(text: str, now: datetime, places: Sequence[str] = ()) -> Chat:
    """Read a chat; ``places`` are the townships and villages the county knows."""
    lines = split_chat(text, now)
    found = [one for line in lines for one in _of_line(line, now, places)]
    return Chat(tuple(lines), tuple(_without_doubles(found)))


def _of_line(line: Line, now: datetime, places: Sequence[str]) -> Iterator[Found]:
    plain = narrow(line.text)
    for moment in find_moments(line.text, line.at or now):
        yield _found(line, "time", moment.words, None, (moment.start, moment.end), moment.at)
    yield from _places(line, plain, places)
    yield from _hazards(line, plain)
    yield from _people(line, plain)
    for element, pattern in THINGS.items():
        for match in re.finditer(pattern, plain):
            yield from _counted(line, element, match)
    for clause in CLAUSE.finditer(line.text):
        for element, words in (("requests", REQUESTS), ("measures", MEASURES)):
            if words.search(clause[0]):
                yield _found(line, element, clause[0].strip(), None, clause.span())
                break


def _places(line: Line, plain: str, places: Sequence[str]) -> Iterator[Found]:
    """A known township with what is named after it; else whatever is written like a place."""
    known = "|".join(re.escape(one) for one in sorted(places, key=len, reverse=True) if one)
    tail = rf"(?:[\u4e00-\u9fff]{{0,10}}?(?:{PLACE_END})+(?:[东西南北][坡侧边面])?)?"
    if known:
        found = list(re.finditer(rf"(?:{known}){tail}", plain))
        for match in found:
            yield _found(line, "place", line.text[slice(*match.span())], None, match.span())
        if found:
            return
    for match in VILLAGE.finditer(plain):
        if not NOT_PLACE.match(match[0]):
            yield _found(line, "place", line.text[slice(*match.span())], None, match.span())
            return


def _hazards(line: Line, plain: str) -> Iterator[Found]:
    for kind, pattern in HAZARDS.items():
        match = re.search(pattern, plain)
        if match is not None:
            yield _found(line, "hazard", kind, None, match.span())
            if kind == "11G":
                plain = plain.replace("着火", "　　").replace("起火", "　　")


def _people(line: Line, plain: str) -> Iterator[Found]:
    for element, verbs in PEOPLE.items():
        own = f"(?<!重)(?<!轻)(?:{verbs})" if element == "injured" else f"(?:{verbs})"
        before = rf"{own}(?:了|的|有)?{GAP}{COUNT}{HEADS}"
        after = rf"{COUNT}{HEADS}{GAP}{own}"
        taken: list[tuple[int, int]] = []
        for pattern in (after, before):
            for match in re.finditer(pattern, plain):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                yield from _counted(line, element, match)
    for match in NONE_HURT.finditer(plain):
        for element in ("dead", "badly_injured"):
            yield _found(line, element, "0", "0", match.span())


def _counted(line: Line, element: str, match: re.Match[str]) -> Iterator[Found]:
    """A number with what it counts; about so many is told as it was said and is no exact one."""
    number = read_number(match["n"])
    if number is None:
        return
    exact = not (match["before"] or match["after"]) and (
        element == "area" or as_count(match["n"]) is not None
    )
    words = line.text[slice(*match.span())]
    value = line.text[slice(*match.span("count"))].strip()
    unit = words[match.end("count") - match.start() :] if element in THINGS else ""
    yield _found(
        line, element, f"{value}{unit}".strip(), number if exact else None, match.span()
    )


def _found(
    line: Line,
    element: str,
    value: str,
    number: str | None,
    span: tuple[int, int],
    at: datetime | None = None,
) -> Found:
    start, end = span
    words = line.text[start:end]
    place = line.start + start
    return Found(element, value, number, words, place, place + len(words), line.who, at)


def _without_doubles(found: Iterable[Found]) -> list[Found]:
    """What one speaker says twice in the same words counts once."""
    seen: dict[tuple[str, str, str], Found] = {}
    for one in found:
        seen.setdefault((one.element, one.value, one.who), one)
    return sorted(seen.values(), key=lambda one: (one.start, one.element))
