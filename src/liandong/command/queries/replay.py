"""An incident's room as it stood at a moment, told again from the journal alone; and as it stands now.

Both say the same in the same form, so that one can be held against the other. What was destroyed
by law (《突发事件应对法》第85条) is said to be so; that it happened, and what became of it, stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from liandong.command.models import Incident
from liandong.command.queries.action_plan import action_plan_in_force
from liandong.command.queries.choice import DERIVED, choices_of
from liandong.command.queries.command_term import command_words, standing_term
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.incident import within
from liandong.command.queries.order import visible_orders
from liandong.command.queries.registers import Registers, instant, registers_now
from liandong.command.queries.registers_told import RegistersTold
from liandong.command.queries.registers_told import said as _said
from liandong.command.queries.report import reports_of
from liandong.command.queries.response import (
    active_responses,
    visible_consultations,
    visible_proposals,
)
from liandong.command.states import (
    CommandLevel,
    ConsultationState,
    CounterAnswer,
    DecisionKind,
    IncidentState,
    OrderState,
    ReportState,
    Severity,
)
from liandong.kernel.actors import Actor
from liandong.kernel.journal.models import Link
from liandong.kernel.journal.reading import Told, kept_of, readable, tell
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.plans import queries as plans
from liandong.plans.language import dictionary, fact_named

KIND = "command.incident"


@dataclass
class Room:
    """What the room shows, as plain data. Keys of the parts are the ids of what they are about."""

    number: str = ""
    title: str = ""
    state: str = str(IncidentState.OPEN)
    severity: str = ""
    command: str = ""
    responses: dict[str, str] = field(default_factory=dict)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    proposals: dict[str, str] = field(default_factory=dict)
    reports: dict[str, dict[str, str]] = field(default_factory=dict)
    consultations: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    field_post: str = ""
    action_plan: str = ""
    registers: Registers = field(default_factory=Registers)

    def receive(self, merged: "Room") -> None:
        """Show what an incident that was merged into this one holds; its facts were told here anew."""
        self.orders |= merged.orders
        self.reports |= merged.reports
        self.consultations |= merged.consultations


@dataclass
class Replayed:
    """A room told again up to a place of the journal; ``place`` is blank before its first entry."""

    place: str
    at: datetime | None
    room: Room


def replay(
    actor: Actor,
    incident: Incident,
    *,
    until: datetime | None = None,
    position: int | None = None,
) -> Replayed:
    """Tell an incident again as far as the actor may see it, up to a moment, a position, or now.

    With what had been merged into it by then.
    """
    links = readable(actor).select_related("entry__payload").order_by("position")
    if until is not None:
        links = links.filter(entry__at__lte=until)
    if position is not None:
        links = links.filter(position__lte=position)
    home, *others = kin = _kin(links, str(incident.pk))
    folds = {pk: _Fold(_blank()) for pk in kin}
    found = Replayed("", None, folds[home].room)
    registers = RegistersTold(home)
    mine = links.filter(entry__incident__in=kin)
    kept = kept_of(mine)
    for told in map(tell, mine.iterator()):
        one = replace(told, payload=kept.get(told.id, {})) if told.erased else told
        folds[one.incident].take(one)
        registers.take(one)
        found.place, found.at = one.place, one.at
    for pk in others:
        found.room.receive(folds[pk].room)
    found.room.registers = registers.registers
    return found


def _kin(links: QuerySet[Link], home: str) -> list[str]:
    """The incident, and those that were merged into it, however indirectly."""
    kin = [home]
    for pk in kin:  # which grows as it is walked along
        merged = links.filter(entry__incident=pk, entry__name="command.incident_received")
        kin += [said for one in map(tell, merged) if (said := one.payload.get("from_id"))]
    return kin


def _blank() -> Room:
    with recorded():
        return Room(severity=_("未定"), command=str(CommandLevel.COUNTY.label))


def room_now(actor: Actor, incident: Incident) -> Room:
    """The same of an incident as it stands, read from its tables as the room's page reads them."""
    with recorded():
        severity = Severity(incident.severity).label if incident.severity else _("未定")
        command = command_words(standing_term(incident))
    latest = visible_proposals(actor).filter(incident=incident).order_by("plan", "-ordinal")
    post = standing_field_post(incident)
    return Room(
        number=incident.number,
        title=incident.title,
        state=incident.state,
        severity=str(severity),
        command=command,
        responses={str(one.pk): one.level for one in active_responses(incident)},
        orders={
            str(one.pk): {
                "number": one.number,
                "text": one.text,
                "state": one.state,
                "acknowledge_by": instant(one.acknowledge_by),
                "finish_by": instant(one.finish_by),
            }
            for one in visible_orders(actor).filter(within(incident))
        },
        proposals={one.plan: one.headline for one in latest.distinct("plan")},
        reports={
            str(one.pk): {
                "title": one.title,
                "state": one.state,
                "due_at": instant(one.due_at),
            }
            for one in reports_of(actor, incident)
        },
        consultations={
            str(one.pk): one.state
            for one in visible_consultations(actor).filter(within(incident))
        },
        facts=_facts_now(actor, incident),
        settled=_settled_now(incident),
        field_post=post.name if post else "",
        action_plan=_plan_now(incident),
        registers=registers_now(actor, incident),
    )


def _facts_now(actor: Actor, incident: Incident) -> dict[str, str]:
    told: dict[str, Any] = {}
    for row in plans.facts_told(actor, KIND, str(incident.pk)):
        told.setdefault(row.name, row.value)
    return {name: _written(value) for name, value in told.items() if value is not None}


def _written(value: object) -> str:
    """A value as the journal writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plan_now(incident: Incident) -> str:
    plan = action_plan_in_force(incident)
    with recorded():
        return str(plan) if plan else ""


def _settled_now(incident: Incident) -> dict[str, str]:
    """What people settled on; the sum that follows from two of them is told by those."""
    chosen = [one for one in choices_of([incident.pk]) if one.name != DERIVED]
    with recorded():
        return {
            one.name: fact.show(fact.read(one.value))
            for one in chosen
            if (fact := fact_named(one.name, dictionary(), {}))
        }


AFTER: dict[str, OrderState] = {
    "order_read_back": OrderState.READ_BACK,
    "order_accepted": OrderState.ACCEPTED,
    "order_declined": OrderState.DECLINED,
    "order_progressed": OrderState.IN_PROGRESS,
    "order_finished": OrderState.FINISHED,
    "order_checked": OrderState.CHECKED,
    "order_returned": OrderState.RETURNED,
    "order_recalled": OrderState.RECALLED,
    "order_replaced": OrderState.REPLACED,
}
REPORT_AFTER: dict[str, ReportState] = {
    "report_drafted": ReportState.DRAFTED,
    "report_sent": ReportState.SENT,
    "report_waived": ReportState.WAIVED,
    "report_deadline_passed": ReportState.OVERDUE,
}


class _Fold:
    """Changes a room by one entry after another."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.seen: dict[str, str] = {}  # of each fact, when what counts was observed
        self.by_name: dict[str, Callable[[Told], None]] = {
            "command.incident_opened": self._opened,
            "command.incident_closed": self._closed,
            "command.incident_corrected": self._corrected,
            "command.incident_merged": self._merged,
            "command.incident_divided": self._divided,
            "command.fact_chosen": self._settled,
            "command.order_moved": self._order_moved,
            "command.severity_set": self._graded,
            "command.command_moved": self._moved,
            "command.response_decided": self._decided,
            "command.level_proposed": self._proposed,
            "command.order_issued": self._issued,
            "command.order_delivered": self._delivered,
            "command.counter_proposal_answered": self._answered,
            "command.order_released": self._timed,
            "command.report_fell_due": self._fell_due,
            "command.report_hastened": self._recounted,
            "command.report_recounted": self._recounted,
            "command.consultation_opened": self._consulted,
            "command.consultation_closed": self._consulted,
            "command.field_post_opened": self._field,
            "command.field_post_expanded": self._field,
            "command.field_post_closed": self._field,
            "command.action_plan_adopted": self._planned,
            "plans.facts_recorded": self._facts,
        }

    def take(self, one: Told) -> None:
        """Change the room by what an entry tells; what shows in no part of it changes nothing."""
        name = one.name.removeprefix("command.")
        if name in AFTER:
            self._order(one, AFTER[name])
            self._timed(one)
        elif name in REPORT_AFTER:
            self._report(one, REPORT_AFTER[name])
        elif handle := self.by_name.get(one.name):
            handle(one)

    def _opened(self, one: Told) -> None:
        self.room.number, self.room.title = _said(one, "number"), _said(one, "title")

    def _closed(self, _one: Told) -> None:
        self.room.state = str(IncidentState.CLOSED)

    def _corrected(self, one: Told) -> None:
        self.room.title = _said(one, "title")

    def _merged(self, _one: Told) -> None:
        self.room.state = str(IncidentState.MERGED)

    def _divided(self, one: Told) -> None:
        for name in one.payload.get("figures", ()):
            self.room.settled.pop(name, None)

    def _settled(self, one: Told) -> None:
        if not one.erased:
            self.room.settled[one.payload["figure"]] = one.payload["value"]

    def _order_moved(self, one: Told) -> None:
        # Told in the room it left, and in the one it came to.
        if self.room.orders.pop(one.subject_id, None) is None:
            self._issued(one)
            self.room.orders[one.subject_id]["state"] = _said(one, "state")

    def _graded(self, one: Told) -> None:
        self.room.severity = _said(one, "after")

    def _moved(self, one: Told) -> None:
        self.room.command = _said(one, "after")

    def _decided(self, one: Told) -> None:
        kind = one.payload.get("kind")
        if kind == DecisionKind.END:
            self.room.responses.pop(one.subject_id, None)
        elif kind != DecisionKind.MAINTAIN:
            self.room.responses[one.subject_id] = _said(one, "level_after")

    def _proposed(self, one: Told) -> None:
        if not one.erased:
            self.room.proposals[one.payload["plan"]] = one.payload["headline"]

    def _issued(self, one: Told) -> None:
        self.room.orders[one.subject_id] = {
            "number": one.payload.get("number", 0),
            "text": _said(one, "text"),
            "state": str(OrderState.ISSUED),
            "acknowledge_by": instant(one.payload.get("acknowledge_by")),
            "finish_by": instant(one.payload.get("finish_by")),
        }

    def _delivered(self, one: Told) -> None:
        order = self.room.orders.get(one.subject_id)
        if order and order["state"] == OrderState.ISSUED:
            order["state"] = str(OrderState.DELIVERED)

    def _answered(self, one: Told) -> None:
        with recorded():
            insisted = one.payload.get("answer") == str(CounterAnswer.INSISTED.label)
        self._order(one, OrderState.ISSUED if insisted else OrderState.REPLACED)
        self._timed(one)

    def _order(self, one: Told, state: OrderState) -> None:
        if order := self.room.orders.get(one.subject_id):
            order["state"] = str(state)

    def _timed(self, one: Told) -> None:
        """Answered, sent back or begun anew, an order has other deadlines; what says none changes none."""
        if order := self.room.orders.get(one.subject_id):
            for name in ("acknowledge_by", "finish_by"):
                if name in one.payload:
                    order[name] = instant(one.payload[name])

    def _recounted(self, one: Told) -> None:
        if report := self.room.reports.get(one.subject_id):
            report["due_at"] = instant(one.payload.get("due_at"))

    def _fell_due(self, one: Told) -> None:
        self.room.reports[one.subject_id] = {
            "title": _said(one, "title"),
            "state": str(ReportState.DUE),
            "due_at": instant(one.payload.get("due_at")),
        }

    def _report(self, one: Told, state: ReportState) -> None:
        report = self.room.reports.get(one.subject_id)
        # What was missed is still owed, however it is worked on.
        missed = report and report["state"] == ReportState.OVERDUE
        if report and not (missed and state == ReportState.DRAFTED):
            report["state"] = str(state)

    def _consulted(self, one: Told) -> None:
        over = one.name.endswith("closed")
        state = ConsultationState.CLOSED if over else ConsultationState.OPEN
        self.room.consultations[one.subject_id] = str(state)

    def _planned(self, one: Told) -> None:
        self.room.action_plan = _said(one, "title")

    def _field(self, one: Told) -> None:
        self.room.field_post = "" if one.name.endswith("closed") else _said(one, "title")

    def _facts(self, one: Told) -> None:
        if one.payload.get("kind") != KIND:
            return
        at = one.payload["observed_at"]
        for name, value in one.payload["facts"].items():
            if datetime.fromisoformat(at) < datetime.fromisoformat(self.seen.get(name, at)):
                continue
            self.seen[name] = at
            self.room.facts.pop(name, None)
            if value:
                self.room.facts[name] = value
