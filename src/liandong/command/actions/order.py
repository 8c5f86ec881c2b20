"""Giving orders and taking them back, and seeing whether they were carried out."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.giving import (
    enclose,
    give,
    keep_note,
    last_number,
    order_of,
    start_clocks,
    stop_clocks,
    take_back_parts,
)
from liandong.command.events import (
    CounterProposalAnswered,
    OrderChecked,
    OrderRecalled,
    OrderReplaced,
    OrderReturned,
)
from liandong.command.models import (
    ActionPlan,
    ConsultationItem,
    Incident,
    OperatingOrder,
    Order,
    PlanTask,
    Response,
    SharedStep,
    SuperiorOrder,
)
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.request import asked_among, is_asked
from liandong.command.queries.response import response_of_run
from liandong.command.rules.command_term import demand_owed
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import (
    ACKNOWLEDGE_WITHIN,
    Terms,
    demand_insistable,
    demand_other_hands,
    demand_predecessor,
    demand_staffed,
    demand_standing,
    demand_terms,
    demand_time,
    demand_words,
    time_left,
)
from liandong.command.states import ORDER_MOVES, CounterAnswer, OrderKind, OrderState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Missing
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body, Post
from liandong.plans.models import Run


@action(Permission.ISSUE_ORDER)
def issue_order(
    actor: Actor,
    *,
    incident: Incident,
    to_post: Post,
    text: str,
    to_body: Body | None = None,
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    needs_proof: Sequence[str] = (),
    response: Response | None = None,
    run: Run | None = None,
    step: str = "",
    turn: int = 0,
    kind: OrderKind = OrderKind.ORDER,
    replaces: Order | None = None,
    place: str = "",
    lon: Decimal | None = None,
    lat: Decimal | None = None,
    files: Sequence[str] = (),
    after: Order | None = None,
    superior_order: SuperiorOrder | None = None,
    action_plan: ActionPlan | None = None,
    idempotency_key: str = "",
) -> Order:
    """Put a post under a duty with a deadline; its body sees the order and the incident's head.

    Whom the county does not command is asked instead: the order becomes a request (商请), which may
    be refused. What comes ``after`` another order has its time from when that is finished. Publishes
    ``OrderIssued``. Refuses a closed incident, a vacant post, a body that was merged into another, no
    time at all, a second order for a step that has one this turn, and to cite a ``superior_order``
    that was withdrawn or answered for already. Clause 二(二)2.
    """
    demand_reach(actor, Permission.ISSUE_ORDER, incident)
    terms = Terms(
        text,
        acknowledge_within,
        finish_within,
        tuple(needs_proof),
        place,
        lon,
        lat,
        tuple(files),
        after,
    )
    demand_terms(terms)
    demand_standing([to_body or to_post.body])
    demand_staffed(to_post)
    row = locked_incident(actor, incident)
    demand_open(row)
    if after:
        demand_predecessor(after, row)
    _demand_cited(row, superior_order, replaces)
    run = run or (response.run if response else None)
    _demand_first(run, step, turn)
    body = to_body or to_post.body
    if kind == OrderKind.ORDER and body.pk in asked_among(row, [body], by_plan=bool(step)):
        kind = OrderKind.REQUEST
    order = order_of(actor, row, terms, to_post, body, number=last_number(row) + 1)
    order.response = response or (response_of_run(run.pk) if run else None)
    order.run, order.step, order.turn = run, step, turn
    order.kind, order.replaces = kind, replaces
    order.superior_order = superior_order
    order.action_plan = action_plan
    if replaces:
        _inherit(order, replaces)
    enclose(actor, row, files)
    give(row, [order])
    if order.action_plan:
        _let_read(order.action_plan, order.audience)
    if replaces:
        _take_the_place_of(replaces, order)
    return order


@action(Permission.ISSUE_ORDER)
def recall_order(
    actor: Actor, *, order: Order, reason: str, expected_version: int, idempotency_key: str = ""
) -> Order:
    """Take an order back; nobody owes it any more. Publishes ``OrderRecalled``.

    Refuses without a reason, and what is finished, recalled or replaced already. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ISSUE_ORDER, order.incident)
    demand_words(reason, field="reason", what=_("撤回原因"))
    ORDER_MOVES.check(order.state, OrderState.RECALLED)
    now = clock.now(actor.realm)
    order.change(
        expected_version=expected_version,
        state=OrderState.RECALLED,
        last_word=_("撤回：%(reason)s") % {"reason": reason[:200]},
    )
    stop_clocks(order)
    take_back_parts(actor, [order], reason)
    keep_note(actor, order, "recalled", reason, at=now)
    fact = OrderRecalled(
        subject_id=str(order.pk), number=order.number, to=name_of(order.to_post), reason=reason
    )
    happened(fact, incident=str(order.incident_id), audience=order.audience)
    return order


@action(Permission.ISSUE_ORDER)
def answer_counter_proposal(
    actor: Actor,
    *,
    order: Order,
    answer: CounterAnswer,
    reason: str,
    expected_version: int,
    text: str = "",
    to_post: Post | None = None,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> Order:
    """Answer a unit that cannot do it: replace the order by what it proposed, or insist.

    Publishes ``CounterProposalAnswered``, and ``OrderIssued`` for a replacement, which is
    returned and takes over the step. Refuses to insist without saying why, and on what was only
    asked for. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ISSUE_ORDER, order.incident)
    demand_insistable(order, answer)
    if order.state != OrderState.DECLINED:
        raise IllegalMove(
            _("%(order)s没有待答复的对案。") % {"order": order},
            remedy=_("请刷新后看最新状态。"),
        )
    if answer == CounterAnswer.INSISTED:
        demand_words(reason, field="reason", what=_("坚持原令的理由"))
        return _insist(actor, order, reason, expected_version, finish_within)
    new = text.strip() or order.counter_proposal.strip()
    demand_words(new, field="text", what=_("改令内容"))
    order.change(
        expected_version=expected_version,
        state=OrderState.REPLACED,
        counter_answer=answer,
        counter_reason=reason,
    )
    take_back_parts(actor, [order], reason)
    replacement = issue_order(
        actor,
        incident=order.incident.lives_in,
        to_post=to_post or order.to_post,
        to_body=to_post.body if to_post else order.to_body,
        text=new,
        finish_within=finish_within,
        needs_proof=order.needs_proof,
        response=order.response,
        run=order.run,
        step=order.step,
        turn=order.turn,
        kind=_kind_for(order, to_post.body if to_post else order.to_body),
        superior_order=order.superior_order,
        replaces=order,
        place=order.place,
        lon=order.lon,
        lat=order.lat,
        files=order.files,
        after=order.after if order.waits else None,
    )
    _answered(actor, order, reason, replacement.number)
    return replacement


@action(Permission.ISSUE_ORDER)
def amend_order(
    actor: Actor,
    *,
    order: Order,
    text: str,
    reason: str,
    expected_version: int,
    to_post: Post | None = None,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> Order:
    """Give an order in other words, or to another post (改令): the one before is void, its step goes on with the new.

    Without a new time the old deadline holds. What it was split into or handed on as is taken back.
    Publishes ``OrderReplaced`` and ``OrderIssued``; returns the new order. Refuses without words or a
    reason, what is finished or void, and whoever saw an older version. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ISSUE_ORDER, order.incident)
    demand_words(text, field="text", what=_("改令内容"))
    demand_words(reason, field="reason", what=_("改令原因"))
    post = to_post or order.to_post
    return replace_order(
        actor,
        order,
        expected_version=expected_version,
        to_post=post,
        to_body=to_post.body if to_post else order.to_body,
        text=text,
        reason=reason,
        finish_within=finish_within or time_left(order, clock.now(actor.realm)),
        needs_proof=order.needs_proof,
    )


def replace_order(
    actor: Actor,
    order: Order,
    *,
    expected_version: int | None = None,
    to_post: Post,
    to_body: Body,
    text: str,
    reason: str,
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    needs_proof: Sequence[str] = (),
) -> Order:
    """Give what was ordered to somebody else; the step's live order is the new one."""
    ORDER_MOVES.check(order.state, OrderState.REPLACED)
    order.change(
        expected_version=order.version if expected_version is None else expected_version,
        state=OrderState.REPLACED,
        last_word=_("改派%(to)s：%(reason)s")
        % {"to": name_of(to_post), "reason": reason[:150]},
    )
    stop_clocks(order)
    take_back_parts(actor, [order], reason)
    replacement = issue_order(
        actor,
        incident=order.incident.lives_in,
        to_post=to_post,
        to_body=to_body,
        text=text,
        acknowledge_within=acknowledge_within,
        finish_within=finish_within,
        needs_proof=needs_proof,
        response=order.response,
        run=order.run,
        step=order.step,
        turn=order.turn,
        kind=_kind_for(order, to_body),
        superior_order=order.superior_order,
        replaces=order,
        place=order.place,
        lon=order.lon,
        lat=order.lat,
        files=order.files,
        after=order.after if order.waits else None,
    )
    keep_note(actor, order, "replaced", order.last_word, at=clock.now(actor.realm))
    fact = OrderReplaced(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        replacement=replacement.number,
        given_to=name_of(to_post),
        reason=reason,
    )
    happened(fact, incident=str(order.incident_id), audience=order.audience)
    return replacement


def _kind_for(order: Order, body: Body) -> OrderKind:
    """What goes to another body: an order again, where the one before could only be asked."""
    moves = body.pk != order.to_body_id and is_asked(order.to_body, is_under=False)
    return OrderKind.ORDER if order.is_request and moves else OrderKind(order.kind)


def _insist(
    actor: Actor,
    order: Order,
    reason: str,
    expected_version: int,
    finish_within: timedelta | None,
) -> Order:
    """Begin anew with the same words: read back, accept, finish."""
    now = clock.now(actor.realm)
    demand_time(finish_within, field="finish_within", what=_("完成限时"))
    order.change(
        expected_version=expected_version,
        state=OrderState.ISSUED,
        counter_answer=CounterAnswer.INSISTED,
        counter_reason=reason,
        asked_at=now,
        acknowledge_by=now + max(order.acknowledge_by - order.asked_at, ACKNOWLEDGE_WITHIN / 2),
        **_time_to_finish(order, finish_within, now),
        read_back_at=None,
        rung=0,
        rung_post=None,
        last_word=_("坚持原令：%(reason)s") % {"reason": reason[:200]},
    )
    start_clocks(order)
    _answered(actor, order, reason, 0)
    return order


def _time_to_finish(order: Order, within: timedelta | None, now: datetime) -> dict[str, Any]:
    """By when, from now on; what still waits has the length that will run once it may begin."""
    if within is None:
        return {}
    return {"finish_within": within} if order.waits else {"finish_by": now + within}


def _answered(actor: Actor, order: Order, reason: str, replacement: int) -> None:
    answer = CounterAnswer(order.counter_answer)
    keep_note(actor, order, "answered", f"{answer.label}：{reason}", at=clock.now(actor.realm))
    fact = CounterProposalAnswered(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        answer=str(answer.label),
        reason=reason,
        replacement=replacement,
        acknowledge_by=order.acknowledge_by.isoformat(),
        finish_by=order.finish_by.isoformat() if order.finish_by else "",
    )
    happened(fact, incident=str(order.incident_id), audience=order.audience)


@action(Permission.CHECK_ORDER)
def check_order(
    actor: Actor,
    *,
    order: Order,
    expected_version: int,
    text: str = "",
    idempotency_key: str = "",
) -> Order:
    """See that what is reported as done is done. Publishes ``OrderChecked``.

    Refuses whoever carried it out, and what is not finished. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.CHECK_ORDER, order.incident)
    demand_other_hands(actor, order)
    ORDER_MOVES.check(order.state, OrderState.CHECKED)
    now = clock.now(actor.realm)
    order.change(expected_version=expected_version, state=OrderState.CHECKED, checked_at=now)
    keep_note(actor, order, "checked", text, at=now)
    fact = OrderChecked(
        subject_id=str(order.pk), number=order.number, to=name_of(order.to_post), text=text
    )
    happened(fact, incident=str(order.incident_id), audience=order.audience)
    return order


@action(Permission.CHECK_ORDER)
def return_order(
    actor: Actor,
    *,
    order: Order,
    reason: str,
    expected_version: int,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> Order:
    """Give back what is not done as it should be. Publishes ``OrderReturned``.

    Refuses without a reason, to whoever carried it out, and what is not finished. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.CHECK_ORDER, order.incident)
    demand_other_hands(actor, order)
    demand_words(reason, field="reason", what=_("退回原因"))
    ORDER_MOVES.check(order.state, OrderState.RETURNED)
    now = clock.now(actor.realm)
    demand_time(finish_within, field="finish_within", what=_("完成限时"))
    order.change(
        expected_version=expected_version,
        state=OrderState.RETURNED,
        asked_at=now,
        finish_by=now + finish_within if finish_within else order.finish_by,
        finished_at=None,
        last_word=_("退回：%(reason)s") % {"reason": reason[:200]},
    )
    start_clocks(order)
    keep_note(actor, order, "returned", reason, at=now)
    fact = OrderReturned(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        reason=reason,
        finish_by=order.finish_by.isoformat() if order.finish_by else "",
    )
    happened(fact, incident=str(order.incident_id), audience=order.audience)
    return order


def _inherit(order: Order, former: Order) -> None:
    """Bind an order that is not kept yet by what bound the one before it.

    Gates wait anew: whoever is below was told of other words.
    """
    order.action_plan = order.action_plan or former.action_plan
    order.dispatch, order.instruction = former.dispatch, former.instruction
    order.is_held = former.is_held
    order.part_of = former.part_of
    if order.part_of:
        order.audience = sorted({*order.audience, *order.part_of.audience})


def _take_the_place_of(former: Order, order: Order) -> None:
    """Have whatever followed the former order follow this one."""
    for operating in OperatingOrder.objects.filter(order=former):
        operating.change(
            expected_version=operating.version,
            order=order,
            confirmed_by="",
            confirmed_at=None,
            reached_otherwise="",
        )
    OperatingOrder.warnings.through.objects.filter(order=former).update(order=order)
    SharedStep.objects.filter(order=former).update(order=order)
    ConsultationItem.objects.filter(order=former).update(order=order)
    PlanTask.objects.filter(order=former).update(order=order)
    Order.objects.filter(after=former, released_at=None).update(after=order)


def _demand_cited(
    incident: Incident, cited: SuperiorOrder | None, replaces: Order | None
) -> None:
    """A superior's order is carried out where it was received, until it was answered for."""
    if cited is None or replaces:
        return
    if cited.incident.lives_in != incident:
        raise Missing(
            _("%(order)s不属于这个事件。") % {"order": cited}, remedy=_("请从事件室进入。")
        )
    demand_owed(cited)


def _let_read(plan: ActionPlan, scopes: Iterable[str]) -> None:
    """Whoever is ordered by a plan reads it; not a change anybody decides by."""
    seen = sorted({*plan.audience, *scopes})
    ActionPlan.objects.filter(pk=plan.pk).update(audience=seen)
    plan.audience = seen


def _demand_first(run: Run | None, step: str, turn: int) -> None:
    """A step has one order a turn that is not void; the incident's lock is held while this is asked."""
    if not (run and step):
        return
    void = sorted(cast("set[str]", {OrderState.RECALLED, OrderState.REPLACED}))
    mine = Order.objects.filter(run=run, step=step, turn=turn)
    earlier = mine.exclude(state__in=void).first()
    if earlier:
        raise IllegalMove(
            _("预案步骤“%(step)s”已下达%(order)s。") % {"step": step, "order": earlier},
            remedy=_("要改内容，请先撤回原令。"),
        )
