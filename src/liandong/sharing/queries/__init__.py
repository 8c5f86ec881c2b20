"""What may be asked of the registers."""

from liandong.sharing.queries.history import Difference, Told, history_of
from liandong.sharing.queries.places import Dense, Found, density, found_in, in_box
from liandong.sharing.queries.records import (
    entitled,
    inspections_of,
    record_by_number,
    shown_values,
    today,
    visible_to,
)
from liandong.sharing.queries.regions import Region, map_view_for, map_views
from liandong.sharing.queries.standing import (
    STANDINGS,
    Overview,
    condition,
    due_for,
    kept_by,
    overviews,
    own_bodies,
)

__all__ = [
    "STANDINGS",
    "Dense",
    "Difference",
    "Found",
    "Overview",
    "Region",
    "Told",
    "condition",
    "density",
    "due_for",
    "entitled",
    "found_in",
    "history_of",
    "in_box",
    "inspections_of",
    "kept_by",
    "map_view_for",
    "map_views",
    "overviews",
    "own_bodies",
    "record_by_number",
    "shown_values",
    "today",
    "visible_to",
]
