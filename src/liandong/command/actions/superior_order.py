"""What a superior told the county: received, carried out by orders that cite it, reported back."""

from datetime import datetime

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.events import (
    SuperiorOrderReceived,
    SuperiorOrderReported,
    SuperiorOrderWithdrawn,
)
from liandong.command.models import Incident, SuperiorOrder
from liandong.command.permissions import Permission
from liandong.command.queries.command_term import standing_term
from liandong.command.queries.superior_order import live_orders_citing
from liandong.command.rules.command_term import (
    demand_carried_out,
    demand_one_commander,
    demand_owed,
)
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_told, demand_words
from liandong.command.states import SUPERIOR_ORDER_MOVES, SuperiorOrderState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _


@action(Permission.RECEIVE_SUPERIOR_ORDER)
def receive_superior_order(
    actor: Actor,
    *,
    incident: Incident,
    words: str,
    told_by: str,
    headquarters: str = "",
    told_at: datetime | None = None,
    read_back: str = "",
    paper: str = "",
    finish_by: datetime | None = None,
    idempotency_key: str = "",
) -> SuperiorOrder:
    """Write down what a superior told the county to do, in its words, and how it was said back.

    Without ``headquarters``, whoever commands. Publishes ``SuperiorOrderReceived``. Refuses one
    without words or teller, without paper that was not said back, of a second superior while
    another commands, told in time to come, and in a closed incident. Clause 二(二)2.
    """
    demand_words(words, field="words", what=_("指令内容"))
    demand_words(told_by, field="told_by", what=_("下达人"))
    _demand_said_back(paper, read_back)
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.RECEIVE_SUPERIOR_ORDER, row)
    demand_open(row)
    term = standing_term(row)
    commanding = term if term and term.is_superior else None
    by = headquarters.strip() or (commanding.headquarters if commanding else "")
    demand_words(by, field="headquarters", what=_("下达机构"))
    demand_one_commander(term, by)
    now = clock.now(actor.realm)
    demand_told(told_at, now)
    last = SuperiorOrder.objects.filter(incident=row).aggregate(last=Max("number"))["last"] or 0
    order = SuperiorOrder.objects.create(
        realm=actor.realm,
        audience=commanding.audience if commanding else sorted({"duty", f"incident:{row.pk}"}),
        incident=row,
        term=commanding,
        number=last + 1,
        headquarters=by,
        words=words.strip(),
        told_by=told_by.strip(),
        told_at=told_at or now,
        read_back=read_back.strip(),
        paper=paper.strip(),
        finish_by=finish_by,
        entered_by=actor.label[:120],
        entered_at=now,
    )
    fact = SuperiorOrderReceived(
        subject_id=str(order.pk),
        incident_id=str(row.pk),
        number=order.number,
        headquarters=by,
        words=order.words,
        told_by=order.told_by,
        told_at=order.told_at.isoformat(),
        read_back=order.read_back,
        paper=order.paper,
        finish_by=finish_by.isoformat() if finish_by else "",
    )
    happened(fact, incident=str(row.pk), audience=order.audience, told=told_at)
    return order


@action(Permission.RECEIVE_SUPERIOR_ORDER)
def report_superior_order(
    actor: Actor,
    *,
    superior_order: SuperiorOrder,
    text: str,
    reported_to: str,
    expected_version: int,
    idempotency_key: str = "",
) -> SuperiorOrder:
    """Keep that the superior was told what came of its order. Publishes ``SuperiorOrderReported``.

    Refuses without words or receiver, while a unit still owes an order that cites it, and what
    was reported or withdrawn. Clause 二(二)2.
    """
    demand_realm(actor, superior_order)
    demand_reach(actor, Permission.RECEIVE_SUPERIOR_ORDER, superior_order.incident)
    demand_owed(superior_order)
    SUPERIOR_ORDER_MOVES.check(superior_order.state, SuperiorOrderState.REPORTED)
    demand_words(text, field="text", what=_("办理情况"))
    demand_words(reported_to, field="reported_to", what=_("回报给谁"))
    demand_carried_out(superior_order, live_orders_citing(superior_order))
    superior_order.change(
        expected_version=expected_version,
        state=SuperiorOrderState.REPORTED,
        outcome=text.strip(),
        outcome_with=reported_to.strip(),
        outcome_at=clock.now(actor.realm),
    )
    fact = SuperiorOrderReported(
        subject_id=str(superior_order.pk),
        number=superior_order.number,
        headquarters=superior_order.headquarters,
        text=superior_order.outcome,
        to=superior_order.outcome_with,
    )
    happened(fact, incident=str(superior_order.incident_id), audience=superior_order.audience)
    return superior_order


@action(Permission.RECEIVE_SUPERIOR_ORDER)
def withdraw_superior_order(
    actor: Actor,
    *,
    superior_order: SuperiorOrder,
    reason: str,
    told_by: str,
    expected_version: int,
    idempotency_key: str = "",
) -> SuperiorOrder:
    """Keep that the superior took its order back; the county's own orders stand until recalled.

    Publishes ``SuperiorOrderWithdrawn``. Refuses without reason or teller, and what was reported
    or withdrawn. Clause 二(二)2.
    """
    demand_realm(actor, superior_order)
    demand_reach(actor, Permission.RECEIVE_SUPERIOR_ORDER, superior_order.incident)
    demand_owed(superior_order)
    SUPERIOR_ORDER_MOVES.check(superior_order.state, SuperiorOrderState.WITHDRAWN)
    demand_words(reason, field="reason", what=_("收回原因"))
    demand_words(told_by, field="told_by", what=_("通知人"))
    superior_order.change(
        expected_version=expected_version,
        state=SuperiorOrderState.WITHDRAWN,
        outcome=reason.strip(),
        outcome_with=told_by.strip(),
        outcome_at=clock.now(actor.realm),
    )
    fact = SuperiorOrderWithdrawn(
        subject_id=str(superior_order.pk),
        number=superior_order.number,
        headquarters=superior_order.headquarters,
        reason=superior_order.outcome,
        told_by=superior_order.outcome_with,
    )
    happened(fact, incident=str(superior_order.incident_id), audience=superior_order.audience)
    return superior_order


def _demand_said_back(paper: str, read_back: str) -> None:
    """What came by word of mouth was said back before it was hung up."""
    if not (paper.strip() or read_back.strip()):
        raise Invalid(
            _("没有文号的指令须写明怎样复诵。"),
            place=_("复诵内容"),
            remedy=_("请把复诵的原话写下来；有文件的填写文号。"),
            fields={"read_back": _("没有文号时须填写")},
        )
