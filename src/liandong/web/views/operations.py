"""The node's working parts: what lags, what failed, what is alive. For whoever keeps it running."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.journal.models import Delivery
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.upkeep.retrying import retry_delivery
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


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Every figure of the node on one page."""
    actor_of(request).demand(Permission.RETRY_DELIVERY)
    owed = Delivery.objects.exclude(trouble="").select_related("link__entry")
    around = {
        "vitals": vitals(),
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
    return deed(
        request,
        RetryForm(request.POST or None),
        run=lambda data: retry_delivery(
            actor, delivery=row.pk, idempotency_key=data["idempotency_key"]
        ),
        to=reverse("web:operations"),
        context={
            "note": f"{row.handler} · {row.trouble[:200]}",
            "back": reverse("web:operations"),
        },
    )
