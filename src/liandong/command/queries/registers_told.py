"""An incident's registers told again from the journal, entry by entry."""

from collections.abc import Callable
from typing import Any

from liandong.command.queries.registers import (
    DECIDED,
    ORDERED,
    SETTLED,
    WITHDRAWN,
    Registers,
    instant,
)
from liandong.command.states import (
    ActionPlanState,
    HouseholdState,
    InstructionState,
    MissingState,
    NilReturnState,
    PrecautionState,
    SpecialPeriodState,
    SuperiorOrderState,
)
from liandong.kernel.journal.reading import Told

ERASED = "（内容已依法销毁）"
NIL = {str(state): 0 for state in NilReturnState}


def said(one: Told, name: str) -> str:
    """What an entry says; or that it was destroyed."""
    return ERASED if one.erased else str(one.payload.get(name, ""))


class RegistersTold:
    """Changes registers by one entry after another, of an incident and of what was merged into it.

    ``home``: the incident; who is in overall command is told of it alone.
    """

    def __init__(self, home: str) -> None:
        self.home = home
        self.registers = Registers(
            evacuation={"households": 0, **{str(state): 0 for state in HouseholdState}}
        )
        self.resting: set[str] = set()
        self.households: dict[str, str] = {}
        self.returns: dict[str, str] = {}
        self.warnings: dict[str, str] = {}  # of each precaution
        self.plans: dict[str, str] = {}  # the incident of each action plan
        self.by_name: dict[str, Callable[[Told], None]] = {
            "field_party_signed_in": self._came,
            "field_people_rested": self._rested,
            "field_people_resumed": self._resumed,
            "field_people_signed_out": self._left,
            "field_post_closed": self._withdrawn_from_the_spot,
            "missing_person_reported": self._missed,
            "missing_person_settled": self._found,
            "missing_person_reopened": self._missed,
            "evacuation_listed": self._listed,
            "households_moved": self._moved,
            "resource_assigned": self._given,
            "resource_released": self._taken_back,
            "command_moved": self._commanded,
            "superior_order_received": self._told,
            "superior_order_reported": self._superior(SuperiorOrderState.REPORTED),
            "superior_order_withdrawn": self._superior(SuperiorOrderState.WITHDRAWN),
            "instruction_recorded": self._instructed,
            "instruction_answered": self._answered,
            "consultation_item_decided": self._decided,
            "consultation_item_ordered": self._item(ORDERED),
            "consultation_item_settled": self._item(SETTLED),
            "consultation_item_withdrawn": self._item(WITHDRAWN),
            "action_plan_drafted": self._drafted,
            "action_plan_submitted": self._plan(ActionPlanState.SUBMITTED),
            "action_plan_returned": self._plan(ActionPlanState.DRAFT),
            "action_plan_adopted": self._adopted,
            "operating_ordered": self._operated,
            "downstream_confirmed": self._confirmed,
            "special_period_declared": self._declared,
            "special_period_extended": self._extended,
            "special_period_lifted": self._period(SpecialPeriodState.LIFTED),
            "special_period_lapsed": self._period(SpecialPeriodState.LAPSED),
            "nil_round_asked": self._asked,
            "nil_return_answered": self._returned,
            "nil_round_missed": self._urged,
            "precaution_proposed": self._proposed,
            "precaution_adopted": self._taken,
            "precaution_passed_over": self._precaution(PrecautionState.PASSED_OVER),
            "precaution_ended": self._precaution(PrecautionState.ENDED),
            "route_drawn": self._drawn,
            "route_withdrawn": self._undrawn,
        }

    def take(self, one: Told) -> None:
        """Change the registers by what an entry tells; what stands in none of them changes nothing."""
        if handle := self.by_name.get(one.name.removeprefix("command.")):
            handle(one)

    def _came(self, one: Told) -> None:
        self._there(one)

    def _rested(self, one: Told) -> None:
        self.resting |= set(one.payload.get("people", ()))
        self._there(one)

    def _resumed(self, one: Told) -> None:
        self.resting -= set(one.payload.get("people", ()))
        self._there(one)

    def _left(self, one: Told) -> None:
        self._resumed(one)

    def _there(self, one: Told) -> None:
        spot = self.registers.on_the_spot
        spot["here"] = one.payload.get("there", spot["here"])
        spot["resting"] = len(self.resting)

    def _withdrawn_from_the_spot(self, one: Told) -> None:
        if one.incident == self.home:
            self.registers.on_the_spot = {"here": 0, "resting": 0}

    def _missed(self, one: Told) -> None:
        self.registers.missing[one.subject_id] = str(MissingState.MISSING)

    def _found(self, one: Told) -> None:
        self.registers.missing[one.subject_id] = one.payload.get("state", ERASED)

    def _listed(self, one: Told) -> None:
        sums = self.registers.evacuation
        sums["households"] += one.payload.get("households", 0)
        sums[HouseholdState.TO_MOVE] += one.payload.get("people", 0)

    def _moved(self, one: Told) -> None:
        sums, to = self.registers.evacuation, one.payload.get("state", "")
        sizes = one.payload.get("sizes", ())
        for key, people in zip(one.payload.get("households", ()), sizes, strict=False):
            sums[self.households.get(key, HouseholdState.TO_MOVE)] -= people
            sums[to] += people
            self.households[key] = to

    def _given(self, one: Told) -> None:
        self.registers.assignments[one.subject_id] = said(one, "title")

    def _taken_back(self, one: Told) -> None:
        self.registers.assignments.pop(one.subject_id, None)

    def _commanded(self, one: Told) -> None:
        if one.incident == self.home:
            told = {"command": said(one, "after"), "since": _moment(one, "starts_at")}
            self.registers.command_terms[one.payload.get("term_id", "")] = told

    def _told(self, one: Told) -> None:
        self.registers.superior_orders[one.subject_id] = {
            "number": one.payload.get("number", 0),
            "words": said(one, "words"),
            "state": str(SuperiorOrderState.OPEN),
            "finish_by": _moment(one, "finish_by"),
        }

    def _superior(self, state: SuperiorOrderState) -> Callable[[Told], None]:
        return self._becomes("superior_orders", state)

    def _instructed(self, one: Told) -> None:
        self.registers.instructions[one.subject_id] = {
            "number": one.payload.get("number", 0),
            "words": said(one, "words"),
            "state": str(InstructionState.OPEN),
            "due_at": _moment(one, "due_at"),
        }

    def _answered(self, one: Told) -> None:
        self._becomes("instructions", InstructionState.ANSWERED)(one)

    def _decided(self, one: Told) -> None:
        self.registers.items[_item_key(one)] = {
            "decision": said(one, "decision"),
            "state": DECIDED,
        }

    def _item(self, state: str) -> Callable[[Told], None]:
        def settle(one: Told) -> None:
            if item := self.registers.items.get(_item_key(one)):
                item["state"] = state

        return settle

    def _drafted(self, one: Told) -> None:
        self.plans[one.subject_id] = one.incident
        self.registers.action_plans[one.subject_id] = str(ActionPlanState.DRAFT)

    def _plan(self, state: ActionPlanState) -> Callable[[Told], None]:
        def become(one: Told) -> None:
            self.registers.action_plans[one.subject_id] = str(state)

        return become

    def _adopted(self, one: Told) -> None:
        plans = self.registers.action_plans
        for pk, state in plans.items():
            if state == ActionPlanState.IN_FORCE and self.plans.get(pk) == one.incident:
                plans[pk] = str(ActionPlanState.SUPERSEDED)
        plans[one.subject_id] = str(ActionPlanState.IN_FORCE)

    def _operated(self, one: Told) -> None:
        self.registers.operating_orders[one.subject_id] = {
            "reservoir": said(one, "reservoir"),
            "starts_at": _moment(one, "starts_at"),
            "confirmed": False,
        }

    def _confirmed(self, one: Told) -> None:
        if operating := self.registers.operating_orders.get(one.subject_id):
            operating["confirmed"] = True

    def _declared(self, one: Told) -> None:
        self.registers.special_periods[one.subject_id] = {
            "title": said(one, "title"),
            "state": str(SpecialPeriodState.IN_FORCE),
            "ends_at": _moment(one, "ends_at"),
        }

    def _extended(self, one: Told) -> None:
        if period := self.registers.special_periods.get(one.subject_id):
            period["ends_at"] = _moment(one, "ends_at")

    def _period(self, state: SpecialPeriodState) -> Callable[[Told], None]:
        return self._becomes("special_periods", state)

    def _asked(self, one: Told) -> None:
        count = one.payload.get("count", 0)
        self.registers.nil_rounds[one.subject_id] = {
            "due_at": _moment(one, "due_at"),
            "urged": False,
            **NIL,
            str(NilReturnState.AWAITED): count,
        }

    def _returned(self, one: Told) -> None:
        asked = self.registers.nil_rounds.get(one.payload.get("round_id", ""))
        if asked:
            asked[self.returns.get(one.subject_id, NilReturnState.AWAITED)] -= 1
            self.returns[one.subject_id] = one.payload["state"]
            asked[one.payload["state"]] += 1

    def _urged(self, one: Told) -> None:
        if asked := self.registers.nil_rounds.get(one.subject_id):
            asked["urged"] = True

    def _proposed(self, one: Told) -> None:
        self._supersede(one, PrecautionState.PROPOSED)
        self.warnings[one.subject_id] = one.payload.get("warning", "")
        self.registers.precautions[one.subject_id] = str(PrecautionState.PROPOSED)

    def _taken(self, one: Told) -> None:
        self._supersede(one, PrecautionState.ADOPTED)
        self.registers.precautions[one.subject_id] = str(PrecautionState.ADOPTED)

    def _supersede(self, one: Told, state: PrecautionState) -> None:
        """What waited, or was done, for the same warning gives way without a word of its own."""
        for pk, stands in self.registers.precautions.items():
            if stands == state and self.warnings.get(pk) == one.payload.get("warning"):
                self.registers.precautions[pk] = str(PrecautionState.SUPERSEDED)

    def _precaution(self, state: PrecautionState) -> Callable[[Told], None]:
        def become(one: Told) -> None:
            self.registers.precautions[one.subject_id] = str(state)

        return become

    def _drawn(self, one: Told) -> None:
        self.registers.routes[one.subject_id] = said(one, "title")

    def _undrawn(self, one: Told) -> None:
        self.registers.routes.pop(one.subject_id, None)

    def _becomes(self, register: str, state: str) -> Callable[[Told], None]:
        def become(one: Told) -> None:
            rows: dict[str, dict[str, Any]] = getattr(self.registers, register)
            if row := rows.get(one.subject_id):
                row["state"] = str(state)

        return become


def _item_key(one: Told) -> str:
    return f"{one.subject_id}/{one.payload.get('item', 0)}"


def _moment(one: Told, name: str) -> str:
    return instant(one.payload.get(name))
