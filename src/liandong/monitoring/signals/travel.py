"""How long water takes down a river, from station to station."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from heapq import heappop, heappush


@dataclass(frozen=True)
class Way:
    """From one station to the next below it. ``by_flow``: the minutes it takes from so much flow on."""

    upstream: str
    downstream: str
    minutes: int
    by_flow: tuple[tuple[Decimal, int], ...] = ()

    def taken(self, flow: Decimal | None) -> int:
        """The minutes at a flow; the usual ones where it is not known or below every class."""
        reached = [
            minutes
            for least, minutes in sorted(self.by_flow)
            if flow is not None and flow >= least
        ]
        return reached[-1] if reached else self.minutes


def arrivals(ways: Iterable[Way], start: str, flow: Decimal | None) -> dict[str, timedelta]:
    """After how long what passes a station comes to each one below it, by the fastest way.

    Stations in the order in which it comes to them. A table that runs in a circle does no harm.
    """
    down: dict[str, list[Way]] = {}
    for way in ways:
        down.setdefault(way.upstream, []).append(way)
    found: dict[str, timedelta] = {}
    ahead = [(0, start)]
    while ahead:
        minutes, place = heappop(ahead)
        if place in found:
            continue
        found[place] = timedelta(minutes=minutes)
        for way in down.get(place, ()):
            heappush(ahead, (minutes + way.taken(flow), way.downstream))
    del found[start]
    return found
