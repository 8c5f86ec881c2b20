"""What a unit says to its order, by its own hand or told by telephone and written down."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from liandong.command.actions.claims import demand_reach, demand_realm
from liandong.command.actions.giving import keep_note, stop_clocks
from liandong.command.events import (
    OrderAccepted,
    OrderDeclined,
    OrderDelivered,
    OrderFinished,
    OrderProgressed,
    OrderReadBack,
)
from liandong.command.models import Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.rules.order import (
    demand_amounts,
    demand_answerable,
    demand_begun,
    demand_parts_done,
    demand_proof,
    demand_words,
    is_own,
    matches,
)
from liandong.command.states import LIVE, ORDER_MOVES, OrderState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event
from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.wording import gettext as _


@action(Permission.NOTE_DELIVERY)
def note_delivery(
    actor: Actor,
    *,
    order: Order,
    how: str,
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Order:
    """Note that the order arrived: by telephone, by messenger, by a receipt. Publishes ``OrderDelivered``.

    Keeps the version, so that nobody who is answering just now is told that the order changed.
    Refuses what was delivered before. Clause 二(二)2.
    """
    demand_words(how, field="how", what=_("送达方式"))
    demand_realm(actor, order)
    demand_reach(actor, Permission.NOTE_DELIVERY, order.incident)
    now = clock.now(actor.realm)
    mine = Order.objects.filter(pk=order.pk, state=OrderState.ISSUED)
    if not mine.update(state=OrderState.DELIVERED, delivered_at=now, last_word=how[:300]):
        order.refresh_from_db()
        ORDER_MOVES.check(order.state, OrderState.DELIVERED)
    order.state, order.delivered_at = OrderState.DELIVERED, now
    keep_note(actor, order, "delivered", how, at=now, told=told)
    fact = OrderDelivered(
        subject_id=str(order.pk), number=order.number, to=name_of(order.to_post), how=how
    )
    _tell(order, fact, told)
    return order


@action(Permission.ANSWER_ORDER)
def read_back_order(
    actor: Actor,
    *,
    order: Order,
    text: str,
    expected_version: int,
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Order:
    """Say the order back, so that both know what was heard. Publishes ``OrderReadBack``.

    Whether it agrees is kept, not judged. Stops the ladder. Refuses a reading back without
    words, and anyone but the unit or the desk that writes for it. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ANSWER_ORDER, order.incident)
    demand_answerable(actor, order)
    demand_words(text, field="text", what=_("复诵内容"))
    ORDER_MOVES.check(order.state, OrderState.READ_BACK)
    now = clock.now(actor.realm)
    agrees = matches(order.text, text)
    order.change(
        expected_version=expected_version,
        state=OrderState.READ_BACK,
        delivered_at=order.delivered_at or now,
        read_back_at=now,
        read_back=text.strip(),
        read_back_matches=agrees,
        rung=0,
        rung_post=None,
        last_word=_("复诵无误") if agrees else _("复诵与原令有出入，请核对"),
    )
    stop_clocks(order, kind="command.acknowledge_due")
    keep_note(
        actor, order, "read_back", text, at=now, on_behalf=not is_own(actor, order), told=told
    )
    fact = OrderReadBack(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        text=text.strip(),
        matches=agrees,
    )
    _tell(order, fact, told)
    return order


@action(Permission.ANSWER_ORDER)
def accept_order(
    actor: Actor,
    *,
    order: Order,
    expected_version: int,
    text: str = "",
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Order:
    """Take the order upon the unit. Publishes ``OrderAccepted``.

    Refuses before it was read back, and anyone but the unit or the desk. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ANSWER_ORDER, order.incident)
    demand_answerable(actor, order)
    ORDER_MOVES.check(order.state, OrderState.ACCEPTED, remedy=_("请先复诵，再接受。"))
    now = clock.now(actor.realm)
    order.change(
        expected_version=expected_version,
        state=OrderState.ACCEPTED,
        accepted_at=now,
        last_word=text[:300] or _("已接受"),
    )
    keep_note(
        actor, order, "accepted", text, at=now, on_behalf=not is_own(actor, order), told=told
    )
    fact = OrderAccepted(
        subject_id=str(order.pk), number=order.number, to=name_of(order.to_post)
    )
    _tell(order, fact, told)
    return order


@action(Permission.ANSWER_ORDER)
def decline_order(
    actor: Actor,
    *,
    order: Order,
    reason: str,
    expected_version: int,
    counter_proposal: str = "",
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Order:
    """Say that it cannot be done, why, and what could. Publishes ``OrderDeclined``.

    Stops the clocks: now the headquarters has to answer. Refuses without a reason, and anyone
    but the unit or the desk. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ANSWER_ORDER, order.incident)
    demand_answerable(actor, order)
    demand_words(reason, field="reason", what=_("无法执行的原因"))
    ORDER_MOVES.check(order.state, OrderState.DECLINED)
    now = clock.now(actor.realm)
    order.change(
        expected_version=expected_version,
        state=OrderState.DECLINED,
        declined_at=now,
        declined_reason=reason.strip(),
        counter_proposal=counter_proposal.strip(),
        counter_answer="",
        counter_reason="",
        rung=0,
        rung_post=None,
        last_word=_("“%(reason)s”") % {"reason": reason.strip()[:200]},
    )
    stop_clocks(order)
    said = f"{reason.strip()} / {counter_proposal.strip()}"
    keep_note(
        actor, order, "declined", said, at=now, on_behalf=not is_own(actor, order), told=told
    )
    fact = OrderDeclined(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        reason=reason.strip(),
        counter_proposal=counter_proposal.strip() or _("无"),
    )
    _tell(order, fact, told)
    return order


@action(Permission.ANSWER_ORDER)
def report_progress(
    actor: Actor,
    *,
    order: Order,
    text: str,
    expected_version: int,
    files: Sequence[str] = (),
    amount: int | None = None,
    amount_of: int | None = None,
    unit: str = "",
    lon: Decimal | None = None,
    lat: Decimal | None = None,
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Order:
    """Tell how far it has come: in words, in figures (120 of 300 people), where, and with pictures.

    Publishes ``OrderProgressed``. Refuses before it was accepted and after it was finished, while it
    waits for another order, more done than there is, and anyone but the unit or the desk. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ANSWER_ORDER, order.incident)
    demand_answerable(actor, order)
    demand_words(text, field="text", what=_("进展情况"))
    ORDER_MOVES.check(order.state, OrderState.IN_PROGRESS)
    demand_begun(order)
    now = clock.now(actor.realm)
    figures = _figures(order, amount, amount_of, unit)
    order.change(
        expected_version=expected_version,
        state=OrderState.IN_PROGRESS,
        last_word=text.strip()[:300],
        **figures,
    )
    placed = _placed(lon, lat)
    behalf = not is_own(actor, order)
    keep_note(
        actor,
        order,
        "progress",
        text,
        at=now,
        files=files,
        on_behalf=behalf,
        told=told,
        **figures,
        **placed,
    )
    fact = OrderProgressed(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        text=text.strip(),
        files=len(files),
        amount=amount,
        amount_of=amount_of,
        unit=unit.strip(),
        lon=str(lon or ""),
        lat=str(lat or ""),
    )
    _tell(order, fact, told)
    return order


@action(Permission.ANSWER_ORDER)
def finish_order(
    actor: Actor,
    *,
    order: Order,
    text: str,
    expected_version: int,
    files: Sequence[str] = (),
    amount: int | None = None,
    amount_of: int | None = None,
    unit: str = "",
    lon: Decimal | None = None,
    lat: Decimal | None = None,
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Order:
    """Report that it is done. Publishes ``OrderFinished``, upon which waiting steps fall due.

    Proof handed in with earlier progress counts. Refuses without the proof that was asked for,
    before it was accepted, while it waits for another order or a part of it is owed, and anyone but
    the unit or the desk. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ANSWER_ORDER, order.incident)
    demand_answerable(actor, order)
    demand_words(text, field="text", what=_("完成情况"))
    ORDER_MOVES.check(order.state, OrderState.FINISHED)
    demand_begun(order)
    parts = Order.objects.filter(part_of=order, state__in=sorted(LIVE))
    demand_parts_done(order, list(parts.select_related("to_body").order_by("number")))
    earlier = [name for note in order.notes.exclude(files=[]) for name in note.files]
    is_placed = lon is not None or order.notes.filter(lon__isnull=False).exists()
    demand_proof(order, [*earlier, *files], is_placed=is_placed)
    now = clock.now(actor.realm)
    figures, placed = _figures(order, amount, amount_of, unit), _placed(lon, lat)
    order.change(
        expected_version=expected_version,
        state=OrderState.FINISHED,
        finished_at=now,
        rung=0,
        rung_post=None,
        last_word=text.strip()[:300],
        **figures,
    )
    stop_clocks(order)
    behalf = not is_own(actor, order)
    keep_note(
        actor,
        order,
        "finished",
        text,
        at=now,
        files=files,
        on_behalf=behalf,
        told=told,
        **figures,
        **placed,
    )
    fact = OrderFinished(
        subject_id=str(order.pk),
        incident_id=str(order.incident_id),
        number=order.number,
        to=name_of(order.to_post),
        text=text.strip(),
        files=len(files),
        step=order.step,
        run=str(order.run_id or ""),
    )
    _tell(order, fact, told)
    return order


def _figures(
    order: Order, amount: int | None, amount_of: int | None, unit: str
) -> dict[str, Any]:
    """Figures to keep; what is not said this time stays as it was said before."""
    demand_amounts(amount, amount_of)
    if amount is None:
        return {}
    whole = amount_of if amount_of is not None else order.amount_of
    demand_amounts(amount, whole)
    return {
        "amount": amount,
        "amount_of": whole,
        "unit": unit.strip()[:10] or order.unit,
    }


def _placed(lon: Decimal | None, lat: Decimal | None) -> dict[str, Decimal]:
    if lon is None or lat is None:
        return {}
    lon, lat = in_china(lon, lat, place=_("上报位置"))
    return {"lon": lon, "lat": lat}


def _tell(order: Order, fact: Event, told: datetime | None) -> None:
    happened(fact, incident=str(order.incident_id), audience=order.audience, told=told)
