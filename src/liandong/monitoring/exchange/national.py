"""The XML of the national early-warning platform (12379): no CAP, whatever its elements are called.

Three dialects are met: plain ``alert``; ``alert`` with other spellings inside ``code``; and a root
named after the status in the namespace of the platform's maker.
"""

from typing import Any

from liandong.monitoring.exchange import levels
from liandong.monitoring.exchange.alerts import Alert, Area, Info, Reference, Resource
from liandong.monitoring.exchange.cap import Reading, words_of
from liandong.monitoring.exchange.faults import Fault
from liandong.monitoring.exchange.ground import circle_of, ring_of
from liandong.monitoring.exchange.xml_text import name_of, namespace_of

MAKER = "http://com.icss.amp"
STATUSES = {"actual": "Actual", "test": "Test", "exercise": "Exercise", "draft": "Draft"}
NEEDED = ("identifier", "sendTime", "msgType", "info")


def is_national(root: Any) -> bool:
    """Whether this is 12379's shape, by what CAP does not have."""
    if namespace_of(root) == MAKER:
        return True
    if namespace_of(root) or name_of(root) != "alert":
        return False
    return any(root.find(name) is not None for name in ("sendTime", "senderCode"))


def read_national(root: Any) -> tuple[Alert, list[Fault]]:
    """Read the alert. Only what one cannot do without is missed; the rest is taken as it comes."""
    reading = Reading(root, 0)
    said = reading.text
    for name in NEEDED:
        if not reading.all(root, name) or (name != "info" and not said(root, name)):
            reading.tell("missing", where=name_of(root), name=name)
    infos = tuple(_info(reading, root, one) for one in reading.all(root, "info"))
    alert = Alert(
        identifier=said(root, "identifier"),
        sender=said(root, "sender"),
        sent=reading.time(root, "sendTime"),
        status=said(root, "status") or STATUSES.get(name_of(root).lower(), "Actual"),
        kind=said(root, "msgType"),
        scope=said(root, "scope"),
        restriction=said(root, "secClassification"),
        note=said(root, "note"),
        references=tuple(
            Reference(one) for one in said(root, "references").replace(",", " ").split()
        ),
        infos=infos,
        sender_code=said(root, "senderCode"),
        stage=levels.stage_of(
            *(levels.first_sentence(one.description) for one in infos),
            *(one.headline for one in infos),
        ),
    )
    _check(reading, alert)
    return alert, reading.faults


def _info(reading: Reading, root: Any, one: Any) -> Info:
    said = reading.text
    headline, severity, code = (
        said(one, "headline"),
        said(one, "severity"),
        said(one, "eventType"),
    )
    level = levels.level_of(severity, headline)
    if found := levels.disagreeing(severity, headline):
        reading.tell("level-disagrees", one, value=found[0], other=found[1])
        level = levels.highest(found)
    if not level:
        reading.tell("level-missing", one)
    hazard = levels.hazard_of(code, headline)
    return Info(
        language=said(one, "language") or "zh-CN",
        event=levels.named_in(headline) or levels.HAZARDS.get(hazard, code),
        urgency=said(one, "urgency"),
        severity=severity,
        certainty=said(one, "certainty"),
        event_codes=(("eventType", code),) if code else (),
        effective=reading.time(one, "effective"),
        onset=reading.time(one, "onset"),
        expires=reading.time(one, "expires"),
        # Its senderName is the officer who signed: a person's name, and not the body's.
        sender_name=said(root, "sender"),
        headline=headline,
        description=said(one, "description") or _message(reading, root),
        instruction=said(one, "instruction"),
        web=said(one, "web"),
        resources=tuple(
            Resource(
                said(row, "resourceDesc"), size=said(row, "size"), digest=said(row, "digest")
            )
            for row in reading.all(one, "resource")
        ),
        areas=tuple(_area(reading, row) for row in reading.all(one, "area")),
        hazard=hazard,
        level=level,
    )


def _message(reading: Reading, root: Any) -> str:
    """What goes out by the channels, where there is no description."""
    return next(
        (
            message
            for code in reading.all(root, "code")
            for method in reading.all(code, "method")
            if (message := reading.text(method, "message"))
        ),
        "",
    )


def _area(reading: Reading, element: Any) -> Area:
    def tell(code: str, **values: str) -> None:
        reading.tell(code, element, **values)

    rings = [
        ring_of(words_of(one), tell) for one in reading.all(element, "polygon") if words_of(one)
    ]
    rings = [ring for ring in rings if ring]
    circles = [
        circle_of(words_of(one), tell, meters=True)
        for one in reading.all(element, "circle")
        if words_of(one)
    ]
    names = dict.fromkeys(_split(reading.text(element, "areaDesc")))
    codes = dict.fromkeys(_split(reading.text(element, "geocode")))
    return Area(
        description="、".join(names),
        polygons=tuple(rings),
        circles=tuple(one for one in circles if one),
        geocodes=tuple(("division", code) for code in codes),
    )


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.replace("，", ",").split(",") if one.strip()]


def _check(reading: Reading, alert: Alert) -> None:
    if alert.sender_code and not (len(alert.sender_code) == 14 and alert.sender_code.isdigit()):
        reading.tell("sender-code", value=alert.sender_code[:40])
    if alert.kind in {"Update", "Cancel"} and not alert.references:
        reading.tell("references-missing")
    if alert.infos and not any(one.headline or one.description for one in alert.infos):
        reading.tell("words-missing")
