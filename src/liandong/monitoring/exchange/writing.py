"""What we send: CAP 1.2 that its schema accepts, a feed of it, and a sheet for 12379's own forms."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from liandong.monitoring.exchange.alerts import Alert, Area, Info, Pair, Reference, Resource
from liandong.monitoring.exchange.times import BEIJING

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
COLOR, CODE = "Color", "GB/T 35561"
ENGLISH = {"红": "Red", "橙": "Orange", "黄": "Yellow", "蓝": "Blue"}
# The color of a level is the law's; CAP's severity is the nearest it has.
SEVERITIES = {"红": "Extreme", "橙": "Severe", "黄": "Moderate", "蓝": "Minor"}
GRADES = {"红": "I级/特别重大", "橙": "II级/重大", "黄": "III级/较大", "蓝": "IV级/一般"}
# By the first letters of GB/T 35561; the longest that fits.
CATEGORIES = {
    "11A": "Met",
    "11B": "Met",
    "11C": "Geo",
    "11D": "Geo",
    "11G": "Fire",
    "12B": "Fire",
    "12C": "Transport",
    "12F": "Env",
    "13": "Health",
    "14": "Security",
}


def write_cap(alert: Alert) -> bytes:
    """An alert as CAP 1.2. What is read from it again is the same alert."""
    root = etree.Element(f"{{{CAP}}}alert", nsmap={None: CAP})
    _put(root, "identifier", alert.identifier)
    _put(root, "sender", alert.sender)
    _put(root, "sent", _time(alert.sent))
    _put(root, "status", alert.status)
    _put(root, "msgType", alert.kind)
    _may(root, "source", alert.source)
    _put(root, "scope", alert.scope)
    _may(root, "restriction", alert.restriction)
    _may(root, "addresses", alert.addresses)
    for code in alert.codes:
        _put(root, "code", code)
    _may(root, "note", alert.note)
    _may(root, "references", " ".join(_triple(one) for one in alert.references))
    _may(root, "incidents", alert.incidents)
    for info in alert.infos:
        _info(root, info)
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    )


def write_feed(
    alerts: Sequence[tuple[Alert, str]], *, identifier: str, title: str, updated: datetime
) -> bytes:
    """An Atom feed: each alert's headline, and the address of the whole of it."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    for name, said in (("id", identifier), ("title", title), ("updated", _time(updated))):
        _atom(root, name, said)
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _atom(author, "name", title)
    for alert, address in alerts:
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        _atom(entry, "id", alert.identifier)
        _atom(entry, "title", alert.info.headline or alert.info.event)
        _atom(entry, "updated", _time(alert.sent))
        link = etree.SubElement(entry, f"{{{ATOM}}}link")
        link.set("rel", "alternate")
        link.set("type", CAP_TYPE)
        link.set("href", address)
        _atom(entry, "summary", alert.info.description)
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    )


def write_national(alert: Alert) -> bytes:
    """The same in the shape of 12379, to be typed or read into it: it is not sent by us."""
    root = etree.Element("alert")
    said = alert.info
    first = alert.references[0].identifier if alert.references else ""
    for name, words in (
        ("identifier", alert.identifier),
        ("sender", said.sender_name),
        ("senderCode", alert.sender_code),
        ("sendTime", _spaced(alert.sent)),
        ("status", alert.status),
        ("msgType", alert.kind),
        ("scope", alert.scope),
        ("note", alert.note),
        ("references", first),
    ):
        _plain(root, name, words)
    info = etree.SubElement(root, "info")
    for name, words in (
        ("language", said.language),
        ("eventType", said.hazard),
        ("urgency", said.urgency),
        ("severity", ENGLISH.get(said.level, "Unknown")),
        ("certainty", said.certainty),
        ("effective", _spaced(said.effective)),
        ("onset", _spaced(said.onset)),
        ("expires", _spaced(said.expires)),
        ("headline", f"{said.headline}[{GRADES[said.level]}]" if said.level else said.headline),
        ("description", said.description),
        ("instruction", said.instruction),
    ):
        _plain(info, name, words)
    area = etree.SubElement(info, "area")
    areas = list(alert.areas)
    _plain(area, "areaDesc", ",".join(one.description for one in areas))
    codes = [value for one in areas for _name, value in one.geocodes]
    _plain(area, "geocode", ",".join(code.ljust(12, "0") for code in codes))
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    )


def category_of(hazard: str) -> str:
    """CAP's category of a class of hazards."""
    fits = [start for start in CATEGORIES if hazard.startswith(start)]
    return CATEGORIES[max(fits, key=len)] if fits else "Other"


def _info(root: Any, info: Info) -> None:
    one = etree.SubElement(root, f"{{{CAP}}}info")
    _may(one, "language", info.language)
    _all(one, "category", info.categories)
    _put(one, "event", info.event)
    _all(one, "responseType", info.responses)
    _put(one, "urgency", info.urgency)
    _put(one, "severity", info.severity)
    _put(one, "certainty", info.certainty)
    _may(one, "audience", info.audience)
    _pairs(one, "eventCode", info.event_codes)
    _may(one, "effective", _time(info.effective))
    _may(one, "onset", _time(info.onset))
    _may(one, "expires", _time(info.expires))
    _may(one, "senderName", info.sender_name)
    _may(one, "headline", info.headline)
    _may(one, "description", info.description)
    _may(one, "instruction", info.instruction)
    _may(one, "web", info.web)
    _may(one, "contact", info.contact)
    _pairs(one, "parameter", info.parameters)
    for resource in info.resources:
        _resource(one, resource)
    for area in info.areas:
        _area(one, area)


def _resource(info: Any, resource: Resource) -> None:
    one = etree.SubElement(info, f"{{{CAP}}}resource")
    _put(one, "resourceDesc", resource.description)
    _put(one, "mimeType", resource.mime_type)
    _may(one, "size", resource.size)
    _may(one, "uri", resource.uri)
    _may(one, "digest", resource.digest)


def _area(info: Any, area: Area) -> None:
    one = etree.SubElement(info, f"{{{CAP}}}area")
    _put(one, "areaDesc", area.description)
    for ring in area.polygons:
        _put(one, "polygon", " ".join(f"{lat},{lon}" for lon, lat in ring))
    for circle in area.circles:
        _put(one, "circle", f"{circle.lat},{circle.lon} {circle.radius_km}")
    _pairs(one, "geocode", area.geocodes)
    _may(one, "altitude", area.altitude)
    _may(one, "ceiling", area.ceiling)


def _triple(one: Reference) -> str:
    return f"{one.sender},{one.identifier},{_time(one.sent)}"


def _put(parent: Any, name: str, said: str) -> None:
    etree.SubElement(parent, f"{{{CAP}}}{name}").text = clean(said)


def _may(parent: Any, name: str, said: str) -> None:
    if said:
        _put(parent, name, said)


def _all(parent: Any, name: str, several: Iterable[str]) -> None:
    for said in several:
        _put(parent, name, said)


def _pairs(parent: Any, name: str, pairs: Iterable[Pair]) -> None:
    for key, value in pairs:
        one = etree.SubElement(parent, f"{{{CAP}}}{name}")
        _put(one, "valueName", key)
        _put(one, "value", value)


def _atom(parent: Any, name: str, said: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = clean(said)


def _plain(parent: Any, name: str, said: str) -> None:
    etree.SubElement(parent, name).text = clean(said)


def clean(said: str) -> str:
    """A text without what XML cannot hold, and with line ends of one kind."""
    text = said.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\t\n" or _is_held(ord(one)))


def _is_held(code: int) -> bool:
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _time(at: datetime | None) -> str:
    return at.astimezone(BEIJING).isoformat(timespec="seconds") if at else ""


def _spaced(at: datetime | None) -> str:
    return at.astimezone(BEIJING).isoformat(" ", "seconds") if at else ""
