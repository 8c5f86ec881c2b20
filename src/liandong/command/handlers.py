"""What command does about warnings, readings, finished steps, its own orders, and the passing of time."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from liandong.command import queries
from liandong.command.actions import (
    call_follow_up,
    destroy_copies,
    end_precaution,
    issue_due_steps,
    note_delivery,
    open_incident,
    propose_level,
    propose_precaution,
    record_incident_facts,
    release_order,
    release_resources_in,
    release_resources_of,
    repeat_step,
    settle_task,
)
from liandong.command.actions.response import asked_of
from liandong.command.actions.special_period import BEGINS
from liandong.command.actions.turn import TURN_DUE
from liandong.command.events import (
    CounterProposalAnswered,
    DecisionSigned,
    DownstreamConfirmed,
    FactChosen,
    IncidentClosed,
    IncidentCorrected,
    IncidentOpened,
    OrderFinished,
    OrderIssued,
    OrderRecalled,
    OrderReleased,
    OrderReplaced,
    ReportFellDue,
    ResponseDecided,
    SpecialPeriodDeclared,
    SpecialPeriodLapsed,
    SpecialPeriodLifted,
    TaskSettled,
)
from liandong.command.models import Incident, Order
from liandong.command.permissions import Permission
from liandong.command.rules.incident import FAMILIES, NAMES, family
from liandong.command.rules.order import ACKNOWLEDGE_WITHIN
from liandong.command.rules.response import level_key
from liandong.command.states import DecisionState, OrderKind, OrderState, TaskKind
from liandong.kernel import clock
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.events import Cause, on
from liandong.kernel.timers import Due, set_timer, timer
from liandong.kernel.upkeep.erasing import PayloadErased
from liandong.messaging import queries as messaging
from liandong.messaging.actions import send_message
from liandong.messaging.events import MessageDelivered, MessageRead
from liandong.messaging.models import Message
from liandong.messaging.permissions import Permission as Messaging
from liandong.messaging.states import ReceiptState
from liandong.monitoring import queries as monitoring
from liandong.monitoring.events import (
    ThresholdCleared,
    ThresholdCrossed,
    WarningAdjusted,
    WarningIssued,
    WarningLifted,
)
from liandong.organization import queries as organization
from liandong.plans import queries as plans
from liandong.plans.events import (
    FactsRecorded,
    PlanAdopted,
    RunEnded,
    RunLevelChanged,
    RunReplanned,
    RunStarted,
    StepFellDue,
)
from liandong.plans.language import dictionary

KIND = "command.incident"
INFORM_DUE = "command.inform_due"
# As much of an incident's name as leaves room in the title of a message.
LONGEST_NAME = 120


@on(WarningIssued)
def answer_warning(fact: WarningIssued, cause: Cause) -> None:
    """Find the incident a warning belongs to, or open it; grade what is known, and lay measures before its office."""
    actor = _watch(cause)
    incident = queries.open_incident_of(cause.realm, family(fact.hazard))
    if incident is None and queries.incident_of_warning(cause.realm, fact.chain) is None:
        incident = _open(actor, fact, cause)
    if incident is not None:
        _grade(actor, incident, cause)
        _propose_measures(actor, incident, fact, cause)


@on(WarningAdjusted)
def follow_adjusted_warning(fact: WarningAdjusted, cause: Cause) -> None:
    """Grade anew when a warning becomes graver or milder, and lay the measures of its level before its office."""
    _grade_family(fact.hazard, cause)
    incident = queries.open_incident_of(cause.realm, family(fact.hazard))
    if incident is not None:
        _propose_measures(_watch(cause), incident, fact, cause)


@on(WarningLifted)
def follow_lifted_warning(fact: WarningLifted, cause: Cause) -> None:
    """Grade anew when a warning is lifted and end its measures; ending a response stays a decision of its own."""
    _grade_family(fact.hazard, cause)
    warning = fact.chain or fact.subject_id
    for one in (queries.proposed(cause.realm, warning), queries.adopted(cause.realm, warning)):
        if one is not None:
            key = f"{cause.key}/{one.pk}"
            end_precaution(_watch(cause), precaution=one, idempotency_key=key)


@on(ThresholdCrossed)
def follow_crossing(fact: ThresholdCrossed, cause: Cause) -> None:
    """Grade open incidents anew. Without a warning no incident is opened: people issue warnings."""
    _grade_family("11A", cause)


@on(ThresholdCleared)
def follow_clearing(fact: ThresholdCleared, cause: Cause) -> None:
    """Grade open incidents anew when a station has fallen."""
    _grade_family("11A", cause)


@on(IncidentOpened)
def grade_new_incident(fact: IncidentOpened, cause: Cause) -> None:
    """Grade an incident somebody entered by hand by what the gauges say already."""
    actor = _watch(cause)
    _grade(actor, queries.incident_for(actor, fact.subject_id), cause)


@on(FactsRecorded)
def grade_by_facts(fact: FactsRecorded, cause: Cause) -> None:
    """Grade anew when somebody has said what was not known, and order what waited for it."""
    if fact.kind == KIND:
        actor = _watch(cause)
        incident = queries.incident_for(actor, fact.subject_id)
        _propose(actor, incident, cause)
        _begin_due(incident, cause)


@on(FactChosen)
def grade_by_choice(fact: FactChosen, cause: Cause) -> None:
    """Grade anew by the value that somebody settled on, and order what waited for it."""
    actor = _watch(cause)
    incident = queries.incident_for(actor, fact.subject_id)
    _propose(actor, incident, cause)
    _begin_due(incident, cause)


@on(IncidentCorrected)
def grade_corrected_incident(fact: IncidentCorrected, cause: Cause) -> None:
    """Grade anew what turned out to be of another class."""
    if "hazard" in fact.changes:
        actor = _watch(cause)
        _grade(actor, queries.incident_for(actor, fact.subject_id), cause)


@timer(TURN_DUE)
def grade_as_time_passes(due: Due) -> None:
    """Grade anew when a time looked back on has run out or a period turns, and order what waited for it."""
    actor = _watch(due)
    incident = queries.incident_for(actor, due.subject_id)
    _propose(actor, incident, due)
    _begin_due(incident, due)


@on(PlanAdopted)
def grade_by_new_plan(fact: PlanAdopted, cause: Cause) -> None:
    """Grade open incidents by the version that holds from now on."""
    _grade_all(cause)


@on(SpecialPeriodDeclared)
def grade_by_declared_period(fact: SpecialPeriodDeclared, cause: Cause) -> None:
    """Grade open incidents by what holds now that a special period was declared."""
    _grade_all(cause)


@on(SpecialPeriodLifted)
def grade_by_lifted_period(fact: SpecialPeriodLifted, cause: Cause) -> None:
    """Grade open incidents without what a special period said."""
    _grade_all(cause)


@on(SpecialPeriodLapsed)
def grade_by_lapsed_period(fact: SpecialPeriodLapsed, cause: Cause) -> None:
    """Grade open incidents without what a special period said."""
    _grade_all(cause)


@timer(BEGINS)
def grade_by_begun_period(due: Due) -> None:
    """Grade open incidents by a special period that was declared for later and begins."""
    _grade_all(due)


@on(RunStarted)
def grade_by_started_plan(fact: RunStarted, cause: Cause) -> None:
    """Grade by the plans that look at the level of one that has begun."""
    _grade_lookers(fact.plan, cause)


@on(RunLevelChanged)
def grade_by_moved_plan(fact: RunLevelChanged, cause: Cause) -> None:
    """Grade by the plans that look at the level of one that goes on at another."""
    _grade_lookers(fact.plan, cause)


@on(RunEnded)
def grade_by_ended_plan(fact: RunEnded, cause: Cause) -> None:
    """Grade by the plans that look at the level of one that has ended."""
    _grade_lookers(fact.plan, cause)


@on(StepFellDue)
def call_repeated_step(fact: StepFellDue, cause: Cause) -> None:
    """What returns is due once more, unless it is owed already: a report, an order, a question."""
    if fact.do != "report":
        runner = _runner(cause)
        run = plans.run_visible(runner, fact.subject_id)
        repeat_step(runner, run=run, step=fact.step, idempotency_key=cause.key)
        return
    response = queries.response_of_run(fact.subject_id)
    if response is None or queries.owed_follow_ups(response):
        return
    actor = system_actor("run", "预案执行", cause.realm, Permission.CALL_REPORT)
    call_follow_up(actor, response=response, idempotency_key=cause.key)


@on(OrderFinished)
def order_next_steps(fact: OrderFinished, cause: Cause) -> None:
    """Give the orders that waited for this one, in every plan that it served."""
    for run in queries.runs_served(UUID(fact.subject_id)):
        issue_due_steps(_runner(cause), run=run, idempotency_key=f"{cause.key}/{run.pk}")


@on(TaskSettled)
def go_on_after_task(fact: TaskSettled, cause: Cause) -> None:
    """Begin what waited for a consultation, a decision, an answered call or another plan."""
    runner = _runner(cause)
    run = plans.run_visible(runner, fact.run)
    issue_due_steps(runner, run=run, idempotency_key=cause.key)


@on(RunReplanned)
def go_on_as_replanned(fact: RunReplanned, cause: Cause) -> None:
    """Begin what is due now that a step was added or is no longer waited for."""
    runner = _runner(cause)
    run = plans.run_visible(runner, fact.subject_id)
    if run.incident:
        issue_due_steps(runner, run=run, idempotency_key=cause.key)


@on(ResponseDecided)
def go_on_beside(fact: ResponseDecided, cause: Cause) -> None:
    """Begin in the other plans of the incident what waited for this one to be started."""
    _begin_due(queries.incident_for(_runner(cause), fact.incident_id), cause)


@on(OrderIssued)
def tell_unit(fact: OrderIssued, cause: Cause) -> None:
    """Tell whoever holds the post on every way known."""
    actor = system_actor("run", "指令送达", cause.realm, Messaging.SEND_MESSAGE)
    order = queries.order_for(actor, fact.subject_id)
    if order.state != OrderState.ISSUED or organization.is_vacant(order.to_post):
        return
    send_message(
        actor,
        to_post=order.to_post,
        title=f"{order.incident.title[:LONGEST_NAME]} {_named(order)}",
        text=f"{order.text}\n地点：{order.place}" if order.place else order.text,
        subject_kind="command.order",
        subject_id=str(order.pk),
        incident=cause.incident,
        audience=sorted(order.audience),
        urgent=True,
        link=f"/command/orders/{order.pk}/",
        idempotency_key=cause.key,
    )


@on(OrderFinished)
def begin_followers(fact: OrderFinished, cause: Cause) -> None:
    """Let begin what waited for an order that is finished, and tell the whole that its parts are done."""
    _release(fact.subject_id, cause)
    _free(fact.subject_id, "任务完成", cause)
    order = queries.order_for(_runner(cause), fact.subject_id)
    whole = order.part_of
    if (
        whole is None
        or not whole.is_live
        or organization.is_vacant(whole.to_post)
        or any(part.is_live for part in queries.parts_of(_runner(cause), whole))
    ):
        return
    actor = system_actor("run", "分办汇总", cause.realm, Messaging.SEND_MESSAGE)
    send_message(
        actor,
        to_post=whole.to_post,
        title=f"{whole}分办的都已完成，请汇总报完成"[:200],
        text=whole.text,
        subject_kind="command.order",
        subject_id=str(whole.pk),
        incident=cause.incident,
        audience=sorted(whole.audience),
        link=f"/command/orders/{whole.pk}/",
        idempotency_key=f"{cause.key}/whole",
    )


@on(OrderRecalled)
def begin_without(fact: OrderRecalled, cause: Cause) -> None:
    """What waited for an order that was taken back waits no longer, and what it had is free."""
    _release(fact.subject_id, cause)
    _free(fact.subject_id, "指令撤回", cause)


@on(OrderReplaced)
def free_replaced(fact: OrderReplaced, cause: Cause) -> None:
    """What an order had that was given in other words or to others is free: they ask for what they want."""
    _free(fact.subject_id, "已改令", cause)


@on(CounterProposalAnswered)
def free_declined(fact: CounterProposalAnswered, cause: Cause) -> None:
    """What an order had is free when another takes its place; insisted upon, it keeps it."""
    if fact.replacement:
        _free(fact.subject_id, "已改令", cause)


@on(IncidentClosed)
def free_at_the_end(fact: IncidentClosed, cause: Cause) -> None:
    """What was given to an incident that is over is free."""
    actor = system_actor("run", "力量放回", cause.realm, Permission.ASSIGN_RESOURCE)
    incident = queries.incident_for(actor, fact.subject_id)
    release_resources_in(actor, incident=incident, reason="事件结束", idempotency_key=cause.key)


@on(DownstreamConfirmed)
def tell_operator(fact: DownstreamConfirmed, cause: Cause) -> None:
    """Everybody downstream knows: tell the reservoir that it may go on."""
    _tell_begin(fact.order_id, cause)


@on(OrderReleased)
def tell_released(fact: OrderReleased, cause: Cause) -> None:
    """Tell the unit that it may begin."""
    _tell_begin(fact.subject_id, cause)


@on(MessageDelivered)
def note_shown_order(fact: MessageDelivered, cause: Cause) -> None:
    """An order stood on somebody's screen: it was delivered."""
    _note(fact.subject_id, f"站内消息已送到{fact.person}", cause)


@on(MessageRead)
def note_read_order(fact: MessageRead, cause: Cause) -> None:
    """Somebody read a message: its order was delivered, its call answered."""
    _note(fact.subject_id, f"{fact.person}已阅", cause)
    _answered(fact.subject_id, f"{fact.person}已应答", cause)


@on(ResponseDecided)
def inform_of_decision(fact: ResponseDecided, cause: Cause) -> None:
    """Tell those whom the plan wants to know, and by when they must."""
    actor = system_actor("run", "预案执行", cause.realm, Messaging.SEND_MESSAGE)
    decision = queries.decision_for(actor, fact.decision_id)
    plan = queries.plan_of(decision.plan_version)
    key = level_key(decision.level_after or decision.level_before)
    level = plan.levels.get(key) if key else None
    for at, inform in enumerate(level.informs if level else []):
        address = queries.staffed_address(inform.post)
        message = _inform(actor, address, decision.incident, fact, f"{cause.key}/{at}")
        if inform.within:
            set_timer(
                INFORM_DUE,
                realm=cause.realm,
                due_at=cause.at + inform.within,
                subject_kind="messaging.message",
                subject_id=str(message.pk),
                incident=fact.incident_id,
            )


@on(DecisionSigned)
def ask_those_awaited(fact: DecisionSigned, cause: Cause) -> None:
    """Tell each post that has yet to sign, or to consent, once."""
    actor = system_actor("run", "预案执行", cause.realm, Messaging.SEND_MESSAGE)
    decision = queries.decision_for(actor, fact.subject_id)
    signed = frozenset(key for one in decision.signatures for key in one["keys"])
    if decision.state != DecisionState.PENDING:
        return
    for at, key in enumerate(asked_of(decision).awaited(signed)):
        address = queries.staffed_address(key)
        told = messaging.visible_to(actor).filter(
            subject_kind="command.decision",
            subject_id=fact.subject_id,
            to_post=address.post,
        )
        if told.exists():
            continue
        wanted = "待同意" if key == decision.asked.get("consent") else "待会签"
        send_message(
            actor,
            to_post=address.post,
            title=f"{decision.incident.title[:LONGEST_NAME]}：{wanted}“{fact.text}”",
            text=address.words(f"{decision.matters}\n{decision.measures}".strip()),
            subject_kind="command.decision",
            subject_id=fact.subject_id,
            incident=fact.incident_id,
            audience=["duty"],
            urgent=True,
            link=f"/command/decisions/{fact.subject_id}/",
            idempotency_key=f"{cause.key}/{at}",
        )


@timer(INFORM_DUE)
def urge_informed(due: Due) -> None:
    """Nobody at the post has read in time what was decided: tell the next rung, and come back."""
    actor = system_actor("timer", "催办", due.realm, Messaging.SEND_MESSAGE)
    message = messaging.visible_to(actor).filter(pk=due.subject_id).first()
    if message is None or message.receipts.filter(state=ReceiptState.READ).exists():
        return
    rung = int(due.data.get("rung", 0))
    above = [
        one for one in queries.rungs(message.to_post)[1:] if not organization.is_vacant(one)
    ]
    if rung >= len(above):
        return
    send_message(
        actor,
        to_post=above[rung],
        title=f"告知超时：{message.title}"[:200],
        text=f"{queries.name_of(message.to_post)}还没有阅知。{message.text}",
        subject_kind=message.subject_kind,
        subject_id=message.subject_id,
        incident=due.incident,
        audience=["duty"],
        urgent=True,
        link=message.link,
        idempotency_key=due.key,
    )
    set_timer(
        INFORM_DUE,
        realm=due.realm,
        due_at=clock.now(due.realm) + ACKNOWLEDGE_WITHIN,
        subject_kind=due.subject_kind,
        subject_id=due.subject_id,
        incident=due.incident,
        data={"rung": rung + 1},
    )


@on(ReportFellDue)
def tell_desk_of_report(fact: ReportFellDue, cause: Cause) -> None:
    """Remind the leaders of the shift that a report's clock runs."""
    actor = system_actor("timer", "时钟", cause.realm, Messaging.SEND_MESSAGE)
    for at, post in enumerate(queries.duty_leaders()[:1]):
        if not organization.is_vacant(post):
            send_message(
                actor,
                to_post=post,
                title=f"应报：{fact.title}（{fact.channel}）→{fact.to}",
                text=fact.counted,
                subject_kind="command.report",
                subject_id=fact.subject_id,
                incident=cause.incident,
                audience=["duty"],
                link=f"/command/reports/{fact.subject_id}/",
                idempotency_key=f"{cause.key}/{at}",
            )


@on(PayloadErased)
def destroy_what_registers_keep(fact: PayloadErased, cause: Cause) -> None:
    """What was destroyed in the journal is destroyed where a register has the same words."""
    actor = system_actor("node", "依法销毁", cause.realm, Permission.DESTROY_COPIES)
    destroy_copies(actor, entry=UUID(fact.subject_id), idempotency_key=cause.key)


def _open(actor: Actor, fact: WarningIssued, cause: Cause) -> Incident:
    at = _moment(fact.published_at, cause.at)
    hazard = family(fact.hazard)[0]
    return open_incident(
        actor,
        title=f"{_where(fact)}{NAMES.get(hazard, fact.category)}",
        hazard=hazard,
        source=f"{fact.category}{fact.level}色预警",
        discovered_at=at,
        received_at=at,
        place=fact.scope[:300],
        townships=list(fact.areas),
        warning=fact.chain or fact.subject_id,
        idempotency_key=cause.key,
    )


def _where(fact: WarningIssued) -> str:
    """Name the place shortly: two townships by name, more by their number."""
    if len(fact.areas) > 2:
        return f"{fact.areas[0]}等{len(fact.areas)}个乡镇"
    return "、".join(fact.areas) or fact.scope[:20]


def _grade_family(hazard: str, cause: Cause) -> None:
    incident = queries.open_incident_of(cause.realm, family(hazard))
    if incident is not None:
        _grade(_watch(cause), incident, cause)


def _grade_lookers(plan: str, cause: Cause) -> None:
    """Grade open incidents anew where a plan in force looks at the level of this one."""
    if plans.is_looked_at(plan):
        _grade_all(cause)


def _grade_all(cause: Cause | Due) -> None:
    actor = _watch(cause)
    for incident in queries.open_incidents(cause.realm):
        _propose(actor, incident, cause)


def _grade(actor: Actor, incident: Incident, cause: Cause) -> None:
    """Record what the gauges know and the incident does not, then grade."""
    if incident.is_open and incident.hazard.startswith(FAMILIES["11A"]):
        _record_gauges(actor, incident, cause)
    _propose(actor, incident, cause)


def _record_gauges(actor: Actor, incident: Incident, cause: Cause) -> None:
    known = plans.facts_of(KIND, str(incident.pk), realm=cause.realm)
    fresh: dict[tuple[str, datetime], dict[str, Any]] = defaultdict(dict)
    for name, fact in monitoring.facts_now(cause.realm).items():
        if name not in known or known[name].value != dictionary()[name].read(fact.value):
            fresh[fact.source, fact.at][name] = fact.value
    for at, ((source, seen), facts) in enumerate(sorted(fresh.items())):
        _record(actor, incident, facts, source, seen, f"{cause.key}/{at}")


def _begin_due(incident: Incident, cause: Cause | Due) -> None:
    """Begin what is due now in the plans being carried out in an incident."""
    for run in plans.running_in(cause.realm, str(incident.pk)):
        if queries.steps_due(run, clock.now(cause.realm)):
            issue_due_steps(_runner(cause), run=run, idempotency_key=f"{cause.key}/{run.pk}")


def _propose_measures(
    actor: Actor, incident: Incident, fact: WarningIssued | WarningAdjusted, cause: Cause
) -> None:
    """Lay before the issuing body's office what the law wants at the warning's level."""
    version = queries.precaution_document()
    level = queries.precaution_level(version, fact.level) if version else None
    if version and level and incident.is_open:
        propose_precaution(
            actor,
            incident=incident,
            plan_version=version,
            warning=fact.chain or fact.subject_id,
            title=f"{fact.category}{fact.level}色预警",
            level=level,
            to=queries.office_for(fact.body_id, family(fact.hazard)),
            idempotency_key=f"{cause.key}/{incident.pk}",
        )


def _named(order: Order) -> str:
    """An order as its message calls it: what is no plain order says what it is."""
    return str(order) if order.kind == OrderKind.ORDER else f"{order}（{order.kind_label}）"


def _free(order_id: str, reason: str, cause: Cause) -> None:
    actor = system_actor("run", "力量放回", cause.realm, Permission.ASSIGN_RESOURCE)
    order = queries.order_for(actor, order_id)
    release_resources_of(actor, order=order, reason=reason, idempotency_key=f"{cause.key}/free")


def _tell_begin(order_id: str, cause: Cause) -> None:
    actor = system_actor("run", "指令送达", cause.realm, Messaging.SEND_MESSAGE)
    order = queries.order_for(actor, order_id)
    if not order.is_live or organization.is_vacant(order.to_post):
        return
    send_message(
        actor,
        to_post=order.to_post,
        title=f"{order}可以开始了"[:200],
        text=order.text,
        subject_kind="command.order",
        subject_id=str(order.pk),
        incident=cause.incident,
        audience=sorted(order.audience),
        urgent=True,
        link=f"/command/orders/{order.pk}/",
        idempotency_key=cause.key,
    )


def _release(order_id: str, cause: Cause) -> None:
    actor = system_actor("timer", "指令", cause.realm, Permission.ESCALATE_ORDER)
    for order in queries.followers_of(UUID(order_id)):
        release_order(actor, order=order, idempotency_key=f"{cause.key}/{order.pk}")


def _answered(message_id: str, how: str, cause: Cause) -> None:
    """Whoever reads a call has answered it."""
    actor = system_actor(
        "run", "叫应", cause.realm, Permission.ANSWER_TASK, Permission.NOTE_DELIVERY
    )
    message = messaging.visible_to(actor).filter(pk=message_id).first()
    if message is None or message.subject_kind != "command.task":
        return
    task = queries.task_for(actor, message.subject_id)
    if task.kind == TaskKind.CALL_OUT and task.is_open:
        settle_task(
            actor,
            task=task,
            outcome=how,
            expected_version=task.version,
            idempotency_key=cause.key,
        )


def _record(
    actor: Actor,
    incident: Incident,
    facts: Mapping[str, Any],
    source: str,
    seen: datetime,
    key: str,
) -> None:
    record_incident_facts(
        actor,
        incident=incident,
        facts=facts,
        source=source[:200],
        # A gauge's clock may be a little ahead of ours; what it says counts from now.
        observed_at=min(seen, clock.now(incident.realm)),
        idempotency_key=key,
    )


def _propose(actor: Actor, incident: Incident, cause: Cause | Due) -> None:
    if not incident.is_open:
        return
    for version in queries.plans_answering(incident, family(incident.hazard)):
        propose_level(
            actor,
            incident=incident,
            plan_version=version,
            idempotency_key=f"{cause.key}/{incident.pk}/{version.key}",
        )


def _note(message_id: str, how: str, cause: Cause) -> None:
    actor = system_actor("run", "指令送达", cause.realm, Permission.NOTE_DELIVERY)
    message = messaging.visible_to(actor).filter(pk=message_id).first()
    if message is None or message.subject_kind != "command.order":
        return
    order = queries.order_for(actor, message.subject_id)
    if order.state == OrderState.ISSUED:
        note_delivery(actor, order=order, how=how, idempotency_key=cause.key)


def _inform(
    actor: Actor, address: queries.Address, incident: Incident, fact: ResponseDecided, key: str
) -> Message:
    return send_message(
        actor,
        to_post=address.post,
        title=f"{incident.title[:LONGEST_NAME]}：决定{fact.text}",
        text=address.words(f"{fact.matters}\n{fact.measures}".strip()),
        subject_kind="command.response",
        subject_id=fact.subject_id,
        incident=str(incident.pk),
        audience=["duty"],
        urgent=True,
        link=f"/command/incidents/{incident.pk}/",
        idempotency_key=key,
    )


def _moment(text: str, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(text) if text else otherwise


def _runner(cause: Cause | Due) -> Actor:
    return system_actor("run", "预案执行", cause.realm, Permission.ISSUE_ORDER)


def _watch(cause: Cause | Due) -> Actor:
    return system_actor(
        "node",
        "系统研判",
        cause.realm,
        Permission.OPEN_INCIDENT,
        Permission.RECORD_FACTS,
        Permission.PROPOSE_LEVEL,
    )
