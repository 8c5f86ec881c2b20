"""What command leaves open when the shift changes."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localtime

from liandong.command.permissions import Permission
from liandong.command.queries.desk import desk_items
from liandong.command.queries.incident import visible_open_incidents
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.organization.queries import OpenItem, leaves_open


@leaves_open("command.incident", order=10)
def incidents_left_open(actor: Actor) -> Iterable[OpenItem]:
    """Incidents that go on."""
    if not actor.may(Permission.READ_INCIDENT):
        return
    for one in visible_open_incidents(actor).order_by("opened_at"):
        yield OpenItem(
            key=str(one.pk),
            title=one.title,
            detail=f"{one.place} {localtime(one.opened_at):%m-%d %H:%M}",
            url=reverse("command:room", args=[one.pk]),
        )


@leaves_open("command.desk", order=20)
def desk_left_open(actor: Actor) -> Iterable[OpenItem]:
    """What waits on the desk: orders without answer, reports due, signals, decisions, tasks."""
    if not actor.may(Permission.READ_INCIDENT):
        return
    for item in desk_items(actor, clock.now(actor.realm)):
        if item.page != "room":  # its own items are the incidents themselves
            yield OpenItem(
                key=item.key,
                title=item.title,
                detail=item.detail,
                url=reverse(f"command:{item.page}", args=[item.pk]),
            )
