"""One measure out of one sentence: who, what, by when. The sentence itself stays."""

import re
from datetime import timedelta
from typing import Any, Final

from liandong.plans.adapters.reading.conditions import read_condition
from liandong.plans.adapters.reading.directory import Directory, Mention
from liandong.plans.adapters.reading.numbers import lengths_in, plain, same
from liandong.plans.adapters.wording import DEEDS, PROOFS
from liandong.plans.language import NEED, need_read, write_duration

Data = dict[str, Any]
LONGEST: Final = 1900
WITHIN: Final = re.compile(r"^(?:之内|以内|内)")
READ_BACK: Final = re.compile(r"^(?:之内|以内|内)(?:复诵|签收|接令|确认|回复)")
EVERY: Final = re.compile(r"每(?:隔)?\s?$")
DAILY: Final = re.compile(r"每(?:日|天)(?:不少于)?(?:报告|报送|上报|续报|一次)")
HOURLY: Final = re.compile(r"每小时(?!内)")
LEADS: Final = re.compile(r"^(?:牵头|负责|会同|组织|协调|指挥|派出|立即|:|，|,|要|应)")
ASKS: Final = re.compile(
    r"(?:请求|申请|商请|提请)[^，。]{0,20}(?:支援|增援|援助|支持|协助|参加)"
)
RELEASES: Final = re.compile(r"新闻发布|发布(?:权威)?信息|信息发布|发布会|统一发布")
REPORTS: Final = re.compile(r"续报|每[^，。]{0,8}(?:报告|报送|上报)|零报告|形成.{0,4}报告")
CONSULTS: Final = re.compile(r"(?:主持|组织|召开|参加)?[^，。]{0,6}会商")
CALLS: Final = re.compile(r"^(?:立即)?(?:电话)?叫应")
SIGNS: Final = {mark: deed for deed, mark in DEEDS.items()}
BEHIND: Final = re.compile(
    r"\((?P<what>仅当|等到|启动预案:|需|与|不能执行时改由|不能执行时由)(?P<rest>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
SAME: Final = re.compile(r"(?P<key>[a-z0-9-]+/[a-z0-9-]+)\s*为同一措施")
PROVES: Final = {label: proof for proof, label in PROOFS.items()}


def read_measure(text: str, directory: Directory) -> Data:
    """Read one measure; what is not said in it is not there. ``to`` is missing where nobody is named."""
    raw = text.strip().rstrip("。；;")
    deed, raw = _deed_said(raw)
    raw, behind = _apart(raw, directory)
    said = same(raw)
    step: Data = {"do": deed or _deed(said)}
    unit = _leading(said, directory.mentions(said))
    if unit:
        step["to"] = unit.key
    step["text"] = _words(raw, unit)[:LONGEST]
    return step | behind | _times(said)


def read_times(text: str, field: str) -> Data:
    """Read a cell of deadlines: ``5分钟内``, ``每2小时一次``, ``40分钟``."""
    said = plain(text)
    found: Data = {}
    for length, start, end in lengths_in(said):
        if EVERY.search(said[:start]):
            found.setdefault("every", write_duration(length))
        elif WITHIN.match(said[end:]) or (start == 0 and end == len(said)):
            found.setdefault(field, write_duration(length))
    return found


def read_proof(text: str) -> list[str]:
    """Read a cell of proofs."""
    named = re.split(r"[、,，/\s]+", plain(text))
    return list(dict.fromkeys(PROVES[one] for one in named if one in PROVES))


def _deed_said(text: str) -> tuple[str | None, str]:
    for mark, deed in SIGNS.items():
        if text.startswith(mark):
            return deed, text.removeprefix(mark)
    return None, text


def _deed(text: str) -> str:
    for deed, words in (
        ("report", REPORTS),
        ("request", ASKS),
        ("release", RELEASES),
        ("call_out", CALLS),
        ("consult", CONSULTS),
    ):
        if words.search(text):
            return deed
    return "order"


def _leading(text: str, mentions: list[Mention]) -> Mention | None:
    """Who leads: whoever 牵头 stands behind, else who stands first of all, or before a verb."""
    led = [one for one in mentions if text[one.end :].startswith("牵头")]
    first = [one for one in mentions if one.start == 0 or text[: one.start] in {"由", "请"}]
    doing = [one for one in mentions if LEADS.match(text[one.end :])]
    return next(iter([*led, *first, *doing]), None)


def _words(text: str, unit: Mention | None) -> str:
    """What is to be done: without 县公安局： before it, else the sentence as it stands."""
    if unit and unit.start == 0 and text[unit.end : unit.end + 1] in {":", "："}:
        return text[unit.end + 1 :].strip() or text
    return text


def _apart(text: str, directory: Directory) -> tuple[str, Data]:
    """Take what hangs on a measure out of the brackets behind it; what is not understood stays."""
    found: Data = {}
    kept, start = "", 0
    for match in BEHIND.finditer(same(text)):
        more = _behind(match["what"], match["rest"].strip(), directory)
        found |= more
        kept += text[start : match.start() if more else match.end()]
        start = match.end()
    return kept + text[start:], found


def _behind(what: str, rest: str, directory: Directory) -> Data:
    if what in {"仅当", "等到"}:
        condition = read_condition(rest)
        return {"when" if what == "仅当" else "waits_for": condition} if condition else {}
    if what == "启动预案:":
        return {"plan": rest.strip()}
    if what == "需":
        needs = [need_read(one) for one in NEED.finditer(rest)]
        return {"needs": needs} if needs else {}
    if what == "与":
        same = SAME.fullmatch(rest)
        return {"same_as": same["key"]} if same else {}
    return _otherwise(what, rest, directory)


def _otherwise(what: str, rest: str, directory: Directory) -> Data:
    if what == "不能执行时改由":
        keys = [directory.key_of(one) for one in rest.split("、")]
        return {} if None in keys else {"otherwise": keys}
    who, _colon, text = rest.partition(":")
    key = directory.key_of(who)
    return {"otherwise": {"to": key, "text": text}} if key and text else {}


def _times(text: str) -> Data:
    found: dict[str, timedelta] = {}
    for length, start, end in lengths_in(text):
        if EVERY.search(text[:start]):
            found.setdefault("every", length)
        elif READ_BACK.match(text[end:]):
            found.setdefault("acknowledge_within", length)
        elif WITHIN.match(text[end:]):
            found.setdefault("finish_within", length)
    if HOURLY.search(text):
        found.setdefault("every", timedelta(hours=1))
    if DAILY.search(text):
        found.setdefault("every", timedelta(days=1))
    return {field: write_duration(length) for field, length in found.items()}
