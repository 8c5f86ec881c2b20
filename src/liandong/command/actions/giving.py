"""What giving any order consists of: its row, who sees it, its clocks, and the notes kept about it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from liandong.command.actions.claims import lend, widen_incident
from liandong.command.actions.note import attach_incident_file
from liandong.command.events import OrderIssued, OrderRecalled
from liandong.command.models import Incident, IncidentFile, Order, OrderNote
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.incident import within
from liandong.command.rules.order import ACKNOWLEDGE_WITHIN, LEAST_INTERVAL, Terms, demand_told
from liandong.command.states import ORDER_MOVES, OrderState
from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.files.models import File
from liandong.kernel.timers import drop_timers, drop_timers_of, set_timer, set_timers
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body, Post

KIND = "command.order"
RECALLABLE = sorted(
    state for state, next_ in ORDER_MOVES.table.items() if OrderState.RECALLED in next_
)


def order_of(
    actor: Actor, incident: Incident, terms: Terms, post: Post, body: Body, *, number: int
) -> Order:
    """Make an order that is not kept yet."""
    now = clock.now(actor.realm)
    within = terms.finish_within
    waits = terms.after.is_live if terms.after else None
    return Order(
        realm=actor.realm,
        audience=sorted(
            {"duty", f"incident:{incident.pk}", f"body:{body.pk}", f"post:{post.pk}"}
        ),
        incident=incident,
        number=number,
        to_post=post,
        to_body=body,
        text=terms.text.strip(),
        place=terms.place.strip(),
        lon=terms.lon,
        lat=terms.lat,
        files=list(terms.files),
        needs_proof=list(terms.needs_proof),
        issued_by=actor.label[:120],
        issued_at=now,
        asked_at=now,
        acknowledge_by=now + (terms.acknowledge_within or ACKNOWLEDGE_WITHIN),
        after=terms.after,
        released_at=now if waits is False else None,
        finish_within=within if waits else None,
        finish_by=now + within if within and not waits else None,
    )


def enclose(actor: Actor, incident: Incident, files: Sequence[str]) -> None:
    """Put what comes with an order among the incident's files, once; refuses what belongs elsewhere."""
    there = set(IncidentFile.objects.filter(within(incident)).values_list("file_id", flat=True))
    for file in File.objects.filter(pk__in=files):
        if file.pk not in there:
            attach_incident_file(
                lend(actor, Permission.ATTACH_FILE),
                incident=incident,
                file=file,
                caption=_("随令附件"),
            )


def last_number(incident: Incident) -> int:
    """The number of the order given last in an incident, which is held; 0 before the first."""
    mine = Order.objects.filter(incident=incident)
    return mine.aggregate(last=Max("number"))["last"] or 0


def give(incident: Incident, orders: Sequence[Order]) -> None:
    """Keep orders that were made, let who got them see the incident's head, and start the clocks.

    The incident is held. Tells ``OrderIssued`` for each; the statements do not grow with their number.
    """
    Order.objects.bulk_create(orders)
    _hand_papers(orders)
    widen_incident(incident, {scope for order in orders for scope in order.audience})
    for kind in ("command.acknowledge_due", "command.finish_due"):
        due = {str(order.pk): at for order in orders if (at := _due(order).get(kind))}
        set_timers(
            kind, due, realm=incident.realm, subject_kind=KIND, incident=str(incident.pk)
        )
    for order in orders:
        happened(_issued(order), incident=str(incident.pk), audience=order.audience)


def _hand_papers(orders: Sequence[Order]) -> None:
    """Let whoever is ordered open what comes with the order; a statement for each paper."""
    readers: dict[str, set[str]] = defaultdict(set)
    for order in orders:
        for file in order.files:
            readers[file].update(order.audience)
    for file, scopes in sorted(readers.items()):
        for row in (
            *File.objects.select_for_update().filter(pk=file),
            *IncidentFile.objects.select_for_update().filter(file_id=UUID(file)),
        ):
            row.audience = sorted({*row.audience, *scopes})
            row.save(update_fields=["audience"])


def held(orders: QuerySet[Order]) -> list[Order]:
    """Hold orders against whoever answers just now, by number."""
    mine = list(orders.order_by("pk").select_for_update().values_list("pk", flat=True))
    rows = Order.objects.filter(pk__in=mine).select_related("to_post__body")
    return list(rows.order_by("number"))


def take_back(actor: Actor, orders: Sequence[Order], reason: str) -> None:
    """Take orders back that are held, in statements that do not grow with their number."""
    if not orders:
        return
    word = _("撤回：%(reason)s") % {"reason": reason[:200]}
    change_all(orders, state=OrderState.RECALLED, last_word=word)
    drop_timers_of([str(one.pk) for one in orders], realm=actor.realm, subject_kind=KIND)
    now, by = clock.now(actor.realm), actor.label[:120]
    OrderNote.objects.bulk_create(
        OrderNote(order=one, kind="recalled", text=reason, by=by, at=now) for one in orders
    )
    for one in orders:
        fact = OrderRecalled(
            subject_id=str(one.pk), number=one.number, to=name_of(one.to_post), reason=reason
        )
        happened(fact, incident=str(one.incident_id), audience=one.audience)


def take_back_parts(actor: Actor, orders: Sequence[Order], reason: str) -> None:
    """Take back what these were split into or handed on as, and the parts of that."""
    while orders:
        parts = Order.objects.filter(part_of__in=[one.pk for one in orders])
        orders = held(parts.filter(state__in=RECALLABLE))
        take_back(actor, orders, reason)


def start_clocks(order: Order) -> None:
    """Set what time will make due of this order."""
    for kind, at in _due(order).items():
        _set_clock(order, kind, at)


def set_finish_clock(order: Order) -> None:
    """Set when this order is to be finished; how far its reading back has climbed stays."""
    if at := _due(order).get("command.finish_due"):
        _set_clock(order, "command.finish_due", at)


def _set_clock(order: Order, kind: str, at: datetime) -> None:
    set_timer(
        kind,
        realm=order.realm,
        due_at=at,
        subject_kind=KIND,
        subject_id=str(order.pk),
        incident=str(order.incident_id),
    )


def _due(order: Order) -> dict[str, datetime]:
    """When each of its clocks rings; what was over before it was asked for anew is urged soon."""
    due = {
        "command.acknowledge_due": order.acknowledge_by,
        "command.finish_due": order.finish_by,
    }
    if order.state != OrderState.ISSUED:
        del due["command.acknowledge_due"]
    return {
        kind: at if at > order.asked_at else order.asked_at + LEAST_INTERVAL
        for kind, at in due.items()
        if at is not None
    }


def stop_clocks(order: Order, *, kind: str = "") -> None:
    """Nothing of this order, or nothing of this kind, falls due any more."""
    drop_timers(realm=order.realm, subject_kind=KIND, subject_id=str(order.pk), kind=kind)


def keep_note(
    actor: Actor,
    order: Order,
    kind: str,
    text: str,
    *,
    at: datetime,
    files: Sequence[str] = (),
    on_behalf: bool = False,
    told: datetime | None = None,
    **figures: Any,
) -> OrderNote:
    """Keep what was said about an order, by whom, with its figures and place. Refuses what is told of a time to come."""
    demand_told(told, at)
    return OrderNote.objects.create(
        order=order,
        kind=kind,
        text=text,
        files=list(files),
        by=actor.label[:120],
        on_behalf=on_behalf,
        at=at,
        told_at=told,
        **figures,
    )


def _issued(order: Order) -> OrderIssued:
    return OrderIssued(
        subject_id=str(order.pk),
        incident_id=str(order.incident_id),
        number=order.number,
        to_post=str(order.to_post_id),
        to_body=str(order.to_body_id),
        to=name_of(order.to_post),
        text=order.text,
        acknowledge_by=order.acknowledge_by.isoformat(),
        finish_by=order.finish_by.isoformat() if order.finish_by else "",
        step=order.step,
        place=order.place,
        kind=str(order.kind),
        run=str(order.run_id or ""),
        replaces=str(order.replaces_id or ""),
        cites=str(order.superior_order_id or ""),
    )
