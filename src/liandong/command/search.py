"""What of command can be found: incidents and orders, by those whom their lists show them to."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.command.events import (
    IncidentClosed,
    IncidentLocated,
    IncidentOpened,
    OrderEscalated,
    OrderIssued,
)
from liandong.command.models import Incident, Order
from liandong.command.states import IncidentState
from liandong.kernel.search.indexing import Searchable, searched, subject
from liandong.kernel.wording import listed


def _incidents() -> QuerySet[Incident]:
    return Incident.objects.all()


def _orders() -> QuerySet[Order]:
    return Order.objects.select_related("incident", "to_body")


@searched(
    "command.incident",
    label=_("突发事件"),
    icon="flame",
    rows=_incidents,
    after={IncidentOpened: subject, IncidentLocated: subject, IncidentClosed: subject},
)
def incident(row: Incident) -> Searchable:
    """An incident, by title, number and where it is; whoever is let in later finds it from then on."""
    state = str(IncidentState(row.state).label)
    return Searchable(
        title=row.title,
        detail=listed(part for part in (row.number, state, row.place) if part),
        names=[row.number, row.place, *row.townships],
        url=reverse("command:room", args=[row.pk]),
        realm=row.realm,
        audience=row.audience,
        weight=60 if row.is_open else 35,
        at=row.opened_at,
    )


@searched(
    "command.order",
    label=_("指令"),
    icon="send",
    rows=_orders,
    after={OrderIssued: subject, OrderEscalated: subject},
)
def order(row: Order) -> Searchable:
    """An order, by its number, to whom it went, and what it says."""
    return Searchable(
        title=f"{row} {row.to_body.short_name}",
        detail=f"{row.incident.title}：{row.text}",
        names=[row.text],
        url=reverse("command:order", args=[row.pk]),
        realm=row.realm,
        audience=row.audience,
        weight=10,
        at=row.issued_at,
    )
