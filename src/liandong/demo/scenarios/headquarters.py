"""The headquarters: it asks, confers, decides, answers, checks and ends."""

from datetime import timedelta
from typing import Any

from liandong.command import actions as command
from liandong.command import queries
from liandong.command.models import Consultation, Order, Proposal
from liandong.command.queries.plan import plan_of
from liandong.command.rules.response import asked
from liandong.command.states import (
    ConsultationState,
    CounterAnswer,
    DecisionKind,
    DecisionState,
    OrderState,
    ProposalState,
)
from liandong.demo.cast import at_post
from liandong.demo.stage import WITNESS, Reaction, Stage
from liandong.kernel.journal.reading import Told
from liandong.organization.queries import post_by_key

ASKING = timedelta(minutes=3)
GATHERING = timedelta(minutes=4)
CONFERRING = timedelta(minutes=6)
SIGNING = timedelta(minutes=2)
WEIGHING = timedelta(minutes=6)
LOOKING = timedelta(minutes=10)
CLEARING_UP = timedelta(hours=7)
OFFICE, DEPUTY = "flood-office.director", "flood-hq.executive-deputy"
DUTY_LEADER = "emergency.duty-leader"
OWN_HOUSE = {"emergency"}
CALLED = ("water.liaison", "meteorology.liaison", "emergency.liaison", "township-2.liaison")
# What no gauge knows: the duty officer rings the water bureau and the townships and asks.
HEARD = {
    "trunk_river_above_warning": False,
    "levee_danger": "none",
    "polder_danger": "none",
    "medium_reservoir_danger": "none",
    "small_reservoir_danger": "none",
    "flooded_mu": "8000",
    "towns_with_moderate_drought": 0,
    "county_seat_moderate_drought": False,
    "flood_severity": "ordinary",
    "stations_near_warning": 0,
    "stations_at_record": 0,
    "superior_demands": False,
}
MEASURES = {
    DecisionKind.ACTIVATE: "加密监测会商，巡堤查险，抢险力量预置，落实转移准备",
    DecisionKind.RAISE: "转移沿河低洼地带群众，管制危险路段，保障供电通信医疗",
    DecisionKind.LOWER: "继续巡查退水堤段，有序恢复交通，做好安置群众生活保障",
}


class Headquarters:
    """Duty officer, office and commanders of the flood headquarters."""

    def take_places(self, stage: Stage) -> None:
        """Answer what falls to the headquarters."""
        stage.when("command.level_proposed", self.ask)
        stage.when("command.level_proposed", self.gather)
        stage.when("command.consultation_opened", self.confer)
        stage.when("command.consultation_closed", self.decide)
        stage.when("command.decision_signed", self.sign)
        stage.when("command.order_declined", self.weigh)
        stage.when("command.order_finished", self.look)
        stage.when("command.response_decided", self.clear_up)

    def ask(self, told: Told) -> Reaction | None:
        """Ring round for what the plan wants to know, when a proposal says what is open."""
        if not told.payload["open_facts"]:
            return None

        def deed() -> None:
            command.record_incident_facts(
                at_post("emergency.duty-officer"),
                incident=queries.incident_for(WITNESS, told.incident),
                facts=HEARD,
                source="电话询问县水利局、各乡镇值班室",
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
                at_post(OFFICE),
                incident=proposal.incident,
                attendees=[post_by_key(key) for key in CALLED],
                place="县防指会商室",
                idempotency_key=f"gather/{proposal.pk}",
            )

        return Reaction(GATHERING, deed)

    def confer(self, told: Told) -> Reaction:
        """Write the minutes and close."""

        def deed() -> None:
            office, consultation = (
                at_post(OFFICE),
                queries.consultation_for(WITNESS, told.subject_id),
            )
            proposal = _open_proposal(consultation)
            finding = proposal.headline if proposal else "维持现状，继续监测"
            consultation = command.record_minutes(
                office,
                consultation=consultation,
                situation="雨情、水情见监测；各乡镇暂无险情报告",
                findings=finding,
                items=[
                    {
                        "decision": "加密会商和报送",
                        "responsible": "县防指办公室",
                        "by": "响应终止前",
                    }
                ],
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
                _decide(proposal, consultation)

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
                at_post(OFFICE),
                order=order,
                answer=CounterAnswer.ACCEPTED,
                reason="同意改线，注意夜间行船安全",
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
                    at_post(_checker(order)),
                    order=order,
                    expected_version=order.version,
                    idempotency_key=f"check/{order.pk}",
                )

        return Reaction(LOOKING, deed)

    def clear_up(self, told: Told) -> Reaction | None:
        """After the end, when the last unit has reported: close the incident."""
        if told.payload["kind"] != DecisionKind.END:
            return None

        def deed() -> None:
            incident = queries.incident_for(WITNESS, told.incident)
            command.close_incident(
                at_post(OFFICE),
                incident=incident,
                reason="水位回落至警戒以下，转移群众已返回，各项指令办结",
                expected_version=incident.version,
                idempotency_key=f"close/{incident.pk}",
            )

        return Reaction(CLEARING_UP, deed)


def _decide(proposal: Proposal, consultation: Consultation) -> None:
    incident = queries.incident_for(WITNESS, proposal.incident_id)
    kind = DecisionKind(proposal.kind)
    needed = asked(plan_of(proposal.plan_version), kind, proposal.present, proposal.level)
    more: dict[str, Any] = {}
    if kind != DecisionKind.END:
        more = {
            "matters": f"防汛抗旱{proposal.get_level_display()}应急响应",
            "measures": MEASURES[kind],
            "expected_until": proposal.made_at + timedelta(days=2),
            "area": "清溪河沿线各乡镇",
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


def _checker(order: Order) -> str:
    """Whoever checks an order: nobody checks the work of his own house."""
    if order.to_post.key == OFFICE:
        return DUTY_LEADER
    return DEPUTY if order.to_body.key in OWN_HOUSE else OFFICE


def _open_proposal(consultation: Consultation) -> Proposal | None:
    return next(iter(queries.open_proposals(consultation.incident)), None)


def _are_conferring(proposal: Proposal) -> bool:
    held = queries.visible_consultations(WITNESS).filter(incident=proposal.incident)
    return held.filter(state=ConsultationState.OPEN).exists()
