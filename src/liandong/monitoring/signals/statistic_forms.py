"""Forms that come with the program, for a county to take up and change."""

import json
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files

from liandong.monitoring.signals.items import Item, read_items
from liandong.monitoring.signals.periods import SUNDAY


@dataclass(frozen=True, kw_only=True)
class ShippedForm:
    """报表模板: what a county usually asks, and by whose name who files it is found."""

    key: str
    name: str
    period: str
    due_time: time
    due_days: int
    note: str
    items: tuple[Item, ...]
    filers: tuple[str, ...]
    townships: bool
    hazard: str
    category: str
    ends_weekday: int = SUNDAY
    on_working_days: bool = False


@cache
def shipped_forms() -> dict[str, ShippedForm]:
    """Every form that comes with the program, by its key."""
    text = files(__package__).joinpath("statistic_forms.json").read_text(encoding="utf-8")
    found = {}
    for row in json.loads(text):
        row["items"] = tuple(read_items("\n".join(row["items"])))
        row["filers"] = tuple(row["filers"])
        row["due_time"] = time.fromisoformat(row["due_time"])
        found[row["key"]] = ShippedForm(**row)
    return found
