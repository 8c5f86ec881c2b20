"""An incident's registers: people on the spot, missing, leaving; what is out, told, owed and decided.

As they stand in the tables, and told again from the journal. Both count alike, also when what an entry
said of somebody was destroyed: the warrant keeps its numbers (``Event.stays``).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from liandong.command.models import CommandTerm, ConsultationItem, Incident
from liandong.command.queries.action_plan import visible_action_plans
from liandong.command.queries.assignment import visible_assignments
from liandong.command.queries.evacuation import moving
from liandong.command.queries.field_people import people_there
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.incident import within
from liandong.command.queries.instruction import visible_instructions
from liandong.command.queries.missing_person import visible_missing_people
from liandong.command.queries.nil_round import visible_nil_returns, visible_nil_rounds
from liandong.command.queries.operating_order import visible_operating_orders
from liandong.command.queries.precaution import visible_precautions
from liandong.command.queries.response import visible_consultations
from liandong.command.queries.route import visible_routes
from liandong.command.queries.special_period import visible_special_periods
from liandong.command.queries.superior_order import visible_superior_orders
from liandong.command.states import (
    AssignmentState,
    FieldPresenceState,
    HouseholdState,
    NilReturnState,
    RouteState,
)
from liandong.kernel.actors import Actor
from liandong.kernel.wording import recorded

# How an item a consultation decided stands.
DECIDED, ORDERED, SETTLED, WITHDRAWN = "open", "ordered", "settled", "withdrawn"


@dataclass
class Registers:
    """What the room shows besides orders and reports, as plain data, by the ids of what it is about.

    Items of consultations are keyed ``consultation/number``. Moments are ISO 8601 in UTC.
    """

    on_the_spot: dict[str, int] = field(default_factory=lambda: {"here": 0, "resting": 0})
    missing: dict[str, str] = field(default_factory=dict)
    evacuation: dict[str, int] = field(default_factory=dict)
    assignments: dict[str, str] = field(default_factory=dict)
    command_terms: dict[str, dict[str, str]] = field(default_factory=dict)
    superior_orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    instructions: dict[str, dict[str, Any]] = field(default_factory=dict)
    items: dict[str, dict[str, str]] = field(default_factory=dict)
    action_plans: dict[str, str] = field(default_factory=dict)
    operating_orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    special_periods: dict[str, dict[str, str]] = field(default_factory=dict)
    nil_rounds: dict[str, dict[str, Any]] = field(default_factory=dict)
    precautions: dict[str, str] = field(default_factory=dict)
    routes: dict[str, str] = field(default_factory=dict)


def instant(at: datetime | str | None) -> str:
    """A moment as both ways of telling write it; blank for none."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(UTC).isoformat()


def registers_now(actor: Actor, incident: Incident) -> Registers:
    """The registers as the tables have them, with those of what was merged into the incident."""
    here = within(incident)
    with recorded():
        return Registers(
            on_the_spot=_on_the_spot(incident),
            missing={
                str(one.pk): one.state for one in visible_missing_people(actor).filter(here)
            },
            evacuation=_moving(incident),
            assignments={
                str(one.pk): one.name
                for one in visible_assignments(actor).filter(
                    here, state=AssignmentState.ASSIGNED
                )
            },
            command_terms={
                str(one.pk): {"command": str(one), "since": instant(one.starts_at)}
                for one in CommandTerm.objects.filter(incident=incident)
            },
            superior_orders={
                str(one.pk): {
                    "number": one.number,
                    "words": one.words,
                    "state": one.state,
                    "finish_by": instant(one.finish_by),
                }
                for one in visible_superior_orders(actor).filter(here)
            },
            instructions={
                str(one.pk): {
                    "number": one.number,
                    "words": one.words,
                    "state": one.state,
                    "due_at": instant(one.due_at),
                }
                for one in visible_instructions(actor).filter(here)
            },
            items=_items(actor, incident),
            action_plans={
                str(one.pk): one.state for one in visible_action_plans(actor).filter(here)
            },
            operating_orders={
                str(one.pk): {
                    "reservoir": one.reservoir,
                    "starts_at": instant(one.starts_at),
                    "confirmed": one.confirmed_at is not None,
                }
                for one in visible_operating_orders(actor).filter(
                    Q(order__incident=incident) | Q(order__incident__merged_into=incident)
                )
            },
            special_periods={
                str(one.pk): {
                    "title": str(one),
                    "state": one.state,
                    "ends_at": instant(one.ends_at),
                }
                for one in visible_special_periods(actor).filter(here)
            },
            nil_rounds=_nil_rounds(actor, incident),
            precautions={
                str(one.pk): one.state for one in visible_precautions(actor).filter(here)
            },
            routes={
                str(one.pk): one.name
                for one in visible_routes(actor).filter(here, state=RouteState.DRAWN)
            },
        )


def _on_the_spot(incident: Incident) -> dict[str, int]:
    post = standing_field_post(incident)
    there = people_there(post).order_by().values_list("state", flat=True) if post else ()
    states = Counter(there)
    return {"here": states.total(), "resting": states[FieldPresenceState.RESTING]}


def _moving(incident: Incident) -> dict[str, int]:
    sums = moving(incident)[0]
    found = {"households": sums.households}
    return found | {str(state): getattr(sums, state) for state in HouseholdState}


def _items(actor: Actor, incident: Incident) -> dict[str, dict[str, str]]:
    consultations = visible_consultations(actor).filter(within(incident)).order_by()
    rows = ConsultationItem.objects.filter(consultation__in=consultations.values("pk"))
    return {
        f"{one.consultation_id}/{one.number}": {
            "decision": one.decision,
            "state": _item_state(one),
        }
        for one in rows
    }


def _item_state(one: ConsultationItem) -> str:
    if one.withdrawn_reason:
        return WITHDRAWN
    if one.order_id:
        return ORDERED
    return SETTLED if one.settled_at else DECIDED


def _nil_rounds(actor: Actor, incident: Incident) -> dict[str, dict[str, Any]]:
    rounds = list(visible_nil_rounds(actor).filter(within(incident)))
    answers: dict[str, Counter[str]] = {str(one.pk): Counter() for one in rounds}
    told = visible_nil_returns(actor).filter(round__in=rounds).order_by()
    for pk, state in told.values_list("round", "state"):
        answers[str(pk)][state] += 1
    return {
        str(one.pk): {
            "due_at": instant(one.due_at),
            "urged": one.overdue_at is not None,
            **{str(state): answers[str(one.pk)][state] for state in NilReturnState},
        }
        for one in rounds
    }
