"""What a layer shows: a place or an area, with a label and a tone."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shapely import Point, to_geojson
from shapely.geometry.base import BaseGeometry

from liandong.web import times


class Sign(StrEnum):
    """How a layer's features are drawn; color, shape and text always together."""

    STATION = "station"  # inverted triangle, hollow when normal
    AREA = "area"  # hatched, with a dashed edge
    INCIDENT = "incident"  # diamond
    UNIT = "unit"  # rounded square
    PLACE = "place"  # dot
    LINE = "line"  # a stroke of the feature's own


class Stroke(StrEnum):
    """How a line is drawn, so that it is told from others without its color."""

    DASHED = "dashed"  # long dashes
    DOTTED = "dotted"  # round dots
    BARRED = "barred"  # whole, with bars across it
    HATCHED = "hatched"  # dashes, with short bars close together


class Tone(StrEnum):
    """What a color means; the four of a warning are the law's."""

    CALM = ""
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    ACCENT = "accent"


TONES = {"红": Tone.RED, "橙": Tone.ORANGE, "黄": Tone.YELLOW, "蓝": Tone.BLUE}


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One thing. ``shape`` in degrees of WGS-84, None where nobody knows where it is.

    ``note`` is the second line of its label, such as a value with its unit; ``at`` the moment
    that it is true of; ``url`` the page that tells more. A line has a ``stroke``, and
    ``kind`` is what a legend calls it. ``weight``: for how many things it stands.
    """

    key: str
    shape: BaseGeometry | None
    label: str
    note: str = ""
    tone: Tone = Tone.CALM
    stroke: Stroke | None = None
    kind: str = ""
    url: str = ""
    at: datetime | None = None
    weight: int = 1

    def geojson(self) -> dict[str, Any]:
        """The feature as GeoJSON says it, for the browser."""
        spot_of = _said_at(self)
        return {
            "type": "Feature",
            "id": self.key,
            "geometry": _geometry(self.shape),
            "properties": {
                "key": self.key,
                "label": self.label,
                "note": self.note,
                "tone": str(self.tone),
                "url": self.url,
                "at": times.moment(self.at),
                **({"weight": self.weight} if self.weight != 1 else {}),
                **({"stroke": str(self.stroke)} if self.stroke else {}),
                **({"spot": [spot_of.x, spot_of.y]} if spot_of is not None else {}),
            },
        }


def spot(lon: Any, lat: Any) -> BaseGeometry | None:
    """A place from two figures; None where they are not known."""
    return Point(float(lon), float(lat)) if lon is not None and lat is not None else None


def tone_of(color: str | None) -> Tone:
    """The tone of a level's color: 红, 橙, 黄, 蓝."""
    return TONES.get((color or "")[:1], Tone.CALM)


def _said_at(one: Feature) -> Point | None:
    """Where the name of an area or a line is said."""
    if one.shape is None:
        return None
    if one.stroke:
        return one.shape.interpolate(0.5, normalized=True)
    return one.shape.representative_point() if one.shape.area > 0 else None


def _geometry(shape: BaseGeometry | None) -> Any:
    return json.loads(to_geojson(shape)) if shape is not None else None
