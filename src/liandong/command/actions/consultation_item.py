"""What a consultation decided: who does what by when, and what came of it."""

from datetime import datetime, timedelta

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.consultation import until
from liandong.command.actions.order import issue_order
from liandong.command.events import (
    ConsultationItemDecided,
    ConsultationItemOrdered,
    ConsultationItemSettled,
    ConsultationItemWithdrawn,
)
from liandong.command.models import Consultation, ConsultationItem
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.rules.consultation import (
    demand_item,
    demand_open_item,
    demand_running,
    demand_settler,
)
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@action(Permission.RECORD_MINUTES)
def decide_item(
    actor: Actor,
    *,
    consultation: Consultation,
    decision: str,
    owner: Post,
    due_at: datetime | None = None,
    by: str = "",
    idempotency_key: str = "",
) -> ConsultationItem:
    """Write down what was decided, who answers for it, and until when: a moment, or what has to be so.

    Publishes ``ConsultationItemDecided``. Refuses without words or an end, and after the consultation
    was closed. Clause 二(二)2.
    """
    demand_realm(actor, consultation)
    demand_reach(actor, Permission.RECORD_MINUTES, consultation.incident)
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    demand_running(row)
    demand_item(decision, due_at, by, row.opened_at)
    rows = ConsultationItem.objects.filter(consultation=row)
    item = ConsultationItem.objects.create(
        consultation=row,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        decision=decision.strip(),
        owner=owner,
        responsible=name_of(owner)[:200],
        due_at=due_at,
        by=by.strip(),
    )
    fact = ConsultationItemDecided(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        number=row.number,
        item=item.number,
        decision=item.decision,
        responsible=item.responsible,
        by=until(item),
    )
    happened(fact, incident=str(row.incident_id), audience=row.audience)
    return item


@action(Permission.RECORD_MINUTES)
def withdraw_item(
    actor: Actor,
    *,
    item: ConsultationItem,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> ConsultationItem:
    """Strike out what was entered wrongly or holds no longer; it stays legible.

    Publishes ``ConsultationItemWithdrawn``. Refuses without a reason, after the consultation was closed,
    and what was ordered or settled: an order is recalled. Clause 二(二)2.
    """
    consultation = _claimed(actor, item, Permission.RECORD_MINUTES)
    demand_running(consultation)
    demand_words(reason, field="reason", what=_("撤销原因"))
    demand_open_item(item)
    item.change(expected_version=expected_version, withdrawn_reason=reason.strip()[:300])
    fact = ConsultationItemWithdrawn(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        item=item.number,
        decision=item.decision,
        reason=item.withdrawn_reason,
    )
    happened(fact, incident=str(consultation.incident_id), audience=consultation.audience)
    return item


@action(Permission.ISSUE_ORDER)
def order_item(
    actor: Actor,
    *,
    item: ConsultationItem,
    to_post: Post,
    text: str,
    expected_version: int,
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> ConsultationItem:
    """Make what was decided an order; from then on the item stands as its order stands.

    Publishes ``OrderIssued`` and ``ConsultationItemOrdered``. Refuses what ``issue_order`` refuses, and
    what was ordered, settled or withdrawn. Clause 二(二)2.
    """
    consultation = _claimed(actor, item, Permission.ISSUE_ORDER)
    row = locked_incident(actor, consultation.incident.lives_in)
    demand_open_item(item)
    order = issue_order(
        actor,
        incident=row,
        to_post=to_post,
        text=text,
        acknowledge_within=acknowledge_within,
        finish_within=finish_within,
    )
    item.change(expected_version=expected_version, order=order)
    fact = ConsultationItemOrdered(
        subject_id=str(consultation.pk),
        incident_id=str(row.pk),
        number=consultation.number,
        item=item.number,
        decision=item.decision,
        order_id=str(order.pk),
        order=order.number,
    )
    happened(fact, incident=str(row.pk), audience=consultation.audience)
    return item


@action(Permission.ANSWER_TASK)
def settle_item(
    actor: Actor,
    *,
    item: ConsultationItem,
    outcome: str,
    expected_version: int,
    idempotency_key: str = "",
) -> ConsultationItem:
    """Say what came of an item that was made no order. Publishes ``ConsultationItemSettled``.

    Refuses without words, anyone but the post that answers for it and the desk that writes for it, and
    what was ordered, settled or withdrawn. Clause 二(二)2.
    """
    consultation = _claimed(actor, item, Permission.ANSWER_TASK)
    demand_settler(actor, item)
    demand_words(outcome, field="outcome", what=_("办理结果"))
    demand_open_item(item)
    item.change(
        expected_version=expected_version,
        outcome=outcome.strip(),
        settled_by=actor.label[:120],
        settled_at=clock.now(actor.realm),
    )
    fact = ConsultationItemSettled(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        item=item.number,
        decision=item.decision,
        outcome=item.outcome,
    )
    happened(fact, incident=str(consultation.incident_id), audience=consultation.audience)
    return item


def _claimed(actor: Actor, item: ConsultationItem, permission: Permission) -> Consultation:
    """The item's consultation as it is now, held so that nobody closes it in the meantime."""
    demand_realm(actor, item.consultation)
    demand_reach(actor, permission, item.consultation.incident)
    rows = Consultation.objects.select_for_update(of=("self",))
    return rows.select_related("incident__merged_into").get(pk=item.consultation_id)
