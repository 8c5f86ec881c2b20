"""What devices have said of late, and what of it was refused."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.monitoring.models import Batch, Presence
from liandong.monitoring.permissions import Permission
from liandong.organization.models import Account
from liandong.organization.queries import all_devices

LATELY = timedelta(hours=24)


def devices_for(actor: Actor, now: datetime) -> QuerySet[Account]:
    """Return the devices of whoever looks after stations: the office all, a unit its own.

    With each when it last sent a batch, how many it sent in a day, what was stored and refused of
    them, and what it last said of itself.
    """
    reach = {g.body for g in actor.grants if g.permission == Permission.REGISTER_STATION}
    devices = all_devices()
    if EVERYTHING not in reach:
        devices = devices.filter(body__in=[UUID(body) for body in reach])
    batches = Batch.objects.filter(realm=actor.realm, sender=OuterRef("pk")).order_by()
    lately = batches.filter(received_at__gt=now - LATELY).values("sender")
    last = batches.order_by("-received_at").values("received_at")[:1]
    presence = Presence.objects.filter(device=OuterRef("pk"))
    return devices.annotate(
        has_spoken=Exists(batches),
        last_at=Subquery(last),
        batches=Subquery(lately.annotate(n=Count("pk")).values("n")),
        stored=Subquery(lately.annotate(n=Sum("count")).values("n")),
        refused=Subquery(lately.annotate(n=Sum("rejected")).values("n")),
        said=Subquery(presence.values("said")),
        said_at=Subquery(presence.values("at")),
    )


def refused_batches(actor: Actor, device: Account) -> QuerySet[Batch]:
    """Return what was refused of a device, the latest first."""
    found = Batch.objects.filter(realm=actor.realm, sender=device.pk, rejected__gt=0)
    return found.order_by("-received_at")
