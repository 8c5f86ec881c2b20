"""What may be asked of the registers."""

from liandong.sharing.queries.records import (
    entitled,
    record_by_number,
    shown_values,
    today,
    visible_to,
)

__all__ = ["entitled", "record_by_number", "shown_values", "today", "visible_to"]
