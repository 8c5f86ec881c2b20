"""What waits at a desk to be decided, signed or carried out as decided."""

from collections.abc import Iterator
from datetime import datetime

from liandong.command.models import ActionPlan, ConsultationItem, Decision, Proposal
from liandong.command.permissions import Permission
from liandong.command.queries.action_plan import visible_action_plans
from liandong.command.queries.desk_item import DeskItem, chairs
from liandong.command.queries.plan import plan_of
from liandong.command.queries.precaution import visible_precautions
from liandong.command.queries.response import visible_proposals
from liandong.command.states import (
    ActionPlanState,
    DecisionState,
    IncidentState,
    PrecautionState,
    ProposalState,
)
from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization


def deciding(actor: Actor, now: datetime) -> Iterator[DeskItem]:
    """Proposals, signatures, measures, action plans and what a consultation decided. A fixed number of queries."""
    yield from _proposals(actor)
    yield from _decisions(actor)
    yield from _precautions(actor)
    yield from _action_plans(actor, now)
    yield from _items(actor)


def held_keys(actor: Actor) -> set[str]:
    """The keys of the posts one signs for: every chair counts, whichever one came in by. One query."""
    return {post.key for post in organization.all_posts().filter(pk__in=chairs(actor))}


def owed_signatures(row: Decision | ActionPlan) -> set[str]:
    """The keys of the posts whose signature is still asked for."""
    wanted = {*row.asked.get("all_of", []), *row.asked.get("any_of", [])}
    wanted |= {row.asked.get("consent", "")} - {""}
    return wanted - {key for one in row.signatures for key in one["keys"]}


def awaits_signature_of(actor: Actor, plan: ActionPlan) -> bool:
    """Whether an action plan waits for this actor; where no post is named, for whoever may sign."""
    if plan.state != ActionPlanState.SUBMITTED or not actor.may(Permission.SIGN_ACTION_PLAN):
        return False
    return _asks(plan, held_keys(actor))


def _asks(plan: ActionPlan, held: set[str]) -> bool:
    return not any(plan.asked.values()) or bool(held & owed_signatures(plan))


def _proposals(actor: Actor) -> Iterator[DeskItem]:
    """Proposals that wait for somebody who may decide."""
    if not actor.may(Permission.DECIDE_RESPONSE):
        return
    rows: list[Proposal] = list(
        visible_proposals(actor).filter(
            state=ProposalState.OPEN, incident__state=IncidentState.OPEN
        )
    )
    for proposal in rows:
        yield DeskItem(
            key=f"proposal-{proposal.pk}",
            title=_("研判建议待决定：%(incident)s") % {"incident": proposal.incident},
            detail=proposal.headline,
            page="room",
            pk=str(proposal.incident_id),
            verb=_("看理由"),
            since=proposal.made_at,
            main=True,
        )


def _decisions(actor: Actor) -> Iterator[DeskItem]:
    """Decisions that wait for my signature."""
    if not actor.may(Permission.DECIDE_RESPONSE):
        return
    pending = Decision.objects.filter(state=DecisionState.PENDING)
    rows = list(visible(pending.select_related("incident", "plan_version"), actor))
    held = held_keys(actor) if rows else set()
    for decision in rows:
        if held & owed_signatures(decision):
            yield DeskItem(
                key=f"decision-{decision.pk}",
                title=_("待会签：%(decision)s") % {"decision": decision},
                detail=f"{decision.incident} · {plan_of(decision.plan_version).title}",
                page="decision",
                pk=str(decision.pk),
                verb=_("会签"),
                since=decision.opened_at,
                main=True,
            )


def _precautions(actor: Actor) -> Iterator[DeskItem]:
    """Measures for a warning that wait for somebody who may decide."""
    if not actor.may(Permission.DECIDE_RESPONSE):
        return
    rows = visible_precautions(actor).filter(
        state=PrecautionState.PROPOSED, incident__state=IncidentState.OPEN
    )
    for one in rows:
        yield DeskItem(
            key=f"precaution-{one.pk}",
            title=_("待决定：%(precaution)s") % {"precaution": one},
            detail=_("%(incident)s · 《突发事件应对法》第六十六条、第六十七条")
            % {"incident": one.incident},
            page="precaution",
            pk=str(one.pk),
            verb=_("选措施"),
            since=one.proposed_at,
            main=True,
        )


def _action_plans(actor: Actor, now: datetime) -> Iterator[DeskItem]:
    """Plans of a period that wait for my signature, and those whose period is over with none after it."""
    signs = actor.may(Permission.SIGN_ACTION_PLAN)
    drafts = actor.may(Permission.DRAFT_ACTION_PLAN)
    if not (signs or drafts):
        return
    rows = list(
        visible_action_plans(actor).filter(
            state__in=[ActionPlanState.SUBMITTED, ActionPlanState.IN_FORCE],
            incident__state=IncidentState.OPEN,
        )
    )
    written = {one.incident_id for one in rows if one.state == ActionPlanState.SUBMITTED}
    held = held_keys(actor) if signs and written else set()
    for plan in rows:
        if plan.state == ActionPlanState.SUBMITTED and signs and _asks(plan, held):
            yield _of_plan(plan, _("待签署：%(plan)s") % {"plan": plan}, _("看方案"))
        elif (
            plan.state == ActionPlanState.IN_FORCE
            and drafts
            and plan.ends_at < now
            and plan.incident_id not in written
        ):
            title = _("%(plan)s时段已过，没有下一期") % {"plan": plan}
            yield _of_plan(plan, title, _("看方案"))


def _of_plan(plan: ActionPlan, title: str, verb: str) -> DeskItem:
    over = plan.state == ActionPlanState.IN_FORCE
    return DeskItem(
        key=f"action-plan-{plan.pk}",
        title=title,
        detail=str(plan.incident),
        page="action_plan",
        pk=str(plan.pk),
        verb=verb,
        due_at=plan.ends_at if over else None,
        started_at=plan.starts_at if over else None,
        since=plan.submitted_at or plan.drafted_at,
        main=not over,
    )


def _items(actor: Actor) -> Iterator[DeskItem]:
    """What was decided in a consultation for my chairs to do, while it is no order."""
    rows: list[ConsultationItem] = list(
        ConsultationItem.objects.filter(
            consultation__realm=actor.realm,
            consultation__incident__state=IncidentState.OPEN,
            owner__in=chairs(actor),
            order=None,
            settled_at=None,
            withdrawn_reason="",
        ).select_related("consultation__incident")
    )
    for item in rows:
        yield DeskItem(
            key=f"consultation-item-{item.pk}",
            title=_("议定事项：%(decision)s") % {"decision": item.decision},
            detail=f"{item.consultation.incident} · {item.by}".removesuffix(" · "),
            page="consultation",
            pk=str(item.consultation_id),
            verb=_("办理"),
            due_at=item.due_at,
            started_at=item.consultation.opened_at,
            since=item.consultation.opened_at,
        )
