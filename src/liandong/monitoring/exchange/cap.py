"""Alerts in CAP 1.0, 1.1 and 1.2."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from liandong.monitoring.exchange import levels, schema
from liandong.monitoring.exchange.alerts import Alert, Area, Info, Pair, Reference, Resource
from liandong.monitoring.exchange.faults import Fault
from liandong.monitoring.exchange.ground import circle_of, ring_of
from liandong.monitoring.exchange.times import time_of
from liandong.monitoring.exchange.xml_text import namespace_of, path_of

NOT_IN_NAMES = set(" \t\r\n,<&")
LATER = {"Update", "Cancel", "Ack", "Error"}


class Reading:
    """One alert element as it is read: its children by name, and what is wrong with them."""

    def __init__(self, element: Any, number: int | None) -> None:
        self.element, self.number = element, number
        self.namespace = namespace_of(element)
        self.faults: list[Fault] = []
        self._space = f"{{{self.namespace}}}" if self.namespace else ""
        # Children by name, sorted out once for each parent: asking lxml for each is most of the time.
        self._parts: dict[Any, dict[str, list[Any]]] = {}

    def tell(self, code: str, element: Any = None, /, **values: str) -> None:
        at = self.element if element is None else element
        line = at.sourceline or 0
        self.faults.append(Fault(code, line, path_of(at), values, self.number))

    def all(self, parent: Any, name: str) -> list[Any]:
        parts = self._parts.get(parent)
        if parts is None:
            parts = self._parts[parent] = {}
            for child in parent:
                parts.setdefault(child.tag, []).append(child)
        return parts.get(self._space + name, [])

    def text(self, parent: Any, name: str) -> str:
        found = self.all(parent, name)
        return words_of(found[0]) if found else ""

    def texts(self, parent: Any, name: str) -> tuple[str, ...]:
        return tuple(words_of(one) for one in self.all(parent, name))

    def time(self, parent: Any, name: str) -> datetime | None:
        found = self.all(parent, name)
        said = words_of(found[0]) if found else ""
        at = time_of(said)
        if said and at is None:
            self.tell("time", found[0], name=name, value=said[:40])
        return at

    def pairs(self, parent: Any, name: str) -> tuple[Pair, ...]:
        return tuple(self._pair(one) for one in self.all(parent, name))

    def _pair(self, element: Any) -> Pair:
        if len(element):
            return self.text(element, "valueName"), self.text(element, "value")
        name, _, value = words_of(element).partition("=")  # as CAP 1.0 wrote it
        return name, value


def words_of(element: Any) -> str:
    """The text of an element without the blanks around it."""
    return str(element.text or "").strip()


def read_cap(element: Any, number: int = 0) -> tuple[Alert, list[Fault]]:
    """Read an alert element. What its schema refuses is read all the same, to be shown beside why."""
    reading = Reading(element, number)
    refused = schema.faults_of(element, number)
    infos = tuple(_infos(reading))
    said = reading.text
    alert = Alert(
        identifier=said(element, "identifier"),
        sender=said(element, "sender"),
        sent=reading.time(element, "sent"),
        status=said(element, "status"),
        kind=said(element, "msgType"),
        source=said(element, "source"),
        scope=said(element, "scope"),
        restriction=said(element, "restriction"),
        addresses=said(element, "addresses"),
        codes=reading.texts(element, "code"),
        note=said(element, "note"),
        references=tuple(_references(reading)),
        incidents=said(element, "incidents"),
        infos=infos,
        stage=levels.stage_of(*(one.headline for one in infos)),
    )
    if not refused:
        _check(reading, alert)
    return alert, [*refused, *reading.faults]


def _references(reading: Reading) -> Iterator[Reference]:
    for element in reading.all(reading.element, "references"):
        said = words_of(element).split()
        if not said:
            reading.tell("references-empty", element)
        for one in said:
            sender, _, rest = one.partition(",")
            identifier, _, sent = rest.rpartition(",")
            at = time_of(sent)
            if not sender or not identifier or at is None:
                reading.tell("references-malformed", element, value=one[:80])
            yield Reference(identifier or sender, sender if identifier else "", at)


def _infos(reading: Reading) -> Iterator[Info]:
    for one in reading.all(reading.element, "info"):
        said = reading.text
        parameters = reading.pairs(one, "parameter")
        codes = reading.pairs(one, "eventCode")
        headline, event = said(one, "headline"), said(one, "event")
        yield Info(
            language=said(one, "language"),
            categories=reading.texts(one, "category"),
            event=event,
            responses=reading.texts(one, "responseType"),
            urgency=said(one, "urgency"),
            severity=said(one, "severity"),
            certainty=said(one, "certainty"),
            audience=said(one, "audience"),
            event_codes=codes,
            effective=reading.time(one, "effective"),
            onset=reading.time(one, "onset"),
            expires=reading.time(one, "expires"),
            sender_name=said(one, "senderName"),
            headline=headline,
            description=said(one, "description"),
            instruction=said(one, "instruction"),
            web=said(one, "web"),
            contact=said(one, "contact"),
            parameters=parameters,
            resources=tuple(_resource(reading, row) for row in reading.all(one, "resource")),
            areas=tuple(_area(reading, row) for row in reading.all(one, "area")),
            hazard=hazard_of(event, codes),
            level=level_of(headline, parameters),
        )


def hazard_of(event: str, codes: Iterable[Pair]) -> str:
    """The hazard by its code, or by a Chinese name we know the code of."""
    return levels.hazard_of(*(value for _name, value in codes), event)


def level_of(headline: str, parameters: Iterable[Pair]) -> str:
    """The color by a parameter that says so, or by a Chinese headline; CAP's severity is none."""
    colors = [value for name, value in parameters if levels.COLOR_NAMES.search(name)]
    chinese = headline if any(one in headline for one in "预警報报級级") else ""
    return levels.level_of(*colors, chinese)


def _resource(reading: Reading, element: Any) -> Resource:
    return Resource(
        reading.text(element, "resourceDesc"),
        reading.text(element, "mimeType"),
        reading.text(element, "size"),
        reading.text(element, "uri"),
        reading.text(element, "digest"),
    )


def _area(reading: Reading, element: Any) -> Area:
    if not reading.text(element, "areaDesc"):
        reading.tell("area-unnamed", element)
    rings = [
        ring_of(words_of(one), _at(reading, one))
        for one in reading.all(element, "polygon")
        if words_of(one)
    ]
    circles = [
        circle_of(words_of(one), _at(reading, one))
        for one in reading.all(element, "circle")
        if words_of(one)
    ]
    return Area(
        description=reading.text(element, "areaDesc"),
        polygons=tuple(ring for ring in rings if ring),
        circles=tuple(circle for circle in circles if circle),
        geocodes=reading.pairs(element, "geocode"),
        altitude=reading.text(element, "altitude"),
        ceiling=reading.text(element, "ceiling"),
    )


def _at(reading: Reading, element: Any) -> Any:
    def tell(code: str, **values: str) -> None:
        reading.tell(code, element, **values)

    return tell


def _check(reading: Reading, alert: Alert) -> None:
    if set(alert.identifier) & NOT_IN_NAMES or not alert.identifier:
        reading.tell("identifier-characters", value=alert.identifier[:80])
    if set(alert.sender) & NOT_IN_NAMES:
        reading.tell("sender-characters", value=alert.sender[:80])
    wanting = {
        "references-missing": alert.kind in LATER
        and not reading.all(reading.element, "references"),
        "restriction-missing": alert.scope == "Restricted" and not alert.restriction,
        "addresses-missing": alert.scope == "Private" and not alert.addresses,
        "no-info": not alert.infos and alert.kind in {"Alert", "Update"},
    }
    for code, is_so in wanting.items():
        if is_so:
            reading.tell(code)
    for element, info in zip(reading.all(reading.element, "info"), alert.infos, strict=True):
        starts = info.effective or info.onset
        if info.expires and starts and info.expires < starts:
            reading.tell("times-out-of-order", element)
