"""Giving resources out and taking them back. Nothing is in two places at a time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.events import ResourceAssigned, ResourceReleased
from liandong.command.models import Assignment, Incident, Order
from liandong.command.permissions import Permission
from liandong.command.queries.incident import within
from liandong.command.rules.assignment import demand_assignable, demand_span, taken_by
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.states import ASSIGNMENT_MOVES, AssignmentState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Person
from liandong.sharing.models import Record


@action(Permission.ASSIGN_RESOURCE)
def assign_resource(
    actor: Actor,
    *,
    incident: Incident,
    record: Record | None = None,
    person: Person | None = None,
    order: Order | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    idempotency_key: str = "",
) -> Assignment:
    """Give a team, equipment, a shelter, an expert or a person to an order or the incident for a time.

    Without an end it is out until it is released, at the latest when the order or the incident ends.
    Publishes ``ResourceAssigned``. Refuses what is out at that time, naming who has it until when; what
    is no resource; an order that is owed no longer; a time that is no time; a closed incident. A drill
    and the flood do not know each other's. Clause 二(三)1.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.ASSIGN_RESOURCE, incident)
    if (record is None) == (person is None):
        raise Invalid(
            _("请选一项力量：登记簿里的一项，或一个人。"),
            place=_("力量"),
            fields={"record": _("请选一项")},
        )
    if record:
        demand_assignable(record)
    row = locked_incident(actor, incident)
    demand_open(row)
    _demand_owed(order, row)
    now = clock.now(actor.realm)
    start = from_at or now
    demand_span(start, until_at, now)
    made = Assignment(
        realm=actor.realm,
        audience=sorted(
            {"duty", f"incident:{row.pk}", *([f"body:{order.to_body_id}"] if order else [])}
        ),
        incident=row,
        order=order,
        record=record,
        person=person,
        key=_key(actor.realm, record, person),
        name=record.name if record else str(person),
        owner=str(record.body) if record else "",
        during=DateTimeTZRange(start, until_at),
        assigned_by=actor.label[:120],
        assigned_at=now,
    )
    try:
        with transaction.atomic():  # the refusal is the database's; what else was done stays
            Assignment.objects.bulk_create([made])
    except IntegrityError:
        raise _in_the_way(made) from None
    fact = ResourceAssigned(
        subject_id=str(made.pk),
        incident_id=str(row.pk),
        order_id=str(order.pk) if order else "",
        resource=made.key.partition("/")[2],
        title=made.name,
        owner=made.owner or _("个人"),
        to=made.whither,
        from_at=start.isoformat(),
        until_at=until_at.isoformat() if until_at else "",
    )
    happened(fact, incident=str(row.pk), audience=made.audience)
    return made


@action(Permission.ASSIGN_RESOURCE)
def release_resource(
    actor: Actor,
    *,
    assignment: Assignment,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Assignment:
    """Say that a resource is free again. Publishes ``ResourceReleased``.

    Refuses without a reason, what was released already, and whoever saw an older version. Clause 二(三)1.
    """
    demand_realm(actor, assignment)
    demand_reach(actor, Permission.ASSIGN_RESOURCE, assignment.incident)
    demand_words(reason, field="reason", what=_("放回原因"))
    _release(actor, assignment, reason, expected_version)
    return assignment


@action(Permission.ASSIGN_RESOURCE)
def release_resources_of(
    actor: Actor, *, order: Order, reason: str, idempotency_key: str = ""
) -> Order:
    """Free whatever was given to an order that is over. Publishes ``ResourceReleased`` for each. Clause 二(三)1."""
    demand_realm(actor, order)
    out = Assignment.objects.filter(order=order, state=AssignmentState.ASSIGNED)
    _release_all(actor, list(out.select_related("incident", "order__to_body")), reason)
    return order


@action(Permission.ASSIGN_RESOURCE)
def release_resources_in(
    actor: Actor, *, incident: Incident, reason: str, idempotency_key: str = ""
) -> Incident:
    """Free whatever was given to an incident that is over. Publishes ``ResourceReleased`` for each. Clause 二(三)1."""
    demand_realm(actor, incident)
    out = Assignment.objects.filter(within(incident), state=AssignmentState.ASSIGNED)
    _release_all(actor, list(out.select_related("incident", "order__to_body")), reason)
    return incident


def _release_all(actor: Actor, rows: Sequence[Assignment], reason: str) -> None:
    for row in rows:
        _release(actor, row, reason, row.version)


def _release(actor: Actor, row: Assignment, reason: str, expected_version: int) -> None:
    ASSIGNMENT_MOVES.check(row.state, AssignmentState.RELEASED)
    now = clock.now(actor.realm)
    start, end = row.during.lower, row.during.upper
    took = max(start, now) if end is None else max(start, min(now, end))
    row.change(
        expected_version=expected_version,
        state=AssignmentState.RELEASED,
        during=DateTimeTZRange(start, took, "[]"),
        released_by=actor.label[:120],
        released_at=now,
        reason=reason.strip()[:300],
    )
    fact = ResourceReleased(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        resource=row.key.partition("/")[2],
        title=row.name,
        to=row.whither,
        reason=reason.strip(),
    )
    happened(fact, incident=str(row.incident_id), audience=row.audience)


def _demand_owed(order: Order | None, incident: Incident) -> None:
    if order is not None and (not order.is_live or order.incident.lives_in.pk != incident.pk):
        raise IllegalMove(
            _("%(order)s已办结或不在本事件里，不能再给它调派力量。") % {"order": order},
            place=_("力量"),
            remedy=_("请派给事件，或另下指令。"),
        )


def _key(realm: str, record: Record | None, person: Person | None) -> str:
    return f"{realm}/record:{record.pk}" if record else f"{realm}/person:{person.pk}"  # type: ignore[union-attr]


def _in_the_way(made: Assignment) -> Invalid | IllegalMove:
    """Who has the resource at that time, unless it was given back this moment."""
    others = Assignment.objects.filter(
        key=made.key, state=AssignmentState.ASSIGNED, during__overlap=made.during
    )
    taken = others.select_related("incident", "order__to_body").order_by("assigned_at").first()
    if taken:
        return taken_by(taken)
    return IllegalMove(
        _("“%(name)s”刚刚放回。") % {"name": made.name},
        place=_("力量"),
        remedy=_("请再点一次调派。"),
    )
