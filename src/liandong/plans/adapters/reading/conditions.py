"""Conditions as papers write them, into conditions of the plan language; whatever is left over refuses the whole clause."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from pydantic import TypeAdapter

from liandong.plans.adapters.reading.facts import (
    LASTING,
    converted,
    facts_called,
    flag_patterns,
    flags_called,
    grade_patterns,
)
from liandong.plans.adapters.reading.numbers import (
    LENGTH,
    NUMBER,
    plain,
    read_length,
    read_number,
)
from liandong.plans.language import Condition, Fact, dictionary, sentence, write_duration
from liandong.plans.language.conditions import TAKEN_LABELS

Data = dict[str, Any]
CONDITION: Final[TypeAdapter[Condition]] = TypeAdapter(Condition)
DEEPEST: Final = 6
LONGEST: Final = 400
UNIT: Final = (
    r"(?:人|名|公顷|平方公里|亩|间|户|例|站|个|处|条|起|级|年|分钟|小时|天|日|米|元|%|部)"
)
WORDS: Final = {
    "不超过": "at_most",
    "不少于": "at_least",
    "不低于": "at_least",
    "超过": "above",
    "大于": "above",
    "高于": "above",
    "达到": "at_least",
    "达": "at_least",
    "不足": "below",
    "小于": "below",
    "低于": "below",
    "少于": "below",
    "为": "equals",
    "以上": "at_least",
    "及以上": "at_least",
    "(含)以上": "at_least",
    "以下": "below",
    "及以下": "at_most",
    "(含)以下": "at_most",
    "以内": "at_most",
}
BEFORE: Final = "不超过|不少于|不低于|超过|大于|高于|达到|达|不足|小于|低于|少于|为"
BEHIND: Final = r"\(含\)以上|\(含\)以下|及以上|及以下|以上|以下|以内"
PIECE: Final = (
    rf"(?P<before>{BEFORE})?(?P<number>{NUMBER})(?P<unit>{UNIT})?(?P<behind>{BEHIND})?"
)
PIECES: Final = re.compile(PIECE)
BETWEEN: Final = re.compile(
    rf"(?P<low>{NUMBER})(?P<first>{UNIT})?(?:以上)?(?:-|~|至|到)(?P<high>{NUMBER})(?P<unit>{UNIT})?(?:以下|之间)?"
)
DASHED: Final = re.compile(rf"{NUMBER}{UNIT}?[-~至到]{NUMBER}{UNIT}?(?!以下)")
_BARE: Final = re.sub(r"\?P<\w+>", "?:", PIECE)
SPAN: Final = re.compile(
    rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', BETWEEN.pattern)})|(?:{_BARE})(?:[、,，]?(?:{_BARE}))*"
)
FILLING: Final = re.compile(
    r"^(?:造成|导致|因灾|发生|出现|有|全县|本县|我县|县域内|县域(?=电网主干)|县级行政区域内|本行政区域内|行政区域内|一次灾害过程中?|一次性|人数|的|[、,，:;；。])+"
    r"|(?:人数|人员|人口|的|时|[、,，:;；。])+$"
)
TAIL: Final = re.compile(r"(?:的(?:情形|情况|,|$)|[;；。,，]+$)")
UNREAD: Final = "(原文未录)"
TAKEN: Final = {label: taken for taken, label in TAKEN_LABELS.items()}
WINDOW: Final = re.compile(rf"(?P<length>.+?)内(?P<taken>{'|'.join(TAKEN)})(?P<rest>.+)")
OF_PLAN: Final = re.compile(r"“(?P<plan>[a-z0-9-]+)”预案(?P<rest>.+)")
AREAS: Final = re.compile(rf"(?P<number>{NUMBER})个以上(?:的)?(?:乡镇|乡\(镇\))(?P<rest>.+)")
QUAKE: Final = re.compile(r"(?P<quake>.{2,16}地震)(?:造成|导致|致使?)(?P<rest>.+)")
COUNT: Final = re.compile(r"下列(?P<number>\d+)项以上成立:(?P<rest>.+)")
AND: Final = re.compile(r"[,，]?(?:并且|而且|且)")
OR: Final = re.compile(r"[,，;；]?(?:或者|或)")


def read_condition(text: str, *, unit: str = "") -> Data | None:
    """Read one clause; None where not every word of it was understood.

    ``unit`` is what a bare number measures, where a table says so in its head.
    """
    said = plain(text)
    if not said or len(said) > LONGEST:
        return None
    return _read(TAIL.sub("", said), unit, 0)


def said_again(found: Data) -> str:
    """Say a condition that was read as pages will say it, so that who confirms sees how it was understood."""
    return sentence(CONDITION.validate_python(found), dictionary())


def range_doubt(text: str) -> str:
    """What to say of a range like 10-29, which papers mean with and without its upper number."""
    found = DASHED.search(plain(text))
    return f"（“{found[0]}”按含前数、不含后数读，请核对）" if found else ""


def read_range(text: str, fact: Fact, unit: str = "") -> Data | None:
    """Read what a number is held against; None where there is anything else in it."""
    between = BETWEEN.fullmatch(text)
    if between:
        measured = between["unit"] or between["first"] or unit
        bounds = [("at_least", between["low"], measured), ("below", between["high"], measured)]
        return _bounds(bounds, fact)
    parts = re.sub(r"(?<=[上下内人])[、,，]", "", text)
    found = []
    at = 0
    for piece in PIECES.finditer(parts):
        word = _word(piece, fact)
        if piece.start() != at or word is None:
            return None
        found.append((word, piece["number"], piece["unit"] or unit))
        at = piece.end()
        if parts[at : at + 1] in {"、", ",", "，"}:
            at += 1
    if at != len(parts) or not found:
        return None
    measured = next((one for _word, _number, one in reversed(found) if one), "")
    return _bounds([(word, number, one or measured) for word, number, one in found], fact)


def _read(text: str, unit: str, depth: int) -> Data | None:
    if depth > DEEPEST or not text:
        return None
    if text.startswith(UNREAD):
        return {"not_recorded": text.removeprefix(UNREAD) or "未录", "status": "not_recorded"}
    if _is_wrapped(text):
        return _read(text[1:-1], unit, depth + 1)
    for way in (_joined, _leaf, _placed, _loosely_joined):
        found = way(text, unit, depth)
        if found is not None:
            return found
    return None


def _joined(text: str, unit: str, depth: int) -> Data | None:
    """Parts put together as we write them ourselves."""
    for mark, word in (("；或", "any"), ("，且", "all")):
        parts = _split(text, re.compile(mark))
        if len(parts) > 1:
            return _all_read(parts, word, unit, depth)
    return None


def _loosely_joined(text: str, unit: str, depth: int) -> Data | None:
    """Parts put together as papers do; where both 且 and 或 stand, nobody can tell."""
    with_and, with_or = _split(text, AND), _split(text, OR)
    if len(with_and) > 1 and len(with_or) > 1:
        return None
    parts, word = (with_and, "all") if len(with_and) > 1 else (with_or, "any")
    return _all_read(parts, word, unit, depth) if len(parts) > 1 else None


def _all_read(parts: list[str], word: str, unit: str, depth: int) -> Data | None:
    found = [_read(part, unit, depth + 1) for part in parts]
    return None if None in found else {word: found}


def _placed(text: str, unit: str, depth: int) -> Data | None:
    """What holds in several townships, several of a list, or what an earthquake brought about."""
    areas, count, quake = (one.fullmatch(text) for one in (AREAS, COUNT, QUAKE))
    if quake:
        return _all_read([quake["quake"], quake["rest"]], "all", unit, depth)
    if areas:
        where, number = _read(areas["rest"], unit, depth + 1), read_number(areas["number"])
        if where and number:
            return {"areas_at_least": int(number), "where": where}
    if count:
        of = [_read(part, unit, depth + 1) for part in _split(count["rest"], re.compile("、"))]
        if None not in of and int(count["number"]) <= len(of):
            return {"at_least_n": int(count["number"]), "of": of}
    return None


def _leaf(text: str, unit: str, depth: int) -> Data | None:
    of_plan, window = OF_PLAN.fullmatch(text), WINDOW.fullmatch(text)
    if of_plan:
        inner = _leaf(of_plan["rest"], unit, depth)
        return {**inner, "of_plan": of_plan["plan"]} if inner else None
    if window:
        match = LENGTH.fullmatch(window["length"])
        length = read_length(match) if match else None
        inner = _leaf(window["rest"], unit, depth) if length else None
        if inner and length:
            taken = {"within": write_duration(length), "taken": TAKEN[window["taken"]]}
            return {**inner, **taken}
    return _flag(text) or _grade(text) or _compared(text, unit)


def _flag(text: str) -> Data | None:
    bare = FILLING.sub("", text)
    for said in (text, bare):
        known = flags_called().get(said)
        if known:
            return {known[0]: known[1]}
    for name, words, value in flag_patterns():
        if words.fullmatch(bare):
            return {name: value}
    return None


def _grade(text: str) -> Data | None:
    for name, words, how in grade_patterns():
        found = words.fullmatch(text)
        if found:
            fact = next(one for some in facts_called() for one in some[1] if one.name == name)
            return {name: {how: _option(found["is"], fact)}}
    return None


def _compared(text: str, unit: str) -> Data | None:
    for called, facts in facts_called():
        at = text.find(called)
        if at < 0:
            continue
        rest = FILLING.sub("", text[:at]) + FILLING.sub("", text[at + len(called) :])
        found = _of_facts(rest, facts, unit)
        if found:
            return found
    span = max(SPAN.finditer(text), key=lambda one: len(one[0]), default=None)
    if span is None:
        return None
    around = FILLING.sub("", text[: span.start()]) + FILLING.sub("", text[span.end() :])
    facts = dict(facts_called()).get(around, ())
    return _of_facts(span[0], facts, unit)


def _of_facts(rest: str, facts: tuple[Fact, ...], unit: str) -> Data | None:
    for fact in facts:
        found = read_range(rest, fact, unit) if fact.is_numeric else _options(rest, fact)
        if found:
            return {fact.name: found}
    return None


def _options(rest: str, fact: Fact) -> Data | None:
    """``为重大或特别重大``, ``达到较大险情以上``, ``Ⅲ级以下``."""
    if rest.startswith("为"):
        chosen = [_option(one, fact) for one in re.split("或|、", rest[1:])]
        if None in chosen:
            return None
        return {"equals": chosen[0]} if len(chosen) == 1 else {"one_of": chosen}
    found: Data = {}
    for part in rest.removeprefix("达到").split("、"):
        limit = re.fullmatch(r"(不超过|超过)?(.+?)(以上|以下)?", part)
        word = WORDS.get(limit[1] or limit[3] or "") if limit else None
        option = _option(limit[2], fact) if limit else None
        if word is None or option is None:
            return None
        found[word] = option
    return found


def _option(text: str, fact: Fact) -> str | None:
    return next(
        (key for key, label in fact.options.items() if text in {key, plain(label)}), None
    )


def _word(piece: re.Match[str], fact: Fact) -> str | None:
    """How a number is meant to bound; said twice or not at all it is not understood."""
    before, behind = piece["before"], piece["behind"]
    if before in {"达到", "达"}:
        before = None if behind else before
    if before and behind:
        return None
    if before or behind:
        return WORDS[before or behind]
    return "at_least" if fact.name in LASTING else None


def _bounds(said: list[tuple[str, str, str]], fact: Fact) -> Data | None:
    found: Data = {}
    for word, text, unit in said:
        number = read_number(text)
        value = converted(number, unit, fact) if number is not None else None
        if value is None or word in found:
            return None
        found[word] = _value(value, fact)
    low = found.get("at_least", found.get("above"))
    high = found.get("below", found.get("at_most"))
    is_empty = low is not None and high is not None and low > high
    return None if is_empty or None in found.values() else found


def _value(number: Decimal, fact: Fact) -> int | Decimal | None:
    whole = number == number.to_integral_value()
    if fact.type == "integer" and not whole:
        return None
    low, high = fact.lowest, fact.highest
    if (low is not None and number < low) or (high is not None and number > high):
        return None
    return int(number) if whole else number.normalize()


def _is_wrapped(text: str) -> bool:
    if not (text.startswith("(") and text.endswith(")")):
        return False
    return all(depth > 0 for depth, _sign in list(_depths(text))[:-1])


def _depths(text: str) -> Iterator[tuple[int, str]]:
    depth = 0
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        yield depth, sign


def _split(text: str, mark: re.Pattern[str]) -> list[str]:
    """Part a text at a mark, but not inside brackets."""
    depths = [depth for depth, _sign in _depths(text)]
    parts, start = [], 0
    for found in mark.finditer(text):
        if depths[found.start()] == 0 and found.start() > start:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]
