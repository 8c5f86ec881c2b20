"""Slots: places on a page of a lower app where apps above show panels of their own."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Panel = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True)
class Registered:
    """A panel and its place among the panels of its slot."""

    order: int
    name: str
    panel: Panel


_slots: dict[str, dict[str, Registered]] = defaultdict(dict)


def panel(slot: str, *, order: int = 100) -> Callable[[Panel], Panel]:
    """Show what the function returns, template and context, in a slot; None shows nothing."""

    def register(fn: Panel) -> Panel:
        name = f"{fn.__module__}.{fn.__name__}"
        _slots[slot][name] = Registered(order, name, fn)
        return fn

    return register


def panels(slot: str) -> list[Registered]:
    """The panels of a slot, in their order."""
    return sorted(_slots[slot].values(), key=lambda one: (one.order, one.name))


def forget(slot: str) -> None:
    """Drop the panels of a slot; for tests that register their own."""
    _slots.pop(slot, None)
