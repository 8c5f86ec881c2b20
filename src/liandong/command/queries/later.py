"""What waits while nothing happens: chairs to fill, clocks to check, stations that went silent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from liandong.command.models import ReportClock
from liandong.command.permissions import Permission
from liandong.command.states import BasisStatus
from liandong.kernel.actors import Actor
from liandong.kernel.timers import Timer
from liandong.kernel.upkeep.permissions import Permission as Upkeep
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries as monitoring
from liandong.organization import queries as organization

# A station nobody has heard of for so long is asked about.
SILENT = timedelta(days=1)


@dataclass(frozen=True)
class Obligation:
    """Something that should be seen to in quiet hours, and where."""

    text: str
    url: str


def obligations(actor: Actor, now: datetime) -> list[Obligation]:
    """Everything of the kind, each by one count."""
    return [*_clocks(actor), *_chairs(), *_stations(actor, now), *_timers(actor)]


def _clocks(actor: Actor) -> Iterator[Obligation]:
    count = ReportClock.objects.filter(in_force=True, status=BasisStatus.ASSUMED).count()
    if count and actor.may(Permission.SET_REPORT_CLOCK):
        text = _("报告时限 %(n)d 条暂定，待核对原文") % {"n": count}
        yield Obligation(text, reverse("command:clocks"))


def _chairs() -> Iterator[Obligation]:
    held = organization.holding().values("post")
    if count := organization.all_posts().exclude(pk__in=held).count():
        yield Obligation(_("空缺岗位 %(n)d 个") % {"n": count}, reverse("organization:bodies"))


def _stations(actor: Actor, now: datetime) -> Iterator[Obligation]:
    series = monitoring.latest_readings(actor.realm)
    if count := series.filter(last_at__lt=now - SILENT).count():
        text = _("一天没有来数的测项 %(n)d 个") % {"n": count}
        yield Obligation(text, reverse("monitoring:stations"))


def _timers(actor: Actor) -> Iterator[Obligation]:
    if not actor.may(Upkeep.RETRY_DELIVERY):
        return
    if count := Timer.objects.filter(realm=actor.realm, dead=True).count():
        text = _("停住的定时 %(n)d 个") % {"n": count}
        yield Obligation(text, reverse("web:operations"))
