"""Containers of alerts: Atom and RSS feeds, EDXL-DE envelopes, plain lists of CAP alerts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from liandong.monitoring.exchange.alerts import Alert, Entry, Understood
from liandong.monitoring.exchange.cap import read_cap, words_of
from liandong.monitoring.exchange.faults import Fault
from liandong.monitoring.exchange.schema import VERSIONS
from liandong.monitoring.exchange.times import time_of
from liandong.monitoring.exchange.xml_text import name_of, namespace_of, path_of

ATOM = "http://www.w3.org/2005/Atom"
EDXL = ("urn:oasis:names:tc:emergency:EDXL:DE:1.0", "urn:oasis:names:tc:emergency:EDXL:DE:2.0")
CAP_TYPES = {"application/cap+xml", "application/common-alerting-protocol+xml"}
MOST = 2000
COMMON = {"author", "category", "contributor", "id", "link", "rights", "title", "updated"}
OF_FEED = COMMON | {"entry", "generator", "icon", "logo", "subtitle"}
OF_ENTRY = COMMON | {"content", "published", "source", "summary"}
NEEDED = ("id", "title", "updated")


def reader_of(root: Any) -> Callable[[Any], Understood] | None:
    """Who reads this container, if it is one."""
    name, namespace = name_of(root), namespace_of(root)
    if name == "feed" and namespace == ATOM:
        return _read_atom
    if name == "rss":
        return _read_rss
    if name == "EDXLDistribution" and namespace in EDXL:
        return _read_edxl
    return _read_list if name == "alerts" and namespace in VERSIONS else None


def _read_atom(root: Any) -> Understood:
    faults = [*_lacking(root, "feed-missing", NEEDED), *_strange(root, OF_FEED)]
    entries = []
    for one in root.findall(f"{{{ATOM}}}entry"):
        faults += [*_lacking(one, "entry-missing", NEEDED), *_strange(one, OF_ENTRY)]
        if _is_hollow(one):
            faults.append(_fault("entry-without-link", one))
        entries.append(_atom_entry(one))
    alerts, wrong = _alerts_in(root)
    return Understood("atom", alerts, tuple(entries), (*faults, *wrong))


def _read_rss(root: Any) -> Understood:
    faults: list[Fault] = []
    entries: list[Entry] = []
    for channel in root.findall("channel"):
        faults += _lacking(channel, "feed-missing", ("title", "link", "description"))
        for item in channel.findall("item"):
            said = {name: _text(item, name) for name in ("title", "description", "link")}
            if not said["title"] and not said["description"]:
                faults.append(_fault("entry-missing", item, name="title"))
            at = time_of(_text(item, "pubDate"))
            name = _text(item, "guid") or said["link"]
            link = said["link"]
            entries.append(Entry(name, said["title"], at, link, "cap" in link.lower()))
    if root.find("channel") is None:
        faults.append(_fault("feed-missing", root, name="channel"))
    alerts, wrong = _alerts_in(root)
    return Understood("rss", alerts, tuple(entries), (*faults, *wrong))


def _read_edxl(root: Any) -> Understood:
    """What the envelope calls an exercise or a test is one, whatever the letter inside says."""
    status = _text(root, f"{{{namespace_of(root)}}}distributionStatus")
    alerts, faults = _alerts_in(root)
    if status and status != "Actual":
        faults += [
            Fault("status-of-envelope", values={"value": status[:40]}, alert=number)
            for number, one in enumerate(alerts)
            if one.status == "Actual"
        ]
        alerts = tuple(
            replace(one, status=status) if one.status == "Actual" else one for one in alerts
        )
    return Understood("edxl-de", alerts, (), tuple(faults))


def _read_list(root: Any) -> Understood:
    alerts, faults = _alerts_in(root)
    return Understood("cap-list", alerts, (), tuple(faults))


def _alerts_in(root: Any) -> tuple[tuple[Alert, ...], list[Fault]]:
    alerts: list[Alert] = []
    faults: list[Fault] = []
    for element in root.iter("{*}alert"):
        if len(alerts) == MOST:
            faults.append(Fault("too-many", values={"most": str(MOST)}))
            break
        if namespace_of(element) not in VERSIONS:
            values = {"namespace": namespace_of(element) or "—"}
            faults.append(_fault("namespace", element, **values))
            continue
        alert, wrong = read_cap(element, len(alerts))
        alerts.append(alert)
        faults += wrong
        # Of a single message a person can see what it continues; a feed goes by numbers alone.
        if any(one.code == "identifier-characters" for one in wrong):
            faults.append(_fault("feed-identifier", element, value=alert.identifier[:80]))
    return tuple(alerts), faults


def _atom_entry(element: Any) -> Entry:
    links = element.findall(f"{{{ATOM}}}link")
    cap = next((one for one in links if (one.get("type") or "").lower() in CAP_TYPES), None)
    plain = next((one for one in links if one.get("rel", "alternate") == "alternate"), None)
    best = next((one for one in (cap, plain, *links) if one is not None), None)
    # An index of CAP alerts tells parts of them in CAP's own terms; its links are to the whole.
    tells = any(namespace_of(one) in VERSIONS for one in element)
    return Entry(
        identifier=_text(element, f"{{{ATOM}}}id"),
        title=_text(element, f"{{{ATOM}}}title"),
        updated=time_of(_text(element, f"{{{ATOM}}}updated")),
        link="" if best is None else (best.get("href") or ""),
        is_cap=cap is not None or tells,
    )


def _is_hollow(entry: Any) -> bool:
    if entry.find(f"{{{ATOM}}}link") is not None:
        return False
    content = entry.find(f"{{{ATOM}}}content")
    return content is None or not (len(content) or words_of(content) or content.get("src"))


def _lacking(element: Any, code: str, names: tuple[str, ...]) -> Iterator[Fault]:
    space = f"{{{namespace_of(element)}}}" if namespace_of(element) else ""
    for name in names:
        if element.find(f"{space}{name}") is None:
            yield _fault(code, element, name=name)


def _strange(element: Any, known: set[str]) -> Iterator[Fault]:
    for one in element:
        if namespace_of(one) == ATOM and name_of(one) not in known:
            expected = "、".join(f"<{name}>" for name in sorted(known))
            yield _fault("unexpected", one, name=name_of(one), expected=expected)


def _fault(code: str, element: Any, /, **values: str) -> Fault:
    return Fault(code, element.sourceline or 0, path_of(element), values)


def _text(element: Any, name: str) -> str:
    found = element.find(name)
    return "" if found is None else words_of(found)
