"""How long water takes from station to station, and telling those below what comes."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.events import ArrivalExpected, ReachSet
from liandong.monitoring.models import Crossing, Reach, Station
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries.arrivals import arrivals_of
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import SourceStatus

LONGEST = 30 * 24 * 60


@action(Permission.SET_THRESHOLD)
def set_reach(
    actor: Actor,
    *,
    upstream: Station,
    downstream: Station,
    minutes: int,
    by_flow: Sequence[tuple[Decimal, int]] = (),
    areas: Sequence[str] = (),
    status: str = SourceStatus.ASSUMED,
    cite: str = "",
    idempotency_key: str = "",
) -> Reach:
    """Say how long water takes from one station to the next below, or say it anew. Publishes ``ReachSet``.

    ``by_flow`` are the minutes from so much flow on. A crossing above then announces when it is expected
    below. Refuses a way to itself, a time of nothing or over 30 days, more flow that is slower, and a
    drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    classes = sorted(by_flow)
    _check(upstream, downstream, [minutes, *(one for _flow, one in classes)], classes)
    row, _is_new = Reach.objects.update_or_create(
        upstream=upstream,
        downstream=downstream,
        defaults={
            "minutes": minutes,
            "by_flow": [[plain(flow), one] for flow, one in classes],
            "areas": list(areas),
            "status": status,
            "cite": cite,
        },
    )
    happened(
        ReachSet(
            subject_id=str(upstream.pk),
            upstream=upstream.name,
            downstream=downstream.name,
            downstream_id=str(downstream.pk),
            minutes=minutes,
            status=status,
            cite=cite,
        ),
        audience={"county"},
    )
    return row


def tell_arrivals(crossings: Sequence[Crossing]) -> None:
    """Say at each station below when what was crossed above is expected: ``ArrivalExpected``."""
    for one in arrivals_of(crossings):
        row = one.crossing.threshold
        happened(
            ArrivalExpected(
                subject_id=str(one.station.pk),
                station=one.station.name,
                crossing_id=str(one.crossing.pk),
                upstream=row.series.station.name,
                kind=row.kind,
                level=row.level,
                at=one.at.isoformat(),
                areas=list(one.areas),
            ),
            audience={"county"},
        )


def _check(
    upstream: Station,
    downstream: Station,
    minutes: Sequence[int],
    classes: Sequence[tuple[Decimal, int]],
) -> None:
    wrong: dict[str, str] = {}
    if upstream.pk == downstream.pk:
        wrong["downstream"] = _("下游站不能是它自己")
    if any(not 1 <= one <= LONGEST for one in minutes):
        wrong["minutes"] = _("传播时间应为 1 分钟到 30 天")
    if any(not flow.is_finite() or flow <= 0 for flow, _one in classes):
        wrong["by_flow"] = _("流量应为大于 0 的数")
    elif any(later > sooner for (_f, sooner), (_g, later) in pairwise(classes)):
        wrong["by_flow"] = _("流量越大，传播时间不应越长")
    if wrong:
        raise Invalid(
            _("河段设置有误。"),
            place=f"{upstream} → {downstream}",
            remedy=_("请按提示改正。"),
            fields=wrong,
        )
