"""Where in a paper one is: how deep a heading stands, of which level it speaks, what comes under it."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from liandong.plans.adapters.reading.numbers import plain
from liandong.plans.language import LevelKey, read_level

Zone = Literal["", "conditions", "deciding", "measures", "ends", "scene", "other"]

LONGEST: Final = 40
CHAPTER: Final = re.compile(r"第[一二三四五六七八九十百]+章|[一二三四五六七八九十]+、")
SECTION: Final = re.compile(r"\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+节")
DECIMAL: Final = re.compile(r"(\d+(?:\.\d+)+|\d+)[、.\s]?(?=[^\d.、])")
ITEM: Final = re.compile(
    r"^(?:\(\d{1,2}\)|\d{1,2}\)|\d{1,2}[.、](?!\d)|[①-⑳]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}(?:是|要)|[a-zA-Z][.、)])"
)
ITEMS_WITHIN: Final = re.compile(r"(?<=[。；;:：])(?=\(\d{1,2}\)|[①-⑳])")
SENTENCE_END: Final = re.compile(r"[。；;，,：:！]$")
LEVEL: Final = re.compile(
    r"(?:(?<![A-Z])(IV|III|II|I)|(?<![第上下同])(Ⅰ|Ⅱ|Ⅲ|Ⅳ|一|二|三|四)|(?<![0-9.])([1-4]))"
    r"级(?!预警|以上|以下|风|水库|公路|医院|党委|政府|人民|地震|保护|重大危险|文物)"
)
GRAVE: Final = {"特别重大": "I", "重大": "II", "较大": "III", "一般": "IV"}
GRAVITY: Final = re.compile(r"(特别重大|重大|较大|一般)(?:级)?(?:应急)?响应")
ZONES: Final[tuple[tuple[Zone, re.Pattern[str]], ...]] = (
    ("ends", re.compile(r"响应终止|终止条件|响应结束|应急结束|响应解除|终止响应|结束响应")),
    ("conditions", re.compile(r"启动条件|启动标准|响应条件|适用条件|启动情形|启动指标")),
    ("deciding", re.compile(r"启动程序|审批|启动权限|决定程序|响应启动|指挥权限")),
    (
        "measures",
        re.compile(
            r"响应措施|应急措施|处置措施|响应行动|应急处置|工作措施|任务分工|响应内容|应急行动|行动措施"
        ),
    ),
    ("scene", re.compile(r"现场指挥|工作组")),
)
OPENS_CONDITIONS: Final = re.compile(
    r"(?:情况|情形|条件|标准)之一|(?:下列|以下|如下)(?:情况|情形|条件).*(?:启动|响应)|启动.{0,8}条件(?:为|是)?[:：]$"
)
OPENS_ENDS: Final = re.compile(r"(?:可以|可|方可)?(?:终止|结束|解除)(?:应急)?响应")


@dataclass(frozen=True)
class Place:
    """Where a heading leads: how deep, at which level, to what."""

    depth: int
    level: LevelKey | None
    zone: Zone


def heading_of(text: str, outline: int) -> Place | None:
    """Read a heading; None where a line is none."""
    said = plain(text)
    if len(said) > LONGEST or SENTENCE_END.search(said):
        return None
    depth = outline or _depth(said)
    if not depth:
        return None
    return Place(depth, level_of(said), zone_of(said))


def level_of(text: str) -> LevelKey | None:
    """The one level a text speaks of; None where it is none or several."""
    found = levels_of(text)
    return found[0] if len(found) == 1 else None


def levels_of(text: str) -> list[LevelKey]:
    """Every level a text speaks of, in order: Ⅰ级、Ⅱ级响应."""
    said = plain(text)
    found = [read_level(one[one.lastindex or 0]) for one in LEVEL.finditer(said)]
    found = found or [read_level(GRAVE[one]) for one in GRAVITY.findall(said)]
    return list(dict.fromkeys(found))


def zone_of(text: str) -> Zone:
    """What comes under a heading."""
    return next((zone for zone, words in ZONES if words.search(text)), "")


def items_in(text: str) -> list[str]:
    """A paragraph parted where （1）, （2） begin within it."""
    return [one for one in ITEMS_WITHIN.split(plain(text)) if one]


def is_item(text: str) -> bool:
    """Whether a line is one of a numbered list."""
    return bool(ITEM.match(plain(text)))


def without_number(text: str) -> str:
    """The line without the number before it."""
    return ITEM.sub("", plain(text)).strip()


def _depth(said: str) -> int:
    """How deep by its number: 一、 1, （一） 2, 5.2.1 3; a numbered line that is long is text."""
    if CHAPTER.match(said):
        return 1
    if SECTION.match(said):
        return 2
    decimal = DECIMAL.match(said)
    if decimal and ("." in decimal[1] or not ITEM.match(said)):
        return decimal[1].count(".") + 1
    short = len(said) <= 20
    return 4 if short and re.match(r"\d+[.、]", said) and zone_of(said) else 0
