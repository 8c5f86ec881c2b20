"""What the desk's strip shows of a series beside its last figure: the last hours, small."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.safestring import SafeString

from liandong.kernel.wording import gettext as _
from liandong.monitoring.models import Reading, Series, Threshold
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import TRUSTED, Comparison, Quantity, Statistic
from liandong.web.sparks import Line, drawn

HOURS = 12
SHOWN = 2  # lines across: the highest bound reached, and the next


@dataclass(frozen=True)
class Spark:
    """The picture of the last hours, and in words how far it is to a bound and how fast it goes."""

    picture: SafeString
    words: str
    is_over: bool


def sparks_of(series: Sequence[Series], realm: str) -> dict[int, Spark]:
    """Draw series that carry ``last_at`` and ``last_value``; two queries, however many they are."""
    told = _told(series, realm)
    bounds = _bounds(series)
    return {one.pk: _spark(one, told[one.pk], bounds[one.pk]) for one in series}


def _told(series: Iterable[Series], realm: str) -> dict[int, list[tuple[datetime, Decimal]]]:
    """The readings of the hours before each series' last one; what it is silent about is no zero."""
    ends: dict[int, datetime] = {one.pk: one.last_at for one in series}  # type: ignore[attr-defined]
    found: dict[int, list[tuple[datetime, Decimal]]] = defaultdict(list)
    if not ends:
        return found
    # Each up to its own end: one that has been silent for a year must not read a year of all.
    shown = [
        Q(series=pk, at__gt=end - timedelta(hours=HOURS), at__lte=end)
        for pk, end in ends.items()
    ]
    rows = Reading.objects.filter(reduce(or_, shown), realm=realm, quality__in=TRUSTED)
    for pk, at, value in rows.order_by("at").values_list("series", "at", "value"):
        found[pk].append((at, value))
    return found


def _bounds(series: Iterable[Series]) -> dict[int, list[Threshold]]:
    found: dict[int, list[Threshold]] = defaultdict(list)
    ends = {one.pk: one.last_at for one in series}  # type: ignore[attr-defined]
    rows = Threshold.objects.filter(
        series__in=list(ends),
        is_active=True,
        part_of=None,
        statistic=Statistic.VALUE,
        comparison=Comparison.AT_LEAST,
    )
    for row in rows.order_by("bound"):
        if row.season.holds(ends[row.series_id]):
            found[row.series_id].append(row)
    return found


def _spark(one: Series, told: list[tuple[datetime, Decimal]], bounds: list[Threshold]) -> Spark:
    last: Decimal = one.last_value  # type: ignore[attr-defined]
    reached = [bound for bound in bounds if bound.bound <= last]
    ahead = [bound for bound in bounds if bound.bound > last]
    lines = [Line(bound.bound, is_reached=True) for bound in reached[-1:]]
    lines += [Line(bound.bound, is_reached=False) for bound in ahead[: SHOWN - len(lines)]]
    picture = drawn(told, lines, bars=one.quantity == Quantity.RAIN)
    if one.quantity == Quantity.RAIN:
        fell = sum((value for _at, value in told), Decimal(0))
        words = _("%(hours)d 小时 %(fell)s mm") % {"hours": HOURS, "fell": plain(fell)}
        return Spark(picture, words, is_over=bool(one.over))  # type: ignore[attr-defined]
    said = [part for part in (_distance(last, reached, ahead), _pace(told)) if part]
    return Spark(picture, " ".join(said), is_over=bool(reached))


def _distance(last: Decimal, reached: list[Threshold], ahead: list[Threshold]) -> str:
    """超警戒 0.86, or 距警戒 0.19."""
    if reached:
        by = plain(last - reached[-1].bound)
        return _("超%(bound)s %(by)s") % {"bound": reached[-1].get_kind_display(), "by": by}
    if ahead:
        by = plain(ahead[0].bound - last)
        return _("距%(bound)s %(by)s") % {"bound": ahead[0].get_kind_display(), "by": by}
    return ""


def _pace(told: list[tuple[datetime, Decimal]]) -> str:
    """How much it rose or fell in the last hour, as far as that was told; ↑0.18/时."""
    if not told:
        return ""
    at, last = told[-1]
    before = [value for when, value in told if timedelta(0) < at - when <= timedelta(hours=1)]
    if not before or before[0] == last:
        return ""
    arrow = "↑" if last > before[0] else "↓"
    return _("%(arrow)s%(by)s/时") % {"arrow": arrow, "by": plain(abs(last - before[0]))}
