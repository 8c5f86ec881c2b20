"""The node's working parts: what lags, what failed, what is alive. For whoever keeps it running."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.journal.models import Delivery
from liandong.kernel.timers import Timer
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.upkeep.retrying import retry_delivery, retry_timer
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of
from liandong.web.vitals import vitals


class RetryForm(DeedForm):
    """Nothing to fill in: the key alone."""

    title = _("重新投递")
    verb = _("重新投递")
    busy = _("正在安排")
    done = _("已安排重新投递")


class RingForm(DeedForm):
    """Nothing to fill in: the key alone."""

    title = _("重新响铃")
    verb = _("重新响铃")
    busy = _("正在安排")
    done = _("已安排重新响铃")


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Every figure of the node on one page."""
    actor_of(request).demand(Permission.RETRY_DELIVERY)
    owed = Delivery.objects.exclude(trouble="").select_related("link__entry")
    figures = vitals()
    around = {
        "vitals": figures,
        "timers": [(row, RingForm()) for row in figures.failed_timers],
        "deliveries": [(row, RetryForm()) for row in owed.order_by("-dead", "link")[:100]],
        "now": clock.real(),
    }
    return render(request, "web/operations.html", around)


@login_required
def retry(request: HttpRequest, delivery: int) -> HttpResponse:
    """Let one delivery be tried again at once."""
    actor = actor_of(request)
    actor.demand(Permission.RETRY_DELIVERY)
    row = get_object_or_404(Delivery, pk=delivery)
    return _again(
        request,
        RetryForm(request.POST or None),
        run=lambda data: retry_delivery(
            actor, delivery=row.pk, idempotency_key=data["idempotency_key"]
        ),
        note=f"{row.handler} · {row.trouble[:200]}",
    )


@login_required
def ring(request: HttpRequest, timer: UUID) -> HttpResponse:
    """Let one timer that failed ring again at once."""
    actor = actor_of(request)
    actor.demand(Permission.RETRY_TIMER)
    row = get_object_or_404(Timer.objects.exclude(trouble=""), pk=timer)
    return _again(
        request,
        RingForm(request.POST or None),
        run=lambda data: retry_timer(
            actor, timer=row.pk, idempotency_key=data["idempotency_key"]
        ),
        note=f"{row.kind} · {row.trouble[:200]}",
    )


def _again(
    request: HttpRequest, form: DeedForm, *, run: Callable[[dict[str, Any]], Any], note: str
) -> HttpResponse:
    to = reverse("web:operations")
    return deed(request, form, run=run, to=to, context={"note": note, "back": to})
