"""What may be asked of the registers."""

from liandong.sharing.queries.goods import goods_codes, is_goods_code
from liandong.sharing.queries.history import Difference, Told, history_of
from liandong.sharing.queries.records import (
    entitled,
    inspections_of,
    record_by_number,
    shown_values,
    today,
    visible_to,
)
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
    "Difference",
    "Overview",
    "Told",
    "condition",
    "due_for",
    "entitled",
    "goods_codes",
    "history_of",
    "inspections_of",
    "is_goods_code",
    "kept_by",
    "overviews",
    "own_bodies",
    "record_by_number",
    "shown_values",
    "today",
    "visible_to",
]
