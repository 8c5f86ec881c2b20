"""What time does to an order nobody answers: it climbs the ladder, rung by rung."""

from django.utils.translation import gettext_lazy

from liandong.command.actions.claims import demand_realm, widen_incident
from liandong.command.actions.giving import KIND, keep_note
from liandong.command.events import OrderEscalated
from liandong.command.models import Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of, rungs, rungs_of_request
from liandong.command.rules.order import interval
from liandong.command.states import UNANSWERED, UNDER_WAY
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Post

DEADLINES = {
    "command.acknowledge_due": gettext_lazy("复诵"),
    "command.finish_due": gettext_lazy("完成"),
}


@action(Permission.ESCALATE_ORDER)
def escalate_order(
    actor: Actor, *, order: Order, timer: str, idempotency_key: str = ""
) -> Order:
    """Tell the next rung that an order is overdue, and come back: deputies first, then superiors.

    What was only asked for climbs on the county's side: the leader of the shift, then those above.

    Publishes ``OrderEscalated``, sends an urgent message, sets the next timer; stops at the
    leader of the shift. Does nothing for an order that was answered meanwhile. Keeps the
    version: who is answering just now must not be told that the order changed. Clause 二(二)2.
    """
    demand_realm(actor, order)
    seen = order.rung
    # Held and read anew: were it delivered just now, its bell would be lost with this one.
    rows = Order.objects.select_related("incident", "to_post__body")
    order = rows.select_for_update(of=("self",)).get(pk=order.pk)
    waited = UNANSWERED if timer == "command.acknowledge_due" else UNDER_WAY | UNANSWERED
    if order.state not in waited:
        return order
    if order.rung != seen:  # somebody else was faster
        _come_back(order, timer)
        return order
    ladder = [post for post in _told_of(order) if not organization.is_vacant(post)]
    if order.rung >= len(ladder):
        return order
    target = ladder[order.rung]
    told = name_of(target) if target.pk != order.to_post_id else _("本岗位B角及全体")
    climbed = order.rung + 1
    audience = sorted({*order.audience, f"post:{target.pk}"})
    word = _word(order, timer, climbed, told)
    Order.objects.filter(pk=order.pk).update(
        rung=climbed, rung_post=target, audience=audience, last_word=word[:300]
    )
    order.rung, order.rung_post, order.audience = climbed, target, audience
    widen_incident(order.incident, {f"post:{target.pk}"})
    keep_note(actor, order, "escalated", word, at=clock.now(actor.realm))
    _urge(order, target, word)
    _come_back(order, timer)
    fact = OrderEscalated(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        deadline=str(DEADLINES[timer]),
        rung=climbed,
        rung_post=str(target.pk),
        told=told,
        kind=str(order.kind),
    )
    happened(fact, incident=str(order.incident_id), audience=audience)
    return order


def _told_of(order: Order) -> list[Post]:
    """Whom silence is told to: of a request only those who asked, never the other's superiors."""
    return rungs_of_request(order.to_post) if order.is_request else rungs(order.to_post)


def _word(order: Order, timer: str, climbed: int, told: str) -> str:
    said = {"what": str(DEADLINES[timer]), "n": climbed, "told": told}
    if order.is_request:
        return _("请求未获答复，第%(n)d次提醒%(told)s") % said
    return _("%(what)s超时，第%(n)d级催办至%(told)s") % said


def _urge(order: Order, target: Post, word: str) -> None:
    title = (
        _("待答复：%(order)s %(word)s") if order.is_request else _("催办：%(order)s %(word)s")
    )
    sender = system_actor("timer", _("催办"), order.realm, Messaging.SEND_MESSAGE)
    send_message(
        sender,
        to_post=target,
        title=(title % {"order": order, "word": word})[:200],
        text=_("接令：%(to)s。内容：%(text)s")
        % {"to": name_of(order.to_post), "text": order.text},
        subject_kind=KIND,
        subject_id=str(order.pk),
        incident=str(order.incident_id),
        audience=["duty", f"post:{target.pk}"],
        urgent=True,
        link=f"/command/orders/{order.pk}/",
        idempotency_key=f"{order.pk}/{order.asked_at.isoformat()}/{word}",
    )


def _come_back(order: Order, timer: str) -> None:
    deadline = order.acknowledge_by if timer == "command.acknowledge_due" else order.finish_by
    set_timer(
        timer,
        realm=order.realm,
        due_at=clock.now(order.realm)
        + interval(order.asked_at, deadline or order.acknowledge_by),
        subject_kind=KIND,
        subject_id=str(order.pk),
        incident=str(order.incident_id),
    )
