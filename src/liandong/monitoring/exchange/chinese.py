"""Warnings of Chinese services in JSON, each with its own names for the same things; and plain text.

One table says which names are met for what; a value is sought under each of them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from liandong.monitoring.exchange import levels
from liandong.monitoring.exchange.alerts import Alert, Area, Info, Pair, Reference, Understood
from liandong.monitoring.exchange.faults import Fault
from liandong.monitoring.exchange.times import time_of

MOST = 2000
DEEPEST = 40
SENDER_CODE = 14
HALF = re.compile("[\x00\ud800-\udfff]")
# Where services put what they tell: the first of a name that is there holds.
NAMES: Mapping[str, tuple[str, ...]] = {
    "identifier": ("w16", "identifier", "alertId", "alertid", "alarmId", "id", "w10"),
    "title": ("title", "headline", "w13", "alarmTitle"),
    "text": ("text", "content", "issueContent", "issuecontent", "detail", "w9", "description", "with_typo"),
    "level": ("signallevel", "signalLevel", "level_name", "alarmTp2", "sortName", "w7", "color.code", "level"),
    "grade": ("severity",),
    "hazard": (
        "signaltype", "signalType", "typeName", "type_name", "alarmTp1", "className", "w5",
        "eventType.name", "event", "type",
    ),
    "code": ("eventType", "type"),
    "sent": (
        "sent", "sendTime", "issuedTime", "issuetime", "issueTime", "pubTime", "pubtimestamp",
        "publish_time", "update_time", "w8", "time", "effective", "effectiveTime", "date",
    ),
    "effective": ("effectiveTime", "effective"),
    "onset": ("onset", "onsetTime", "startTime"),
    "expires": ("expires", "expireTime", "endTime", "w15"),
    "sender": ("sender", "senderName"),
    "kind": ("msgType", "messageType.code", "w14"),
    "instruction": ("instruction", "guidance", "defense"),
    "status": ("status",),
    "code_of_place": ("adcode", "area_code", "areaCode"),
}  # fmt: skip
REFERENCES = ("relatedAlertIds", "messageType.supersedes", "references")
PLACES = (("province", "city", "county", "district"), ("w1", "w2", "w3"))
NOWHERE = {"", "无", "null", "None"}
KINDS = {"alert": "Alert", "update": "Update", "cancel": "Cancel"}
STATUSES = {"test": "Test", "exercise": "Exercise", "draft": "Draft"}
TELLING = {"title", "text", "level", "hazard"}


def read_json(text: str) -> Understood:
    """Read one object, a list of them, lines of them, or what wraps any of these."""
    try:
        found = _parse(text)
    except json.JSONDecodeError as error:
        return Understood("json", problems=(Fault("json", error.lineno),))
    except (RecursionError, ValueError):
        return Understood("json", problems=(Fault("too-deep"),))
    alerts: list[Alert] = []
    faults: list[Fault] = []
    for said in _warnings(found):
        if len(alerts) == MOST:
            faults.append(Fault("too-many", values={"most": str(MOST)}))
            break
        alert, wrong = _alert(said, len(alerts))
        alerts.append(alert)
        faults += wrong
    if not alerts:
        faults.append(Fault("not-a-warning", values={"root": type(found).__name__}))
    return Understood("json", tuple(alerts), (), tuple(faults))


def read_text(text: str) -> Understood:
    """Read a sentence as it comes by short message or in a group chat."""
    said = " ".join(text.split())
    alert, faults = _alert({"text": said}, 0)
    return Understood("text", (alert,), (), (*faults, Fault("read-from-text", alert=0)))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[1].lstrip().startswith(("{", "[")):
            raise
        return [json.loads(line) for line in lines]


def _warnings(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects that tell of a warning, outermost first."""
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        told = _flat(value)
        if _tells(told):
            yield told
            return
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _warnings(one, depth + 1)


def _tells(told: Mapping[str, Any]) -> bool:
    """Whether an object is a warning, and not only what wraps some."""
    if _first(told, "text") or "预警" in _first(told, "title"):
        return True
    return sum(bool(_first(told, what)) for what in TELLING) > 1


def _flat(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object with the parts that some shapes put one level lower."""
    if value.get("type") == "Feature":  # GeoJSON, whose own type is no hazard
        value = {name: one for name, one in value.items() if name not in {"type", "geometry"}}
    told: dict[str, Any] = {}
    for outer in ("properties", "info", "data"):
        inner = value.get(outer)
        inner = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(inner, Mapping):
            told |= _flat(inner) if outer == "properties" else inner
    return {**told, **value}


def _value(said: Mapping[str, Any], name: str) -> Any:
    outer, _, inner = name.partition(".")
    value = said.get(outer)
    if inner:
        return value.get(inner) if isinstance(value, Mapping) else None
    return value


def _first(said: Mapping[str, Any], what: str) -> str:
    for name in NAMES[what]:
        value = _value(said, name)
        if isinstance(value, str | int | float) and _held(value):
            return _held(value)
    return ""


def _held(value: object) -> str:
    """A value as text without what no database holds: JSON can escape NUL and half characters."""
    return HALF.sub("", str(value)).strip()


def _alert(said: Mapping[str, Any], number: int) -> tuple[Alert, list[Fault]]:
    faults: list[Fault] = []

    def tell(code: str, **values: str) -> None:
        faults.append(Fault(code, values=values, alert=number))

    given = {what: _first(said, what) for what in NAMES}
    opening = levels.first_sentence(given["text"])
    title = given["title"] or opening
    stage = levels.stage_of(title) if given["title"] else levels.stage_of(opening)
    stage = levels.stage_of(opening) if stage in {"", "issue"} and opening else stage
    kind = KINDS.get(given["kind"].lower()) or levels.KINDS.get(stage, "Update")
    identifier = given["identifier"].removeprefix("ALERT_CN_")
    info = _info(said, given, title, tell)
    if not identifier:
        tell("identifier-missing")
    if not title:
        tell("words-missing")
    code = identifier.partition("_")[0]
    return (
        Alert(
            identifier=identifier,
            sender=info.sender_name,
            sent=_time(given["sent"], "sent", tell),
            status=STATUSES.get(given["status"].lower(), "Actual"),
            kind=kind,
            scope="Public",
            references=tuple(Reference(one) for one in _references(said)),
            infos=(info,),
            sender_code=code if code.isdigit() and len(code) == SENDER_CODE else "",
            stage=stage,
        ),
        faults,
    )


def _info(said: Mapping[str, Any], given: Mapping[str, str], title: str, tell: Any) -> Info:
    opening = levels.first_sentence(given["text"])
    level = levels.level_of(given["level"], title, given["grade"], opening, given["text"])
    if found := levels.disagreeing(given["level"], given["title"]):
        tell("level-disagrees", value=found[0], other=found[1])
        level = levels.highest(found)
    if not level:
        tell("level-missing")
    code = levels.hazard_of(given["code"]) if levels.CODE.fullmatch(given["code"]) else ""
    word = levels.named_in(title) or levels.named_in(opening) or levels.named_in(given["text"])
    named = given["hazard"] if not levels.CODE.fullmatch(given["hazard"].upper()) else ""
    hazard = code or levels.hazard_of(named, word, title, opening)
    return Info(
        language=_held(said.get("language") or "zh-CN"),
        categories=("Met",) if hazard.startswith("11B") else (),
        event=named
        if named and not named.isdigit()
        else word or levels.HAZARDS.get(hazard, ""),
        severity=given["grade"],
        event_codes=(("eventType", code),) if code else (),
        effective=_time(given["effective"], "effective", tell),
        onset=_time(given["onset"], "onset", tell),
        expires=_time(given["expires"], "expires", tell),
        sender_name=_sender(given["sender"], title, opening),
        headline=title,
        description=given["text"],
        instruction=given["instruction"],
        areas=_areas(said, given),
        hazard=hazard,
        level=level,
    )


def _sender(given: str, title: str, opening: str) -> str:
    """Who speaks; what a field calls the sender may be a clerk's account."""
    found = levels.sender_in(title) or levels.sender_in(opening)
    return given if given and (not given.isascii() or not found) else found


def _references(said: Mapping[str, Any]) -> list[str]:
    for name in REFERENCES:
        value = _value(said, name)
        if isinstance(value, list):
            return [_held(one) for one in value if isinstance(one, str | int)]
        if isinstance(value, str) and value.strip():
            return _held(value).replace(",", " ").split()
    return []


def _areas(said: Mapping[str, Any], given: Mapping[str, str]) -> tuple[Area, ...]:
    area = said.get("area")
    if isinstance(area, Mapping):
        code = area.get("geocode")
        value = _held(code.get("value") or "") if isinstance(code, Mapping) else ""
        return (Area(_held(area.get("areaDesc") or ""), geocodes=_codes(value)),)
    for names in PLACES:
        parts = [_held(said.get(name) or "") for name in names]
        words = "".join(dict.fromkeys(part for part in parts if part not in NOWHERE))
        if words:
            return (Area(words, geocodes=_codes(given["code_of_place"])),)
    return (Area(geocodes=_codes(given["code_of_place"])),) if given["code_of_place"] else ()


def _codes(code: str) -> tuple[Pair, ...]:
    return (("division", code),) if code.isdigit() else ()


def _time(said: str, name: str, tell: Any) -> datetime | None:
    at = time_of(said)
    if said and at is None:
        tell("time", name=name, value=said[:40])
    return at
