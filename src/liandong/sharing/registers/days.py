"""Days that follow from what a record says: next inspection, first thing to run out."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from liandong.sharing.registers.reading import Value
from liandong.sharing.registers.register import Register

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
FLOOD_SEASON = range(4, 10)


def next_inspection(
    register: Register, values: Mapping[str, Value], after: date
) -> date | None:
    """The day by which something is inspected again; nothing where no cycle is kept."""
    cycle = values.get(register.inspection) if register.inspection else None
    if cycle is None:
        return None
    if cycle == "week":
        return after + timedelta(days=7)
    if cycle == "flood_season":
        due = months_later(after, 1)
        if due.month in FLOOD_SEASON:
            return due
        return date(due.year + (due.month > FLOOD_SEASON.stop - 1), FLOOD_SEASON.start, 1)
    return months_later(after, MONTHS[cycle])


def first_expiry(register: Register, values: Mapping[str, Value]) -> date | None:
    """The first day on which something of a record runs out."""
    days = [values[one.key] for one in register.expiring if values.get(one.key)]
    return date.fromisoformat(min(days)) if days else None


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
