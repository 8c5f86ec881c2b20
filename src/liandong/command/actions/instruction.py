"""Writing down what leaders want done, having it done, and telling them what came of it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.giving import give, last_number, order_of
from liandong.command.events import (
    InstructionAnswered,
    InstructionOrdered,
    InstructionReadBack,
    InstructionRecorded,
    InstructionUrged,
)
from liandong.command.models import Incident, Instruction, Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import duty_leaders, name_of, staffed_addresses
from liandong.command.queries.request import asked_among
from liandong.command.rules.incident import demand_open
from liandong.command.rules.instruction import demand_carried_out, demand_due, next_urging
from liandong.command.rules.order import Terms, demand_standing, demand_told, demand_words
from liandong.command.states import (
    INSTRUCTION_MOVES,
    LIVE,
    InstructionChannel,
    InstructionState,
    OrderKind,
)
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Post

KIND = "command.instruction"
DUE = "command.instruction_due"


@action(Permission.RECORD_INSTRUCTION)
def record_instruction(
    actor: Actor,
    *,
    incident: Incident,
    leader: str,
    channel: InstructionChannel,
    words: str,
    told_at: datetime | None = None,
    read_back: str = "",
    to_posts: Sequence[Post] = (),
    due_at: datetime | None = None,
    idempotency_key: str = "",
) -> Instruction:
    """Write a leader's words down as they were said, with when, and order them of whoever they are for.

    What was spoken wants to be said back. Publishes ``InstructionRecorded``, ``InstructionReadBack``
    where it was at once, and for posts ``OrderIssued`` and ``InstructionOrdered``. Refuses without
    leader or words, a moment that lies ahead, an answer due in the past, and a closed incident.
    Clause 二(二)2.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.RECORD_INSTRUCTION, incident)
    now = clock.now(actor.realm)
    demand_words(leader, field="leader", what=_("批示人"))
    demand_words(words, field="words", what=_("批示原话"))
    demand_told(told_at, now)
    demand_due(due_at, now)
    row = locked_incident(actor, incident)
    demand_open(row)
    last = Instruction.objects.filter(incident=row).aggregate(last=Max("number"))["last"] or 0
    made = Instruction(
        realm=actor.realm,
        audience=sorted({"duty", f"incident:{row.pk}"}),
        incident=row,
        number=last + 1,
        leader=leader.strip(),
        channel=channel,
        words=words.strip(),
        told_at=told_at or now,
        taken_by=actor.label[:120],
        taken_at=now,
        read_back=read_back.strip(),
        read_back_at=now if read_back.strip() else None,
        due_at=due_at,
    )
    Instruction.objects.bulk_create([made])
    fact = InstructionRecorded(
        subject_id=str(made.pk),
        incident_id=str(row.pk),
        number=made.number,
        leader=made.leader,
        channel=str(InstructionChannel(channel).label),
        words=made.words,
        due_at=due_at.isoformat() if due_at else "",
    )
    happened(fact, incident=str(row.pk), audience=made.audience, told=told_at)
    if made.read_back:
        _said_back(made)
    if to_posts:
        _order(actor, row, made, to_posts, "")
    if due_at:
        _await(made, due_at)
    return made


@action(Permission.RECORD_INSTRUCTION)
def read_back_instruction(
    actor: Actor,
    *,
    instruction: Instruction,
    text: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Instruction:
    """Say what was spoken back to the leader. Publishes ``InstructionReadBack``.

    Refuses without words, what was said back before, and whoever saw an older version. Clause 二(二)2.
    """
    demand_realm(actor, instruction)
    demand_reach(actor, Permission.RECORD_INSTRUCTION, instruction.incident)
    demand_words(text, field="text", what=_("复述内容"))
    if not instruction.wants_read_back:
        raise IllegalMove(_("这条批示不用再复述。"), place=str(instruction))
    instruction.change(
        expected_version=expected_version,
        read_back=text.strip(),
        read_back_at=clock.now(actor.realm),
    )
    _said_back(instruction)
    return instruction


@action(Permission.RECORD_INSTRUCTION)
def order_instruction(
    actor: Actor,
    *,
    instruction: Instruction,
    to_posts: Sequence[Post],
    expected_version: int,
    text: str = "",
    idempotency_key: str = "",
) -> Instruction:
    """Have it done by somebody more, in the leader's words or in ours, by when the leader wants the answer.

    Publishes ``OrderIssued`` for each and ``InstructionOrdered``. Refuses nobody at all, what was
    answered, a closed incident, and whoever saw an older version. Clause 二(二)2.
    """
    demand_realm(actor, instruction)
    demand_reach(actor, Permission.RECORD_INSTRUCTION, instruction.incident)
    if not instruction.is_open or not to_posts:
        raise IllegalMove(
            _("批示已经反馈，或没有选承办单位。"),
            place=str(instruction),
            remedy=_("请选承办单位；已反馈的另下指令。"),
        )
    row = locked_incident(actor, instruction.incident.lives_in)
    demand_open(row)
    instruction.change(expected_version=expected_version)
    _order(actor, row, instruction, to_posts, text)
    return instruction


@action(Permission.RECORD_INSTRUCTION)
def answer_instruction(
    actor: Actor,
    *,
    instruction: Instruction,
    answer: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Instruction:
    """Tell the leader what came of it; nothing is urged any more. Publishes ``InstructionAnswered``.

    Refuses without words, while an order on it is owed, a second answer, and whoever saw an older
    version. Clause 二(二)2.
    """
    demand_realm(actor, instruction)
    demand_reach(actor, Permission.RECORD_INSTRUCTION, instruction.incident)
    demand_words(answer, field="answer", what=_("反馈内容"))
    INSTRUCTION_MOVES.check(instruction.state, InstructionState.ANSWERED)
    owed = Order.objects.filter(instruction=instruction, state__in=sorted(LIVE))
    demand_carried_out(instruction, list(owed.select_related("to_body").order_by("number")))
    instruction.change(
        expected_version=expected_version,
        state=InstructionState.ANSWERED,
        answer=answer.strip(),
        answered_by=actor.label[:120],
        answered_at=clock.now(actor.realm),
    )
    drop_timers(realm=actor.realm, subject_kind=KIND, subject_id=str(instruction.pk))
    fact = InstructionAnswered(
        subject_id=str(instruction.pk),
        number=instruction.number,
        leader=instruction.leader,
        answer=instruction.answer,
    )
    happened(fact, incident=str(instruction.incident_id), audience=instruction.audience)
    return instruction


@action(Permission.ESCALATE_ORDER)
def urge_instruction(
    actor: Actor, *, instruction: Instruction, idempotency_key: str = ""
) -> Instruction:
    """Remind the leader of the shift that an answer is owed, and come back until it is given.

    Publishes ``InstructionUrged``. Does nothing for what was answered meanwhile. Clause 二(二)2.
    """
    demand_realm(actor, instruction)
    held = Instruction.objects.select_for_update().get(pk=instruction.pk)
    if not held.is_open:
        return held
    now = clock.now(actor.realm)
    leaders = [one for one in duty_leaders() if not organization.is_vacant(one)]
    if not leaders:
        _await(held, next_urging(held, now))
        return held
    Instruction.objects.filter(pk=held.pk).update(urged=held.urged + 1)
    held.urged += 1
    sender = system_actor("timer", _("催办"), held.realm, Messaging.SEND_MESSAGE)
    send_message(
        sender,
        to_post=leaders[0],
        title=(_("待反馈：%(instruction)s") % {"instruction": held})[:200],
        text=held.words,
        subject_kind=KIND,
        subject_id=str(held.pk),
        incident=str(held.incident_id),
        audience=["duty", f"post:{leaders[0].pk}"],
        urgent=True,
        link=f"/command/instructions/{held.pk}/",
        idempotency_key=f"{held.pk}/{held.urged}",
    )
    _await(held, next_urging(held, now))
    fact = InstructionUrged(
        subject_id=str(held.pk),
        number=held.number,
        leader=held.leader,
        urged=held.urged,
        told=name_of(leaders[0]),
    )
    happened(fact, incident=str(held.incident_id), audience=held.audience)
    return held


def _order(
    actor: Actor, incident: Incident, instruction: Instruction, posts: Sequence[Post], text: str
) -> None:
    """Order what the leader wants of each post; an empty chair's goes to the next superior."""
    demand_standing(post.body for post in posts)
    words = text.strip() or _("落实%(leader)s批示：%(words)s") % {
        "leader": instruction.leader,
        "words": instruction.words,
    }
    addresses = staffed_addresses(list({post.pk: post for post in posts}.values()))
    asked = asked_among(incident, [one.body for one in addresses])
    orders = []
    for number, one in enumerate(addresses, last_number(incident) + 1):
        order = order_of(actor, incident, Terms(words), one.post, one.body, number=number)
        order.text = one.words(order.text)
        order.instruction = instruction
        order.finish_by = instruction.due_at
        order.kind = OrderKind.REQUEST if one.body.pk in asked else OrderKind.ORDER
        orders.append(order)
    give(incident, orders)
    fact = InstructionOrdered(
        subject_id=str(instruction.pk),
        number=instruction.number,
        leader=instruction.leader,
        orders=[one.number for one in orders],
        count=len(orders),
    )
    happened(fact, incident=str(incident.pk), audience=instruction.audience)


def _said_back(instruction: Instruction) -> None:
    fact = InstructionReadBack(
        subject_id=str(instruction.pk),
        number=instruction.number,
        leader=instruction.leader,
        text=instruction.read_back,
    )
    happened(fact, incident=str(instruction.incident_id), audience=instruction.audience)


def _await(instruction: Instruction, at: datetime) -> None:
    set_timer(
        DUE,
        realm=instruction.realm,
        due_at=at,
        subject_kind=KIND,
        subject_id=str(instruction.pk),
        incident=str(instruction.incident_id),
    )
