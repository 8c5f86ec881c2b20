"""The head of a plan: its name, kind, hazard, headquarters, number and days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from liandong.documents import Paragraph, Row
from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.draft import Draft, Origin
from liandong.plans.adapters.reading.numbers import plain
from liandong.plans.adapters.wording import KINDS


@dataclass(frozen=True)
class Usual:
    """A plan as counties usually have it: by what its title is known, its key, hazard, headquarters."""

    words: re.Pattern[str]
    key: str
    hazard: str
    headquarters: str


USUAL: Final = tuple(
    Usual(re.compile(words), key, hazard, f"{headquarters}-hq")
    for words, key, hazard, headquarters in (
        ("总体", "overall", "1", "general"),
        ("救助|救灾|减灾", "disaster-relief", "11", "relief"),
        ("森林|草原", "forest-fire", "11G", "forest-fire"),
        ("防汛|抗旱|防洪|水旱|山洪", "flood-drought", "11A", "flood"),
        ("雨雪|冰冻|暴雪|低温", "freezing", "11B04", "weather"),
        ("气象|台风", "weather", "11B", "weather"),
        ("地震|抗震", "earthquake", "11C", "earthquake"),
        ("地质", "geological", "11D", "geohazard"),
        ("危险化学品|危化", "hazardous-chemicals", "12A", "work-safety"),
        ("矿山|煤矿", "mine", "12A", "mine"),
        ("道路交通|道路运输", "traffic", "12C", "traffic"),
        ("停电", "power-outage", "12D", "power-telecom"),
        ("特种设备|电梯", "equipment", "12D", "equipment"),
        ("旅游|校园", "tourism-campus", "12D", "tourism-campus"),
        ("环境|污染", "environment", "12F", "environment"),
        ("动物疫|畜禽", "animal-disease", "13D", "animal-disease"),
        ("食品|药品", "food-drug", "13C", "food-drug"),
        ("公共卫生|疫情|传染病", "public-health", "13", "public-health"),
        ("预警期|预警措施|预警响应", "warning-measures", "1", "general"),
        ("建筑|燃气|城镇", "urban", "12D", "urban"),
        ("生产安全|安全生产", "work-safety", "12A", "work-safety"),
        ("火灾", "fire", "12B", "fire"),
        ("社会安全|群体性|恐怖", "social-security", "14A", "social-security"),
    )
)
UNKNOWN: Final = Usual(re.compile(""), "imported-plan", "1", "general-hq")
TITLE: Final = re.compile(r"^(?P<title>.{2,60}?(?:应急预案|预案|预警期措施))(?:\(.{1,12}\))?$")
ISSUING: Final = re.compile(r"关于(?:印发|发布|修订)《?(?P<title>.{2,60}?预案)》?的?通知")
NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[【(]\s?\d{4}\s?[〕\]】)]\s?\d{1,4}\s?号")
DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?P<what>印发|施行|起施行|实施)?")
REPLACED: Final = re.compile(r"废止|替代|代替")
CODE: Final = re.compile(r"分类编码为([^。，]{1,20})")
KIND: Final = re.compile(rf"本预案为({'|'.join(map(re.escape, KINDS.values()))})")
COMMAND: Final = re.compile(r"指挥机构为(.+?)[。，]?$")
CLOSED: Final = re.compile(
    r"“?以上”?[^。]{0,10}“?以下”?[^。不]{0,8}(?:均|都|包)?含(?:本数|本级)?"
)
HALF_OPEN: Final = re.compile(
    r"以上[^。]{0,8}(?:包)?含本数[^。]{0,10}以下[^。]{0,8}不(?:包)?含"
)
SEARCHED: Final = 25
Piece = Paragraph | Row


def read_head(draft: Draft, pieces: list[Piece], directory: Directory, name: str) -> None:
    """Find out what plan this is; of what is not said the usual is supposed, and said to be so."""
    at, title = _title(pieces, name)
    usual = next((one for one in USUAL if one.words.search(title)), UNKNOWN)
    supposed = "，由名称推断" if usual is not UNKNOWN else "，没有认出是哪类预案，请指定"
    code = _search(CODE, pieces)
    hazard = code[0] if code else usual.hazard
    kind, kind_at, sure = _kind(title, pieces, at)
    said = _search(COMMAND, pieces)
    known = directory.key_of(said[0]) if said else None
    headquarters, where = (known, said[1]) if known and said else (usual.headquarters, at)
    guessed = "" if known else supposed
    for field, value, piece, reading in (
        ("plan", usual.key, at, f"代号：{usual.key}{supposed}"),
        ("title", title, at, f"名称：{title}"),
        ("kind", kind, kind_at, f"类别：{KINDS[kind]}{sure}"),
        (
            "hazard",
            hazard,
            code[1] if code else at,
            f"灾种：{hazard}{'' if code else supposed}",
        ),
        (
            "headquarters",
            headquarters,
            where,
            f"指挥部：{directory.label(headquarters)}{guessed}",
        ),
    ):
        draft.head[field] = (value, _origin(piece, reading))
    _read_bounds(draft, pieces, at)
    _read_document(draft, pieces)


def _title(pieces: list[Piece], name: str) -> tuple[Piece, str]:
    for piece in pieces[:SEARCHED]:
        said = plain(piece.text)
        found = ISSUING.search(said) or TITLE.match(said)
        if found:
            return piece, found["title"].strip("《》")
    return pieces[0], name.rsplit(".", 1)[0][:200] or "未命名的预案"


def _kind(title: str, pieces: list[Piece], at: Piece) -> tuple[str, Piece, str]:
    said = _search(KIND, pieces)
    if said:
        return next(key for key, label in KINDS.items() if label == said[0]), said[1], ""
    guessed = "，由名称推断"
    for kind, words in (
        ("overall", "总体"),
        ("warning", "预警期"),
        ("village", "村|社区"),
        ("township", "乡|镇(?!燃气|公用)|街道"),
    ):
        if re.search(words, title.partition("县")[2] or title):
            return kind, at, guessed
    return "special", at, guessed


def _read_bounds(draft: Draft, pieces: list[Piece], at: Piece) -> None:
    for piece in pieces:
        said = piece.text.replace("“", "").replace("”", "")
        if HALF_OPEN.search(said):
            draft.head["bounds"] = (
                "half_open",
                _origin(piece, "“以上”含本数，“以下”不含本数"),
            )
            return
        if CLOSED.search(said):
            draft.head["bounds"] = ("closed", _origin(piece, "“以上”“以下”均含本数"))
            return
    reading = "没有写“以上、以下”是否含本数，按通行口径：“以上”含、“以下”不含"
    draft.head["bounds"] = ("half_open", _origin(at, reading))


def _read_document(draft: Draft, pieces: list[Piece]) -> None:
    for piece in [*pieces[:SEARCHED], *pieces[-SEARCHED:]]:
        said = plain(piece.text)
        number = NUMBER.search(said)
        is_short = len(said) <= len(number[0]) + 4 if number else False
        if number and REPLACED.search(said) and "replaces" not in draft.document:
            origin = _origin(piece, f"所替代的文号：{number[0]}")
            draft.document["replaces"] = (number[0], origin)
        elif number and is_short and "number" not in draft.document:
            draft.document["number"] = (number[0], _origin(piece, f"文号：{number[0]}"))
        for found in DAY.finditer(said):
            _read_day(draft, piece, found, alone=len(said) <= len(found[0]) + 2)


def _read_day(draft: Draft, piece: Piece, found: re.Match[str], *, alone: bool) -> None:
    what = found["what"] or ""
    field = "in_force" if what.endswith(("施行", "实施")) else "issued"
    if field in draft.document or not (what or alone):
        return
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return
    label = "施行日期" if field == "in_force" else "印发日期"
    draft.document[field] = (day.isoformat(), _origin(piece, f"{label}：{day.isoformat()}"))


def _search(words: re.Pattern[str], pieces: Iterable[Piece]) -> tuple[str, Piece] | None:
    for piece in pieces:
        found = words.search(plain(piece.text))
        if found:
            return found[1], piece
    return None


def _origin(piece: Piece, reading: str) -> Origin:
    return Origin(paragraph=piece.number, quote=piece.text, reading=reading)
