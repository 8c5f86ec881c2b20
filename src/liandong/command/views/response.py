"""Deciding, signing, consenting."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.response import ConsentForm, DecideForm, RefuseConsentForm, SignForm
from liandong.command.models import Decision, Incident, Proposal
from liandong.command.permissions import Permission
from liandong.command.queries.step import ORDERED
from liandong.command.rules.incident import family
from liandong.command.rules.response import level_key
from liandong.command.states import DecisionKind, DecisionState
from liandong.kernel import clock
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.plans.language import Plan
from liandong.plans.models import PlanVersion
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of


def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide upon a proposal, or without one; the plan fills in what it says."""
    actor = actor_of(request)
    actor.demand(Permission.DECIDE_RESPONSE)
    incident = queries.incident_for(actor, pk)
    proposal = _proposal(request, incident)
    version = proposal.plan_version if proposal else _version(request, incident)
    consultation = queries.visible_consultations(actor).filter(incident=incident).first()
    owed = queries.owed_superior_orders(actor).filter(queries.within(incident))
    form = DecideForm(
        request.POST or None,
        superior_orders=owed,
        initial=_filled(request, incident, proposal, version),
    )
    return deed(
        request,
        form,
        run=lambda data: actions.decide_response(
            actor,
            incident=incident,
            plan_version=version,
            proposal=proposal,
            consultation=consultation,
            **data,
        ),
        to=reverse("command:room", args=[incident.pk]),
        template="command/decide.html",
        context={
            "incident": incident,
            "proposal": proposal,
            "version": version,
            "responses": queries.active_responses(incident),
            "term": queries.standing_term(incident),
            "back": reverse("command:room", args=[incident.pk]),
        },
    )


def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A decision as it stands."""
    actor = actor_of(request)
    found = queries.decision_for(actor, pk)
    form = SignForm(initial={"expected_version": found.version})
    pending = found.state == DecisionState.PENDING
    consenting = pending and queries.may_consent(actor, found)
    context = {
        "decision": found,
        "steps": queries.deciding(actor, found, clock.now(actor.realm)),
        "consenting": consenting,
        "form": form if pending and not consenting else None,
        "action": reverse("command:sign", args=[found.pk]),
    }
    return render(request, "command/decision.html", context)


def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put one's signature under it."""
    actor = actor_of(request)
    actor.demand(Permission.DECIDE_RESPONSE)
    found = queries.decision_for(actor, pk)
    form = SignForm(request.POST or None, initial={"expected_version": found.version})
    return deed(
        request,
        form,
        run=lambda data: actions.sign_decision(actor, decision=found, **data),
        to=reverse("command:room", args=[found.incident_id]),
        context={"note": str(found), "back": reverse("command:decision", args=[found.pk])},
    )


def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Consent to it."""
    return _consent(request, pk, ConsentForm, actions.give_consent)


def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuse one's consent."""
    return _consent(request, pk, RefuseConsentForm, actions.refuse_consent)


def _consent(
    request: HttpRequest, pk: UUID, form: type[DeedForm], act: Callable[..., Decision]
) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(Permission.DECIDE_RESPONSE)
    found = queries.decision_for(actor, pk)
    page = reverse("command:decision", args=[found.pk])
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: act(actor, decision=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )


def _proposal(request: HttpRequest, incident: Incident) -> Proposal | None:
    wanted = request.GET.get("proposal", "")
    if not wanted:
        return None
    found = queries.proposal_for(actor_of(request), wanted)
    if found.incident_id != incident.pk:
        raise Missing(_("这条研判建议不属于这个事件。"), remedy=_("请从事件室进入决定页。"))
    return found


def _version(request: HttpRequest, incident: Incident) -> PlanVersion:
    """The plan to decide by: the one asked for, else the first that answers the hazard."""
    wanted = request.GET.get("plan", "")
    versions = queries.plans_answering(incident, family(incident.hazard))
    found = next((one for one in versions if wanted in {"", one.key}), None)
    if found is None:
        raise Missing(
            _("没有适用于这类事件的现行预案。"),
            place=incident.title,
            remedy=_("请先在预案页印发施行一部预案。"),
        )
    return found


def _filled(
    request: HttpRequest, incident: Incident, proposal: Proposal | None, version: PlanVersion
) -> dict[str, Any]:
    """What the plan says of the level that is proposed, to be read and changed before signing."""
    response = queries.active_response(incident, version.key)
    present = response.level if response else ""
    usual = DecisionKind.MAINTAIN if response else DecisionKind.ACTIVATE
    kind = request.GET.get("kind", "") or (proposal.kind if proposal else usual)
    wanted = request.GET.get("level", "") or (proposal.level if proposal else present)
    level = wanted if wanted in {"I", "II", "III", "IV"} else ""
    plan = queries.plan_of(version)
    with recorded():  # it is going to be signed, and kept
        matters = _("%(plan)s响应") % {"plan": version.title.removesuffix("应急预案")}
    filled: dict[str, Any] = {
        "expected_version": incident.version,
        "kind": kind,
        "level": level,
        "matters": matters,
        "measures": _measures(plan, level),
        "area": incident.place,
    }
    key = level_key(level)
    expected = plan.levels[key].expected if key and key in plan.levels else None
    until = clock.now(incident.realm) + (expected or timedelta(days=1))
    filled["expected_until"] = until.replace(second=0, microsecond=0)
    return filled


def _measures(plan: Plan, level: str) -> str:
    key = level_key(level)
    if key is None or key not in plan.levels:
        return ""
    steps = [step for step in plan.levels[key].steps if step.do in ORDERED]
    return "\n".join(f"{at}. {step.text}" for at, step in enumerate(steps, start=1))
