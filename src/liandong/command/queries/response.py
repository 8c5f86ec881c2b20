"""Proposals, decisions and responses of an incident."""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from liandong.command.models import Consultation, Decision, Incident, Proposal, Response
from liandong.command.states import DecisionState, ProposalState, ResponseState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.plans.models import PlanVersion

R = TypeVar("R", bound=Model)


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """The proposals an actor may see, the newest first."""
    rows = Proposal.objects.select_related("incident", "plan_version")
    return visible(rows.order_by("-made_at", "-ordinal"), actor)


def open_proposals(incident: Incident) -> list[Proposal]:
    """What waits for a decision, one a plan at most."""
    rows = Proposal.objects.filter(incident=incident, state=ProposalState.OPEN)
    return list(rows.order_by("plan"))


def last_proposal(incident: Incident, plan: str) -> Proposal | None:
    """The proposal made last for a plan, whatever became of it."""
    return Proposal.objects.filter(incident=incident, plan=plan).order_by("-ordinal").first()


def active_responses(incident: Incident) -> list[Response]:
    """The responses in force, one a plan at most."""
    rows = Response.objects.filter(incident=incident, state=ResponseState.ACTIVE)
    return list(
        rows.select_related("plan_version", "headquarters", "run__plan_version").order_by(
            "started_at"
        )
    )


def active_response(incident: Incident, plan: str) -> Response | None:
    """The response in force under a plan."""
    rows = Response.objects.filter(incident=incident, plan=plan, state=ResponseState.ACTIVE)
    return rows.select_related("plan_version", "headquarters", "run__plan_version").first()


def response_of_run(run_id: UUID | str) -> Response | None:
    """The response a plan's run belongs to."""
    rows = Response.objects.filter(run_id=run_id)
    return rows.select_related(
        "incident", "plan_version", "headquarters", "run__plan_version"
    ).first()


def pending_decision(incident: Incident, plan_version: PlanVersion) -> Decision | None:
    """The decision that waits for more signatures."""
    rows = Decision.objects.filter(incident=incident, state=DecisionState.PENDING)
    return rows.filter(plan_version=plan_version).first()


def decisions_of(actor: Actor, incident: Incident) -> QuerySet[Decision]:
    """The decisions of an incident, the newest first."""
    rows = Decision.objects.filter(incident=incident).select_related("response", "plan_version")
    return visible(rows.order_by("-opened_at"), actor)


def visible_consultations(actor: Actor) -> QuerySet[Consultation]:
    """The consultations an actor may see, the newest first."""
    return visible(Consultation.objects.select_related("incident").order_by("-number"), actor)


def consultation_for(actor: Actor, pk: UUID | str) -> Consultation:
    """Return one consultation; raises ``Missing``."""
    return _found(visible_consultations(actor), pk, _("没有这次会商，或者您所在岗位看不到它。"))


def proposal_for(actor: Actor, pk: UUID | str) -> Proposal:
    """Return one proposal; raises ``Missing``."""
    return _found(visible_proposals(actor), pk, _("没有这条研判建议，或者您所在岗位看不到它。"))


def decision_for(actor: Actor, pk: UUID | str) -> Decision:
    """Return one decision; raises ``Missing``."""
    rows = visible(
        Decision.objects.select_related("incident", "plan_version", "response", "proposal"),
        actor,
    )
    return _found(rows, pk, _("没有这项决定，或者您所在岗位看不到它。"))


def response_for(actor: Actor, pk: UUID | str) -> Response:
    """Return one response; raises ``Missing``."""
    rows = visible(
        Response.objects.select_related(
            "incident", "plan_version", "headquarters", "run__plan_version"
        ),
        actor,
    )
    return _found(rows, pk, _("没有这次响应，或者您所在岗位看不到它。"))


def _found(rows: QuerySet[R], pk: UUID | str, what: str) -> R:
    try:
        found = rows.filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(what, remedy=_("请从事件室进入。"))
    return found
