"""What monitoring leaves open when the shift changes."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localtime

from liandong.kernel.actors import Actor
from liandong.monitoring.queries.warnings import active_warnings
from liandong.organization.queries import OpenItem, leaves_open


@leaves_open("monitoring.warning", order=30)
def warnings_in_force(actor: Actor) -> Iterable[OpenItem]:
    """Warnings that have not been lifted."""
    for one in active_warnings(actor.realm):
        at = f"{localtime(one.published_at):%m-%d %H:%M}" if one.published_at else ""
        by = one.issuing_body.short_name if one.issuing_body else ""
        yield OpenItem(
            key=str(one.pk),
            title=str(one),
            detail=f"{by} {at}".strip(),
            url=reverse("monitoring:warning", args=[one.pk]),
        )
