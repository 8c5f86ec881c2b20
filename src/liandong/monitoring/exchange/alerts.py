"""What a message says, whatever shape it came in: plain data in the terms of CAP 1.2.

Positions are (longitude, latitude) as GeoJSON has them, radii are kilometers, times know their zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Any

from liandong.monitoring.exchange.faults import Fault, Gravity

Ring = tuple[tuple[float, float], ...]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Circle:
    """A point and how far around it."""

    lon: float
    lat: float
    radius_km: float


@dataclass(frozen=True)
class Area:
    """Ground by name, by shape and by code."""

    description: str = ""
    polygons: tuple[Ring, ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Pair, ...] = ()
    altitude: str = ""
    ceiling: str = ""


@dataclass(frozen=True)
class Resource:
    """A picture, a recording or a document that goes with the words; never fetched by reading."""

    description: str
    mime_type: str = ""
    size: str = ""
    uri: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Info:
    """The warning in one language. ``hazard`` is of GB/T 35561, ``level`` one of 蓝黄橙红; or empty."""

    language: str = ""
    categories: tuple[str, ...] = ()
    event: str = ""
    responses: tuple[str, ...] = ()
    urgency: str = ""
    severity: str = ""
    certainty: str = ""
    audience: str = ""
    event_codes: tuple[Pair, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Pair, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()
    hazard: str = ""
    level: str = ""


@dataclass(frozen=True)
class Reference:
    """An earlier message: CAP names it by three things, 12379 by its number alone."""

    identifier: str
    sender: str = ""
    sent: datetime | None = None


@dataclass(frozen=True)
class Alert:
    """One message about one hazard. ``stage`` is what a Chinese title says was done."""

    identifier: str = ""
    sender: str = ""
    sent: datetime | None = None
    status: str = ""
    kind: str = ""  # msgType: Alert, Update, Cancel, Ack, Error
    source: str = ""
    scope: str = ""
    restriction: str = ""
    addresses: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: str = ""
    infos: tuple[Info, ...] = ()
    sender_code: str = ""
    stage: str = ""
    signature: str = "unsigned"
    signer: str = ""

    @property
    def info(self) -> Info:
        """The words to show first: the Chinese ones where there are some."""
        chinese = (one for one in self.infos if one.language.lower().startswith("zh"))
        return next(chinese, self.infos[0] if self.infos else Info())

    @property
    def level(self) -> str:
        return self.info.level

    @property
    def hazard(self) -> str:
        return self.info.hazard

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(one.language for one in self.infos if one.language)

    @property
    def areas(self) -> Iterator[Area]:
        """The ground of every language, each once."""
        yield from dict.fromkeys(area for info in self.infos for area in info.areas)

    @property
    def elements(self) -> dict[str, Any]:
        """The eight elements of a warning (《突发事件应对法》第六十四条), as far as they are said."""
        said = self.info
        return {
            "category": said.event,
            "level": said.level,
            "starts_at": said.onset or said.effective or self.sent,
            "scope": "、".join(
                dict.fromkeys(area.description for area in said.areas if area.description)
            ),
            "cautions": said.description,
            "measures": said.instruction,
            "issuing_body": said.sender_name or self.sender,
            "published_at": self.sent,
        }


@dataclass(frozen=True)
class Entry:
    """What a feed announces: a title, and where the whole message is."""

    identifier: str
    title: str
    updated: datetime | None
    link: str
    is_cap: bool = False


@dataclass(frozen=True)
class Understood:
    """What was read: the shape, the alerts, what a feed announces, and everything that is wrong."""

    kind: str
    alerts: tuple[Alert, ...] = ()
    entries: tuple[Entry, ...] = ()
    problems: tuple[Fault, ...] = field(default_factory=tuple)

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(one for one in self.problems if one.gravity == Gravity.ERROR)

    @property
    def is_refused(self) -> bool:
        return bool(self.errors)

    @property
    def outcome(self) -> str:
        """``ok``, ``warnings``, ``partly`` where some of several alerts are refused, or ``refused``."""
        errors = self.errors
        if not errors:
            return "warnings" if self.problems else "ok"
        refused = {one.alert for one in errors}
        rest = len(self.alerts) - len(refused) or len(self.entries)
        return "refused" if None in refused or not rest else "partly"

    @property
    def sound(self) -> tuple[tuple[int, Alert], ...]:
        """The alerts that nothing keeps from being taken, by their number."""
        refused = {one.alert for one in self.errors}
        if None in refused:
            return ()
        return tuple((n, one) for n, one in enumerate(self.alerts) if n not in refused)

    def of(self, number: int) -> tuple[Fault, ...]:
        """What is wrong with one alert, or with the whole."""
        return tuple(one for one in self.problems if one.alert in {None, number})

    def as_data(self) -> dict[str, Any]:
        """Everything as plain data, for programs."""
        return {
            "kind": self.kind,
            "outcome": self.outcome,
            "alerts": [_alert(one) for one in self.alerts],
            "entries": [plain(one) for one in self.entries],
            "problems": [one.as_data() for one in self.problems],
        }


def _alert(alert: Alert) -> dict[str, Any]:
    elements = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in alert.elements.items()
    }
    told = {"level": alert.level, "hazard": alert.hazard, "languages": list(alert.languages)}
    return {**plain(alert), **told, "elements": elements}


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value
