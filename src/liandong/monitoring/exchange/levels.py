"""Levels, hazards and stages as they are written in the field, in every spelling met so far."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

COLORS = "蓝黄橙红"
ENGLISH = {"blue": "蓝", "yellow": "黄", "orange": "橙", "red": "红"}
# What Chinese platforms and neighbours call the parameter that holds the color.
COLOR_NAMES = re.compile(r"colou?r|awareness_level|颜色|severity_level", re.IGNORECASE)
GRADES = {
    **dict.fromkeys(("IV", "四", "4", "一般"), "蓝"),
    **dict.fromkeys(("III", "三", "3", "较大", "较重"), "黄"),
    **dict.fromkeys(("II", "二", "2", "重大", "严重"), "橙"),
    **dict.fromkeys(("I", "一", "1", "特别重大", "特别严重", "特重"), "红"),
}
COLOR = re.compile(
    r"([红橙黄蓝紅藍黃])色|^([红橙黄蓝紅藍黃])$|(?<![a-z])(blue|yellow|orange|red)(?![a-z])"
)
TRADITIONAL = {"紅": "红", "藍": "蓝", "黃": "黄"}
GRADE = re.compile(
    r"(?<![A-Z])(IV|III|II|I)级|[\[(/](IV|III|II|I)\s*(?=[/\])])|([一二三四])级|(?<!\d)([1-4])级"
    r"|(?:^|[/\[(])(特别重大|特别严重|较大|较重|重大|严重|一般)(?=$|[\])/])|^(IV|III|II|I|[一二三四]|[1-4])$"
)
# GB/T 35561-2017, as seen in real messages (domain.md); the whole table was not to be had.
HAZARDS: Mapping[str, str] = {
    "11B01": "台风",
    "11B03": "暴雨",
    "11B04": "暴雪",
    "11B05": "寒潮",
    "11B06": "大风",
    "11B07": "沙尘暴",
    "11B09": "高温",
    "11B14": "雷电",
    "11B15": "冰雹",
    "11B16": "霜冻",
    "11B17": "大雾",
    "11B19": "霾",
    "11B20": "雷雨大风",
    "11B21": "道路结冰",
    "11B22": "干旱",
    "11B99": "其他气象灾害",
    "11E02": "风暴潮",
    "11E06": "海浪",
}
# 雷暴大风 has no code of its own in what was seen; the county may correct it.
CODES = {**{name: code for code, name in HAZARDS.items()}, "雷暴大风": "11B20"}
CODE = re.compile(r"1[1-4][A-Z]\d\d")
STAGES = (
    ("lift", re.compile(r"解除|撤销|取消|cancel", re.IGNORECASE)),
    ("lower", re.compile(r"降级|降为|下调")),
    ("raise", re.compile(r"升级|升为|上调")),
    ("continue", re.compile(r"继续|维持|继发布")),
    ("update", re.compile(r"更新|变更|调整")),
    ("issue", re.compile(r"发布")),
)
KINDS = {"lift": "Cancel", "issue": "Alert", "": "Alert"}
SAID = re.compile(
    r"(?:发布|更新|解除|撤销|取消|变更|继续|维持|升级为?|降级为?)+"
    r"(?P<hazard>[一-鿿()]{1,12}?)[红橙黄蓝]色(?:预警|警报)"
)
WHEN = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\d{1,2}时(?:\d{1,2}分)?)?|\d{1,2}时\d{1,2}分"
SENDER = re.compile(
    rf"^(?P<sender>[一-鿿()（）]{{2,30}}?)(?:{WHEN}|$|(?=解除|撤销|取消|降级|升级|继|维持|更新|变更|发布|提醒|将))"
)


def even(text: str) -> str:
    """One spelling for what looks alike: Ⅳ is IV, （ is (, full-width is half-width."""
    return unicodedata.normalize("NFKC", text or "").strip()


def color_of(text: str) -> str:
    """The color a text names, as one of 蓝黄橙红; empty where it names none."""
    found = COLOR.search(even(text).lower())
    if not found:
        return ""
    word = next(one for one in found.groups() if one)
    return ENGLISH.get(word) or TRADITIONAL.get(word, word)


def grade_of(text: str) -> str:
    """The color that a grade in a text stands for: IV级, 四级, [III/较重], 特别重大."""
    found = GRADE.search(even(text).upper())
    if not found:
        return ""
    return GRADES[next(one for one in found.groups() if one)]


def level_of(*texts: str) -> str:
    """The first level that one of the texts gives, by color before by grade."""
    for read in (color_of, grade_of):
        for text in texts:
            if level := read(text):
                return level
    return ""


def disagreeing(*texts: str) -> tuple[str, str] | None:
    """Two levels that are given for one warning."""
    found = dict.fromkeys(
        level for text in texts for level in (color_of(text), grade_of(text)) if level
    )
    first, *others = [*found, ""]
    return (first, others[0]) if len(found) > 1 else None


def highest(levels: Iterable[str]) -> str:
    """The gravest of some levels."""
    return max(levels, key=COLORS.find, default="")


def hazard_of(*texts: str) -> str:
    """The code of a hazard that is given, or named; the longest name wins."""
    for text in texts:
        if found := CODE.search(even(text).upper()):
            return found[0]
    for text in texts:
        named = [name for name in CODES if name in even(text)]
        if named:
            return CODES[max(named, key=len)]
    return ""


def stage_of(*texts: str) -> str:
    """What a title says was done: issue, raise, lower, continue, update, lift; empty if nothing."""
    for text in texts:
        for stage, words in STAGES:
            if words.search(text):
                return stage
    return ""


def first_sentence(text: str) -> str:
    """What comes before the forecast: who did what."""
    return re.split(r"[：:。!！]", text.strip(), maxsplit=1)[0]


def sender_in(title: str) -> str:
    """Who speaks, by a title such as 平乐县气象台26日08时30分发布暴雨黄色预警."""
    found = SENDER.match(even(title))
    return found["sender"] if found else ""


def named_in(title: str) -> str:
    """What the warning is about, in the title's own word: 雷暴大风 of …发布雷暴大风黄色预警."""
    found = SAID.search(even(title))
    return found["hazard"] if found else ""
