"""A headquarters: it asks, confers, decides, answers, checks and ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from liandong.command import actions as command
from liandong.command import queries
from liandong.command.models import Consultation, Incident, Order, Proposal
from liandong.command.queries.plan import plan_of
from liandong.command.rules.response import asked
from liandong.command.states import (
    ConsultationState,
    CounterAnswer,
    DecisionKind,
    DecisionState,
    OrderState,
    PrecautionState,
    ProposalState,
)
from liandong.demo.cast import at_post, of_hazard
from liandong.demo.stage import WITNESS, Habit, Reaction, Stage
from liandong.kernel.journal.reading import Told
from liandong.organization.queries import post_by_key
from liandong.plans import queries as plans
from liandong.plans.language import dictionary

ASKING = timedelta(minutes=3)
GATHERING = timedelta(minutes=4)
CONFERRING = timedelta(minutes=6)
SIGNING = timedelta(minutes=2)
WEIGHING = timedelta(minutes=6)
LOOKING = timedelta(minutes=10)
READING = timedelta(minutes=30)
DUTY_LEADER = "emergency.duty-leader"
COVERED = "预案各级响应已含这些措施，按研判结果部署，不另下达"


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How a headquarters goes about it: whom it calls and asks, what it says, when it is over.

    ``heard``: what the duty officer learns by ringing round. ``own_house``: bodies whose work the
    office's director answers for himself, so that somebody else checks it. ``allowed``: how long
    an order has that takes a counter-proposal's place; as long as it likes where None.
    """

    hazard: str
    office: str
    deputy: str
    own_house: frozenset[str]
    called: tuple[str, ...]
    place: str
    situation: str
    heard: Mapping[str, Any]
    heard_from: str
    matters: str
    measures: Mapping[DecisionKind, str]
    area: str
    taken: str
    allowed: timedelta | None
    clears_up: timedelta
    closing: str


@dataclass(frozen=True)
class Headquarters:
    """Duty officer, office and commanders of a special headquarters."""

    ways: Ways

    def take_places(self, stage: Stage) -> None:
        """Answer what falls to the headquarters."""
        habits: list[tuple[str, Habit]] = [
            ("command.level_proposed", self.ask),
            ("command.level_proposed", self.gather),
            ("command.consultation_opened", self.confer),
            ("command.consultation_closed", self.decide),
            ("command.decision_signed", self.sign),
            ("command.order_declined", self.weigh),
            ("command.order_finished", self.look),
            ("command.response_decided", self.clear_up),
            ("command.precaution_proposed", self.leave_to_plan),
        ]
        for name, habit in habits:
            stage.when(name, of_hazard(self.ways.hazard, habit))

    def ask(self, told: Told) -> Reaction | None:
        """Ring round for what the plan wants to know, when a proposal says what is open."""
        if not told.payload["open_facts"]:
            return None

        def deed() -> None:
            incident = queries.incident_for(WITNESS, told.incident)
            if not (fresh := _fresh(incident, self.ways.heard)):
                return
            command.record_incident_facts(
                at_post("emergency.duty-officer"),
                incident=incident,
                facts=fresh,
                source=self.ways.heard_from,
                idempotency_key=f"ask/{told.subject_id}",
            )

        return Reaction(ASKING, deed)

    def gather(self, told: Told) -> Reaction | None:
        """Call a consultation about a proposal that asks for a decision."""
        if told.payload["kind"] == DecisionKind.MAINTAIN:
            return None

        def deed() -> None:
            proposal = queries.proposal_for(WITNESS, told.subject_id)
            if proposal.state != ProposalState.OPEN or _are_conferring(proposal):
                return
            command.open_consultation(
                at_post(self.ways.office),
                incident=proposal.incident,
                attendees=[post_by_key(key) for key in self.ways.called],
                place=self.ways.place,
                idempotency_key=f"gather/{proposal.pk}",
            )

        return Reaction(GATHERING, deed)

    def confer(self, told: Told) -> Reaction:
        """Write the minutes and close."""

        def deed() -> None:
            office, consultation = (
                at_post(self.ways.office),
                queries.consultation_for(WITNESS, told.subject_id),
            )
            proposal = _open_proposal(consultation)
            finding = proposal.headline if proposal else "维持现状，继续监测"
            command.decide_item(
                office,
                consultation=consultation,
                decision="加密会商和报送",
                owner=post_by_key(self.ways.office),
                by="响应终止前",
                idempotency_key=f"item/{consultation.pk}",
            )
            consultation = command.record_minutes(
                office,
                consultation=consultation,
                situation=self.ways.situation,
                findings=finding,
                expected_version=consultation.version,
                idempotency_key=f"minutes/{consultation.pk}",
            )
            command.close_consultation(
                office,
                consultation=consultation,
                expected_version=consultation.version,
                idempotency_key=f"close/{consultation.pk}",
            )

        return Reaction(CONFERRING, deed)

    def decide(self, told: Told) -> Reaction:
        """Decide as proposed; whoever the plan names first speaks first."""

        def deed() -> None:
            consultation = queries.consultation_for(WITNESS, told.subject_id)
            proposal = _open_proposal(consultation)
            if proposal and proposal.kind != DecisionKind.MAINTAIN:
                _decide(self.ways, proposal, consultation)

        return Reaction(SIGNING, deed)

    def sign(self, told: Told) -> Reaction:
        """Whoever is still awaited signs as well."""

        def deed() -> None:
            decision = queries.decision_for(WITNESS, told.subject_id)
            if decision.state != DecisionState.PENDING:
                return
            signed = {key for one in decision.signatures for key in one["keys"]}
            for key in (*decision.asked["all_of"], *decision.asked["any_of"]):
                if key not in signed:
                    command.sign_decision(
                        at_post(key),
                        decision=decision,
                        expected_version=decision.version,
                        idempotency_key=f"sign/{decision.pk}/{key}",
                    )
                    return

        return Reaction(SIGNING, deed)

    def weigh(self, told: Told) -> Reaction:
        """Take a unit's counter-proposal."""

        def deed() -> None:
            order = queries.order_for(WITNESS, told.subject_id)
            if order.state != OrderState.DECLINED:
                return
            command.answer_counter_proposal(
                at_post(self.ways.office),
                order=order,
                answer=CounterAnswer.ACCEPTED,
                reason=self.ways.taken,
                finish_within=self.ways.allowed,
                expected_version=order.version,
                idempotency_key=f"weigh/{order.pk}",
            )

        return Reaction(WEIGHING, deed)

    def look(self, told: Told) -> Reaction:
        """See that what was reported as done is done."""

        def deed() -> None:
            order = queries.order_for(WITNESS, told.subject_id)
            if order.state == OrderState.FINISHED:
                command.check_order(
                    at_post(_checker(self.ways, order)),
                    order=order,
                    expected_version=order.version,
                    idempotency_key=f"check/{order.pk}",
                )

        return Reaction(LOOKING, deed)

    def leave_to_plan(self, told: Told) -> Reaction:
        """Order nothing for a warning by itself: the plan's levels have these measures."""

        def deed() -> None:
            precaution = queries.precaution_for(WITNESS, told.subject_id)
            if precaution.state == PrecautionState.PROPOSED:
                command.pass_over_precaution(
                    at_post(self.ways.office),
                    precaution=precaution,
                    reason=COVERED,
                    expected_version=precaution.version,
                    idempotency_key=f"leave/{precaution.pk}",
                )

        return Reaction(READING, deed)

    def clear_up(self, told: Told) -> Reaction | None:
        """After the end, when the last unit has reported: close the incident."""
        if told.payload["kind"] != DecisionKind.END:
            return None

        def deed() -> None:
            incident = queries.incident_for(WITNESS, told.incident)
            command.close_incident(
                at_post(self.ways.office),
                incident=incident,
                reason=self.ways.closing,
                expected_version=incident.version,
                idempotency_key=f"close/{incident.pk}",
            )

        return Reaction(self.ways.clears_up, deed)


def _fresh(incident: Incident, heard: Mapping[str, Any]) -> dict[str, Any]:
    """What of it nobody has said yet, or has said otherwise."""
    known = plans.facts_of("command.incident", str(incident.pk), realm=incident.realm)
    words = dictionary()
    return {
        name: value
        for name, value in heard.items()
        if name not in known or known[name].value != words[name].read(value)
    }


def _decide(ways: Ways, proposal: Proposal, consultation: Consultation) -> None:
    incident = queries.incident_for(WITNESS, proposal.incident_id)
    kind = DecisionKind(proposal.kind)
    needed = asked(plan_of(proposal.plan_version), kind, proposal.present, proposal.level)
    more: dict[str, Any] = {}
    if kind != DecisionKind.END:
        more = {
            "matters": f"{ways.matters}{proposal.get_level_display()}应急响应",
            "measures": ways.measures[kind],
            "expected_until": proposal.made_at + timedelta(days=2),
            "area": ways.area,
        }
    command.decide_response(
        at_post(needed.posts[0]),
        incident=incident,
        plan_version=proposal.plan_version,
        kind=kind,
        level=proposal.level,
        proposal=proposal,
        consultation=consultation,
        expected_version=incident.version,
        idempotency_key=f"decide/{proposal.pk}",
        **more,
    )


def _checker(ways: Ways, order: Order) -> str:
    """Whoever checks an order: nobody checks the work of his own house."""
    if order.to_post.key == ways.office:
        return DUTY_LEADER
    return ways.deputy if order.to_body.key in ways.own_house else ways.office


def _open_proposal(consultation: Consultation) -> Proposal | None:
    return next(iter(queries.open_proposals(consultation.incident)), None)


def _are_conferring(proposal: Proposal) -> bool:
    held = queries.visible_consultations(WITNESS).filter(incident=proposal.incident)
    return held.filter(state=ConsultationState.OPEN).exists()
