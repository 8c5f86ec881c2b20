"""When a standing nil round rings, and in which incidents it is asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from liandong.command.models import Incident, NilStanding, Response
from liandong.command.rules.response import level_key
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans.language import rank


def next_ring(standing: NilStanding, now: datetime) -> datetime | None:
    """The next moment after now at which it rings by the county's own clock; None once its season is over."""
    here = localtime(now)
    day = here.date()
    if datetime.combine(day, standing.at, here.tzinfo) <= here:
        day += timedelta(days=1)
    if standing.from_on:
        day = max(day, standing.from_on)
    if standing.until_on and day > standing.until_on:
        return None
    return datetime.combine(day, standing.at, here.tzinfo)


def is_meant_for(
    standing: NilStanding, incident: Incident, responses: Iterable[Response]
) -> bool:
    """Whether it is asked in an incident: of its hazard, and with a response as grave as it wants."""
    if not incident.is_open or not incident.hazard.startswith(standing.hazard):
        return False
    least = level_key(standing.level)
    return least is None or any(rank(level_key(one.level)) >= rank(least) for one in responses)


def demand_season(standing: NilStanding) -> None:
    """Refuse a season that ends before it begins."""
    if standing.from_on and standing.until_on and standing.until_on < standing.from_on:
        raise Invalid(
            _("结束日期早于开始日期。"),
            place=_("起止日期"),
            remedy=_("请核对；不分季节的两个都留空。"),
            fields={"until_on": _("不能早于开始日期")},
        )
