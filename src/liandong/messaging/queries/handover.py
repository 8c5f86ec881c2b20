"""What call-outs leave open when the shift changes."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.messaging.models import CallOut
from liandong.messaging.queries.calling import with_counts
from liandong.messaging.states import CalleeState, CallOutState
from liandong.organization.queries import OpenItem, leaves_open


@leaves_open("messaging.call_out", order=31)
def call_outs_open(actor: Actor) -> Iterable[OpenItem]:
    """Call-outs that go on, and those of which somebody is still being gone to."""
    rows = CallOut.objects.filter(realm=actor.realm, is_test=False).filter(
        Q(state=CallOutState.RUNNING)
        | Q(state=CallOutState.FINISHED, callees__state=CalleeState.ASSIGNED)
    )
    found = CallOut.objects.filter(pk__in=rows.values("pk"))
    for one in with_counts(found).order_by("started_at", "id"):
        said = _("%(at)s 起，应答 %(answered)d / %(people)d 人，上门 %(assigned)d 人")
        yield OpenItem(
            key=str(one.pk),
            title=_("叫应：%(title)s") % {"title": one.title},
            detail=said
            % {
                "at": f"{localtime(one.started_at):%m-%d %H:%M}",
                "answered": one.answered,
                "people": one.people,
                "assigned": one.assigned,
            },
            url=reverse("messaging:call_out", args=[one.pk]),
        )
