"""Deciding: one transaction from the signature to the first orders."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from liandong.command.actions.claims import demand_reach, demand_realm, lend, locked_incident
from liandong.command.actions.incident_follow_up import hand_to_response
from liandong.command.actions.report_due import finish_follow_ups, hasten_follow_ups
from liandong.command.actions.step import begin_due_steps
from liandong.command.actions.task import settle_all
from liandong.command.events import DecisionSigned, ResponseDecided
from liandong.command.models import (
    Consultation,
    Decision,
    Incident,
    Proposal,
    Response,
    SuperiorOrder,
)
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.command_term import standing_term
from liandong.command.queries.plan import headquarters_of, plan_of
from liandong.command.queries.response import active_response, pending_decision
from liandong.command.rules.command_term import demand_superior_word
from liandong.command.rules.incident import demand_open
from liandong.command.rules.response import (
    Asked,
    Elements,
    asked,
    demand_elements,
    demand_fitting,
    demand_over,
    demand_reason,
)
from liandong.command.states import (
    DECISION_MOVES,
    DecisionKind,
    DecisionState,
    ProposalState,
    ResponseLevel,
    ResponseState,
    TaskKind,
)
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Missing, Stale
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans import actions as plans_actions
from liandong.plans import queries as plans
from liandong.plans.language import EndFinding
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission as Plans

Kind = DecisionKind


@action(Permission.DECIDE_RESPONSE)
def decide_response(
    actor: Actor,
    *,
    incident: Incident,
    plan_version: PlanVersion,
    kind: DecisionKind,
    expected_version: int,
    level: str = "",
    matters: str = "",
    expected_until: datetime | None = None,
    measures: str = "",
    area: str = "",
    proposal: Proposal | None = None,
    consultation: Consultation | None = None,
    overrule_reason: str = "",
    superior_order: SuperiorOrder | None = None,
    idempotency_key: str = "",
) -> Decision:
    """Begin, raise, lower, maintain or end a response, by the posts the plan entitles.

    With the last signature that is asked for, the response, its run and its first orders come
    to be in one transaction. Publishes ``DecisionSigned`` or ``ResponseDecided``, ``OrderIssued``.
    Refuses a missing element (《突发事件应对法》第72条), who is not entitled, to overrule, or to end
    before the plan's condition for it holds, without a reason, to lower or end without the word of the
    superior that commands, and whoever has not seen the latest state of the incident. Clause 二(二)2.
    """
    demand_reach(actor, Permission.DECIDE_RESPONSE, incident)
    now = clock.now(actor.realm)
    demand_realm(actor, incident)
    # Claimed first: of two who decide at once, the second is told.
    incident.change(expected_version=expected_version)
    row = locked_incident(actor, incident)
    demand_open(row)
    kind = DecisionKind(kind)
    response = active_response(row, plan_version.key)
    before = response.level if response else ""
    after = {Kind.END: "", Kind.MAINTAIN: before}.get(kind, level)
    said = Elements(
        kind=kind,
        level=after,
        matters=matters,
        expected_until=expected_until,
        measures=measures,
    )
    demand_elements(said, now)
    demand_fitting(kind, before, after)
    demand_superior_word(standing_term(row), kind, superior_order)
    _demand_current(proposal, row)
    if consultation and consultation.incident_id != row.pk:
        raise Missing(_("这次会商不属于这个事件。"), remedy=_("请从事件室进入决定页。"))
    demand_reason(proposal, kind, after, overrule_reason)
    if kind == Kind.END:
        demand_over(_ends(row, plan_version, now), overrule_reason)
    needed = asked(plan_of(plan_version), kind, before, after)
    mine, signer = signs_for(actor, needed)
    if pending := pending_decision(row, plan_version):
        _withdraw(pending)
    decision = Decision.objects.create(
        realm=actor.realm,
        audience=["duty"],
        incident=row,
        response=response,
        proposal=proposal,
        consultation=consultation,
        plan_version=plan_version,
        kind=kind,
        level_before=before,
        level_after=after,
        matters=matters.strip(),
        expected_until=expected_until,
        measures=measures.strip(),
        area=area.strip(),
        overrule_reason=overrule_reason.strip(),
        superior_order=superior_order,
        asked={
            "all_of": list(needed.all_of),
            "any_of": list(needed.any_of),
            "consent": needed.consent,
        },
        signatures=[signature(signer, mine, now)],
        opened_at=now,
    )
    _go_on(signer, row, decision)
    return decision


@action(Permission.DECIDE_RESPONSE)
def sign_decision(
    actor: Actor, *, decision: Decision, expected_version: int, idempotency_key: str = ""
) -> Decision:
    """Add one's signature; with the last one asked for, the decision takes effect.

    Publishes ``DecisionSigned`` or ``ResponseDecided``. Refuses who is not asked, who has signed,
    and what was decided or withdrawn meanwhile. Clause 二(二)2.
    """
    demand_realm(actor, decision)
    row = locked_incident(actor, decision.incident)
    demand_reach(actor, Permission.DECIDE_RESPONSE, row)
    demand_open(row)
    DECISION_MOVES.check(decision.state, DecisionState.MADE)
    needed = asked_of(decision)
    mine, signer = signs_for(actor, needed)
    signed = {key for one in decision.signatures for key in one["keys"]}
    if not set(mine) - signed:
        raise IllegalMove(
            _("您已经签过。"), place=str(decision), remedy=_("请等其他岗位会签。")
        )
    now = clock.now(actor.realm)
    demand_elements(_said(decision), now)
    decision.change(
        expected_version=expected_version,
        signatures=[*decision.signatures, signature(signer, mine, now)],
    )
    _go_on(signer, row, decision)
    return decision


@action(Permission.DECIDE_RESPONSE)
def end_response(
    actor: Actor,
    *,
    response: Response,
    expected_version: int,
    proposal: Proposal | None = None,
    overrule_reason: str = "",
    superior_order: SuperiorOrder | None = None,
    measures: str = "",
    idempotency_key: str = "",
) -> Decision:
    """End a response; what keeps further harm away goes on (《突发事件应对法》第86条).

    A decision as any other, with the incident's version. Publishes ``ResponseDecided`` and makes
    the final report due. Refuses what ``decide_response`` refuses. Clause 二(二)2.
    """
    return decide_response(
        actor,
        incident=response.incident,
        plan_version=response.plan_version,
        kind=DecisionKind.END,
        expected_version=expected_version,
        measures=measures,
        proposal=proposal,
        overrule_reason=overrule_reason,
        superior_order=superior_order,
    )


def asked_of(decision: Decision) -> Asked:
    """Who had to sign when the decision was laid open."""
    return Asked(
        all_of=tuple(decision.asked.get("all_of", ())),
        any_of=tuple(decision.asked.get("any_of", ())),
        consent=decision.asked.get("consent", ""),
    )


def _go_on(actor: Actor, incident: Incident, decision: Decision) -> None:
    """Take effect if everyone has signed; otherwise say who is awaited."""
    signed = frozenset(key for one in decision.signatures for key in one["keys"])
    awaited = asked_of(decision).awaited(signed)
    if awaited:
        names = [_post_name(key) for key in awaited]
        fact = DecisionSigned(
            subject_id=str(decision.pk),
            incident_id=str(incident.pk),
            text=text_of(decision),
            who=decision.signatures[-1]["who"],
            awaited="、".join(names),
        )
        happened(fact, incident=str(incident.pk), audience=decision.audience, by=actor)
        return
    take_effect(actor, incident, decision)


def take_effect(actor: Actor, incident: Incident, decision: Decision) -> None:
    """Let what everyone has signed begin, move or end its response. Within the caller's act."""
    # Command may have gone up while signatures were awaited.
    kind = DecisionKind(decision.kind)
    demand_superior_word(standing_term(incident), kind, decision.superior_order)
    now = clock.now(actor.realm)
    response = {
        Kind.ACTIVATE: _begin,
        Kind.RAISE: _move,
        Kind.LOWER: _move,
        Kind.MAINTAIN: _maintain,
        Kind.END: _end,
    }[kind](actor, incident, decision)
    decision.change(
        expected_version=decision.version,
        state=DecisionState.MADE,
        made_at=now,
        response=response,
    )
    _close_proposals(incident, decision)
    audience = sorted(incident.scopes)
    fact = ResponseDecided(
        subject_id=str(response.pk if response else decision.pk),
        incident_id=str(incident.pk),
        decision_id=str(decision.pk),
        plan=decision.plan_version.key,
        kind=decision.kind,
        level_before=decision.level_before,
        level_after=decision.level_after,
        matters=decision.matters,
        measures=decision.measures,
        expected_until=decision.expected_until.isoformat() if decision.expected_until else "",
        overrule_reason=decision.overrule_reason,
        signed_by="、".join(one["who"] for one in decision.signatures),
        text=text_of(decision),
    )
    happened(fact, incident=str(incident.pk), audience=audience, by=actor)
    if response and response.run and response.is_active and decision.kind != Kind.MAINTAIN:
        begin_due_steps(actor, incident, response.run)


def _begin(actor: Actor, incident: Incident, decision: Decision) -> Response:
    version = decision.plan_version
    plan = plan_of(version)
    now = clock.now(actor.realm)
    run = plans_actions.start_run(
        lend(actor, Plans.START_RUN),
        version=version,
        subject_kind="command.incident",
        subject_id=str(incident.pk),
        incident=str(incident.pk),
        level=decision.level_after,
        audience=sorted(incident.scopes),
    )
    response = Response.objects.create(
        realm=actor.realm,
        audience=sorted(incident.scopes),
        incident=incident,
        plan_version=version,
        plan=version.key,
        run=run,
        headquarters=headquarters_of(plan),
        level=decision.level_after,
        area=decision.area,
        started_at=now,
        expected_until=decision.expected_until or now,
    )
    hand_to_response(incident, response)
    hasten_follow_ups(incident, response)
    outcome = _("已启动%(level)s") % {"level": response}
    settle_all(actor, incident, TaskKind.START_PLAN, outcome, plan=version.key)
    return response


def _move(actor: Actor, incident: Incident, decision: Decision) -> Response:
    response = _in_force(decision)
    run = response.run
    if run is not None:
        plans_actions.change_run_level(
            lend(actor, Plans.CHANGE_RUN_LEVEL),
            run=run,
            level=decision.level_after,
            expected_version=run.version,
        )
    response.change(
        expected_version=response.version,
        level=decision.level_after,
        expected_until=decision.expected_until,
        area=decision.area or response.area,
    )
    hasten_follow_ups(incident, response)
    return response


def _maintain(actor: Actor, incident: Incident, decision: Decision) -> Response | None:
    response = decision.response
    if response and decision.expected_until:
        response.change(
            expected_version=response.version, expected_until=decision.expected_until
        )
    return response


def _end(actor: Actor, incident: Incident, decision: Decision) -> Response:
    response = _in_force(decision)
    run = response.run
    if run is not None:
        plans_actions.end_run(lend(actor, Plans.END_RUN), run=run, expected_version=run.version)
    now = clock.now(actor.realm)
    response.change(expected_version=response.version, state=ResponseState.ENDED, ended_at=now)
    finish_follow_ups(incident, response)
    return response


def _ends(incident: Incident, version: PlanVersion, at: datetime) -> EndFinding | None:
    """Whether the plan's own condition for ending holds by what is known."""
    subject = ("command.incident", str(incident.pk))
    return plans.grade_subject(version, *subject, at, realm=incident.realm).ends


def _in_force(decision: Decision) -> Response:
    response = active_response(decision.incident, decision.plan_version.key)
    if response is None or response.level != decision.level_before:
        raise Stale(_("响应级别在会签期间变了。"), remedy=_("请看最新级别后重新作出决定。"))
    return response


def _close_proposals(incident: Incident, decision: Decision) -> None:
    Proposal.objects.filter(
        incident=incident, plan=decision.plan_version.key, state=ProposalState.OPEN
    ).update(state=ProposalState.DECIDED)


def _withdraw(pending: Decision) -> None:
    """A new decision takes the place of one that still waits for signatures."""
    pending.change(expected_version=pending.version, state=DecisionState.WITHDRAWN)


def _demand_current(proposal: Proposal | None, incident: Incident) -> None:
    if proposal is None:
        return
    now = Proposal.objects.filter(pk=proposal.pk, incident=incident).first()
    if now is None:
        raise Missing(_("这条研判建议不属于这个事件。"), remedy=_("请从事件室进入决定页。"))
    if now.state != ProposalState.OPEN:
        raise Stale(
            _("研判建议已有新的一次，或已经决定。"),
            place=str(now),
            remedy=_("您填的内容还在，请看最新的研判建议后再决定。"),
        )


def signs_for(actor: Actor, needed: Asked) -> tuple[list[str], Actor]:
    """The keys of the posts asked for which the actor's signature counts, and the actor in one.

    Whoever holds several posts signs for each of them, whichever chair he came in by.
    """
    posts = {key: organization.post_by_key(key) for key in needed.posts}
    mine = [key for key, post in posts.items() if f"post:{post.pk}" in actor.scopes]
    if needed.posts and not mine:
        names = "、".join(name_of(post) for post in posts.values())
        raise Forbidden(
            _("这一级响应不由您所在的岗位决定。"),
            place=actor.label,
            remedy=_("按预案由“%(names)s”决定，请报其签署。") % {"names": names},
        )
    return mine, organization.seated_at(actor, [posts[key] for key in mine])


def signature(actor: Actor, keys: Sequence[str], at: datetime) -> dict[str, Any]:
    """What is kept of whoever signs, for which of the posts that were asked."""
    return {
        "keys": list(keys),
        "post": actor.post,
        "acting_for": actor.acting_for,
        "who": actor.label,
        "at": at.isoformat(),
    }


def _said(decision: Decision) -> Elements:
    return Elements(
        kind=DecisionKind(decision.kind),
        level=decision.level_after,
        matters=decision.matters,
        expected_until=decision.expected_until,
        measures=decision.measures,
    )


def text_of(decision: Decision) -> str:
    """A decision in words: what is done with which level."""
    level = ResponseLevel(decision.level_after).label if decision.level_after else ""
    kind = DecisionKind(decision.kind)
    if kind == Kind.END:
        return _("终止%(level)s响应") % {"level": ResponseLevel(decision.level_before).label}
    if kind in {Kind.RAISE, Kind.LOWER}:
        before = ResponseLevel(decision.level_before).label
        return _("%(kind)s：响应由%(before)s调整为%(after)s") % {
            "kind": kind.label,
            "before": before,
            "after": level,
        }
    return _("%(kind)s%(level)s响应") % {
        "kind": kind.label,
        "level": level or _("现状，不启动"),
    }


def _post_name(key: str) -> str:
    post: Post = organization.post_by_key(key)
    return name_of(post)
