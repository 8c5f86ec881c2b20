"""Several conditions together: how many groups of them are over at each time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from liandong.monitoring.signals.crossings import Sample


@dataclass(frozen=True)
class Stretch:
    """A time during which one condition of a group was over; still going on while it has no end."""

    group: str
    began_at: datetime
    ended_at: datetime | None = None


def counts(stretches: Iterable[Stretch], *, since: datetime) -> list[Sample]:
    """Say whenever it changes, from a moment on, how many groups have a condition that is over.

    A group counts once, however many of its conditions are over. An end is the first moment no more.
    """
    steps = []
    for one in stretches:
        if one.ended_at and one.ended_at <= since:
            continue
        steps.append((max(one.began_at, since), one.group, 1))
        if one.ended_at:
            steps.append((one.ended_at, one.group, -1))
    over: Counter[str] = Counter()
    found = []
    for at, some in groupby(sorted(steps), key=itemgetter(0)):
        for _at, group, step in some:
            over[group] += step
        found.append(Sample(at, Decimal(sum(number > 0 for number in over.values()))))
    return found
