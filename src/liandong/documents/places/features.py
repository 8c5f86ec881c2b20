"""What a file of places holds, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from liandong.kernel.geo.systems import System
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _


@dataclass(frozen=True)
class Feature:
    """One of a file's features, counted from 1; ``shape`` in the file's own coordinates."""

    number: int
    properties: Mapping[str, str]
    shape: BaseGeometry


@dataclass(frozen=True)
class Places:
    """All features, and the coordinate system, where the file itself names it."""

    features: tuple[Feature, ...]
    system: System | None = None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every property any feature has, in the order of the file."""
        return tuple(dict.fromkeys(key for one in self.features for key in one.properties))


def unreadable(name: str, why: str, remedy: str = "") -> Invalid:
    """Say why a file of places is not taken."""
    return Invalid(
        _("“%(name)s”读不出来：%(why)s。") % {"name": name[-80:], "why": why},
        place=name[-80:],
        remedy=remedy or _("请在 GIS 软件里重新导出 GeoJSON、KML 或 Shapefile 再传。"),
        fields={"sheet": why},
    )
