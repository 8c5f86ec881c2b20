"""Action plans: drafted from what is going on, edited, signed, in force one at a time, carried out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.order import issue_order
from liandong.command.actions.response import signature, signs_for
from liandong.command.events import (
    ActionPlanAdopted,
    ActionPlanDrafted,
    ActionPlanEdited,
    ActionPlanReturned,
    ActionPlanSigned,
    ActionPlanSubmitted,
    ActionPlanTaskOrdered,
)
from liandong.command.models import ActionPlan, Incident, PlanTask
from liandong.command.permissions import Permission
from liandong.command.queries.action_plan import (
    PARTS,
    action_plan_in_force,
    action_plan_written,
    draft_plan,
    plan_text,
)
from liandong.command.queries.address import name_of, staffed_address
from liandong.command.queries.pack import data_pack
from liandong.command.queries.plan import plan_of
from liandong.command.queries.response import active_responses
from liandong.command.rules.action_plan import (
    demand_carried_out,
    demand_draft,
    demand_none_written,
    demand_period,
    demand_whole,
)
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.response import Asked, asked, level_key
from liandong.command.states import ACTION_PLAN_MOVES, ActionPlanState, DecisionKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans.language import rank

KIND = "command.action_plan"
# As much of an incident's name as leaves room in the title of a message.
LONGEST_NAME = 120


@action(Permission.DRAFT_ACTION_PLAN)
def draft_action_plan(
    actor: Actor,
    *,
    incident: Incident,
    starts_at: datetime,
    ends_at: datetime,
    idempotency_key: str = "",
) -> ActionPlan:
    """Begin the plan of a period: from the last without what is done, and from all that is under way.

    Publishes ``ActionPlanDrafted``. Refuses a second one while one is being written, a period that is
    none, and a closed incident. Clause 二(二)2.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.DRAFT_ACTION_PLAN, row)
    demand_open(row)
    now = clock.now(actor.realm)
    demand_period(starts_at, ends_at, now)
    demand_none_written(action_plan_written(row))
    plans = ActionPlan.objects.filter(incident=row)
    last = action_plan_in_force(row)
    found = draft_plan(row, last, data_pack(actor, row, now), now)
    plan = ActionPlan.objects.create(
        realm=actor.realm,
        audience=sorted({"duty", f"incident:{row.pk}"}),
        incident=row,
        number=(plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        follows=last,
        starts_at=starts_at,
        ends_at=ends_at,
        drafted_by=actor.label[:120],
        drafted_at=now,
        **found.parts,
    )
    PlanTask.objects.bulk_create(
        PlanTask(
            action_plan=plan,
            number=number,
            post=one.post,
            responsible=name_of(one.post)[:200],
            words=one.words,
            due_at=one.due_at,
            source=one.source[:120],
            order=one.order,
        )
        for number, one in enumerate(found.tasks, start=1)
    )
    fact = ActionPlanDrafted(
        subject_id=str(plan.pk),
        incident_id=str(row.pk),
        number=plan.number,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        tasks=len(found.tasks),
    )
    happened(fact, incident=str(row.pk), audience=plan.audience)
    return plan


@action(Permission.DRAFT_ACTION_PLAN)
def edit_action_plan(
    actor: Actor,
    *,
    action_plan: ActionPlan,
    parts: Mapping[str, str],
    starts_at: datetime,
    ends_at: datetime,
    expected_version: int,
    idempotency_key: str = "",
) -> ActionPlan:
    """Change what the draft says, part by part. Publishes ``ActionPlanEdited`` for each part that changed.

    Refuses what was laid before those who sign, a part that is none, and a period that is none.
    Clause 二(二)2.
    """
    demand_realm(actor, action_plan)
    demand_reach(actor, Permission.DRAFT_ACTION_PLAN, action_plan.incident)
    demand_draft(action_plan)
    demand_period(starts_at, ends_at, clock.now(actor.realm))
    if set(parts) - set(PARTS):
        raise Invalid(_("处置方案没有这一部分。"), remedy=_("请刷新页面后再办。"))
    said = {name: text.strip() for name, text in parts.items()}
    changed = [name for name, text in said.items() if getattr(action_plan, name) != text]
    action_plan.change(
        expected_version=expected_version, starts_at=starts_at, ends_at=ends_at, **said
    )
    for name in changed:
        _edited(action_plan, str(PARTS[name]), said[name])
    return action_plan


@action(Permission.DRAFT_ACTION_PLAN)
def set_plan_task(
    actor: Actor,
    *,
    action_plan: ActionPlan,
    post: Post,
    words: str,
    expected_version: int,
    due_at: datetime | None = None,
    task: PlanTask | None = None,
    idempotency_key: str = "",
) -> ActionPlan:
    """Add a task to the draft, or change ``task``. Publishes ``ActionPlanEdited``.

    Refuses without words, what was laid before those who sign, a task of another plan, and what is
    being carried out under an order already. Clause 二(二)2.
    """
    _claim(actor, action_plan, expected_version)
    demand_words(words, field="words", what=_("任务"))
    rows = PlanTask.objects.filter(action_plan=action_plan)
    if task is None:
        task = PlanTask(
            action_plan=action_plan,
            number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        )
    else:
        _demand_free(task, action_plan)
    task.post, task.responsible = post, name_of(post)[:200]
    task.words, task.due_at = words.strip(), due_at
    task.save()
    _edited(action_plan, _("任务"), f"{task.number}. {task.words}（{task.responsible}）")
    return action_plan


@action(Permission.DRAFT_ACTION_PLAN)
def drop_plan_task(
    actor: Actor,
    *,
    action_plan: ActionPlan,
    task: PlanTask,
    expected_version: int,
    idempotency_key: str = "",
) -> ActionPlan:
    """Take a task out of the draft. Publishes ``ActionPlanEdited``, which tells what it was.

    An order that was given for it goes on all the same. Refuses what was laid before those who sign,
    and a task of another plan. Clause 二(二)2.
    """
    _claim(actor, action_plan, expected_version)
    if task.action_plan_id != action_plan.pk:
        raise _elsewhere(action_plan)
    words = f"{task.number}. {task.words}（{task.responsible}）"
    PlanTask.objects.filter(pk=task.pk).delete()
    _edited(action_plan, _("删去任务"), words)
    return action_plan


@action(Permission.DRAFT_ACTION_PLAN)
def submit_action_plan(
    actor: Actor,
    *,
    action_plan: ActionPlan,
    expected_version: int,
    idempotency_key: str = "",
) -> ActionPlan:
    """Lay the draft before those who sign: whoever decides on the response at its level.

    They get a message. Publishes ``ActionPlanSubmitted`` with all that it says. Refuses what leaves out
    a part or asks nobody to do anything, and what was submitted already. Clause 二(二)2.
    """
    demand_realm(actor, action_plan)
    demand_reach(actor, Permission.DRAFT_ACTION_PLAN, action_plan.incident)
    ACTION_PLAN_MOVES.check(action_plan.state, ActionPlanState.SUBMITTED)
    tasks = list(PlanTask.objects.filter(action_plan=action_plan))
    demand_whole(action_plan, len(tasks))
    needed = _asked(action_plan.incident)
    # Two empty chairs may have one stand-in.
    posts = list({one.post.pk: one.post for one in map(staffed_address, needed.posts)}.values())
    action_plan.change(
        expected_version=expected_version,
        state=ActionPlanState.SUBMITTED,
        submitted_at=clock.now(actor.realm),
        asked={"all_of": list(needed.all_of), "any_of": list(needed.any_of)},
        signatures=[],
        returned_reason="",
        audience=sorted({*action_plan.audience, *(f"post:{post.pk}" for post in posts)}),
    )
    fact = ActionPlanSubmitted(
        subject_id=str(action_plan.pk),
        incident_id=str(action_plan.incident_id),
        number=action_plan.number,
        text=plan_text(action_plan, tasks),
        awaited="、".join(name_of(post) for post in posts) or _("指挥部"),
    )
    _happened(fact, action_plan)
    _ask(action_plan, posts)
    return action_plan


@action(Permission.SIGN_ACTION_PLAN)
def return_action_plan(
    actor: Actor,
    *,
    action_plan: ActionPlan,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> ActionPlan:
    """Send it back to be written otherwise; signatures given so far hold no longer.

    Publishes ``ActionPlanReturned``. Refuses without a reason, whoever is not asked to sign, and what
    waits for nobody. Clause 二(二)2.
    """
    demand_realm(actor, action_plan)
    demand_reach(actor, Permission.SIGN_ACTION_PLAN, action_plan.incident)
    ACTION_PLAN_MOVES.check(action_plan.state, ActionPlanState.DRAFT)
    demand_words(reason, field="reason", what=_("退回理由"))
    signs_for(actor, _asked_of(action_plan))
    action_plan.change(
        expected_version=expected_version,
        state=ActionPlanState.DRAFT,
        returned_reason=reason.strip()[:300],
        signatures=[],
    )
    fact = ActionPlanReturned(
        subject_id=str(action_plan.pk),
        incident_id=str(action_plan.incident_id),
        number=action_plan.number,
        reason=action_plan.returned_reason,
    )
    _happened(fact, action_plan)
    return action_plan


@action(Permission.SIGN_ACTION_PLAN)
def sign_action_plan(
    actor: Actor,
    *,
    action_plan: ActionPlan,
    expected_version: int,
    idempotency_key: str = "",
) -> ActionPlan:
    """Sign it; with the last signature it is in force, and the one before no longer.

    Publishes ``ActionPlanSigned`` or ``ActionPlanAdopted``. Refuses who is not asked, who has signed, a
    draft, a period that is over, and a closed incident. Clause 二(二)2.
    """
    demand_realm(actor, action_plan)
    row = locked_incident(actor, action_plan.incident)
    demand_reach(actor, Permission.SIGN_ACTION_PLAN, row)
    demand_open(row)
    ACTION_PLAN_MOVES.check(action_plan.state, ActionPlanState.IN_FORCE)
    now = clock.now(actor.realm)
    demand_period(action_plan.starts_at, action_plan.ends_at, now)
    needed = _asked_of(action_plan)
    mine, signer = signs_for(actor, needed)
    signed = {key for one in action_plan.signatures for key in one["keys"]}
    if needed.posts and not set(mine) - signed:
        raise IllegalMove(
            _("您已经签过。"), place=str(action_plan), remedy=_("请等其他岗位会签。")
        )
    signatures = [*action_plan.signatures, signature(signer, mine, now)]
    awaited = needed.awaited(frozenset({*signed, *mine}))
    if awaited:
        action_plan.change(expected_version=expected_version, signatures=signatures)
        names = [name_of(organization.post_by_key(key)) for key in awaited]
        fact = ActionPlanSigned(
            subject_id=str(action_plan.pk),
            incident_id=str(row.pk),
            number=action_plan.number,
            who=signer.label,
            awaited="、".join(names),
        )
        happened(fact, incident=str(row.pk), audience=action_plan.audience, by=signer)
        return action_plan
    _take_effect(signer, row, action_plan, expected_version, signatures)
    return action_plan


@action(Permission.ISSUE_ORDER)
def order_plan_task(
    actor: Actor,
    *,
    task: PlanTask,
    to_post: Post,
    text: str,
    expected_version: int,
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> ActionPlan:
    """Order what the plan in force wants done; the order cites it.

    Publishes ``OrderIssued`` and ``ActionPlanTaskOrdered``. Refuses what ``issue_order`` refuses, a plan
    that is not in force, and a task that was ordered. Clause 二(二)2.
    """
    plan = task.action_plan
    demand_realm(actor, plan)
    demand_reach(actor, Permission.ISSUE_ORDER, plan.incident)
    locked_incident(actor, plan.incident.lives_in)
    demand_carried_out(plan, task)
    order = issue_order(
        actor,
        incident=plan.incident.lives_in,
        to_post=to_post,
        text=text,
        acknowledge_within=acknowledge_within,
        finish_within=finish_within,
        action_plan=plan,
    )
    plan.change(expected_version=expected_version)
    PlanTask.objects.filter(pk=task.pk).update(order=order)
    fact = ActionPlanTaskOrdered(
        subject_id=str(plan.pk),
        incident_id=str(plan.incident_id),
        number=plan.number,
        task=task.words,
        order_id=str(order.pk),
        order=order.number,
    )
    _happened(fact, plan)
    return plan


def _take_effect(
    signer: Actor,
    incident: Incident,
    plan: ActionPlan,
    expected_version: int,
    signatures: list[dict[str, object]],
) -> None:
    before = action_plan_in_force(incident)
    if before is not None:
        ACTION_PLAN_MOVES.check(before.state, ActionPlanState.SUPERSEDED)
        before.change(expected_version=before.version, state=ActionPlanState.SUPERSEDED)
    plan.change(
        expected_version=expected_version,
        state=ActionPlanState.IN_FORCE,
        signatures=signatures,
        in_force_at=clock.now(incident.realm),
        # Whoever has a part in the incident works by it.
        audience=sorted({*plan.audience, *incident.scopes}),
    )
    fact = ActionPlanAdopted(
        subject_id=str(plan.pk),
        incident_id=str(incident.pk),
        number=plan.number,
        title=str(plan),
        signed_by="、".join(str(one["who"]) for one in signatures),
        starts_at=plan.starts_at.isoformat(),
        ends_at=plan.ends_at.isoformat(),
        aims=plan.aims,
    )
    happened(fact, incident=str(incident.pk), audience=plan.audience, by=signer)


def _asked(incident: Incident) -> Asked:
    """Who signs: whoever decides on the gravest response in force; without one, whoever may at all."""
    responses = active_responses(incident)
    if not responses:
        return Asked()
    gravest = max(responses, key=lambda one: rank(level_key(one.level)))
    level = gravest.level
    return asked(plan_of(gravest.plan_version), DecisionKind.MAINTAIN, level, level)


def _asked_of(plan: ActionPlan) -> Asked:
    return Asked(
        all_of=tuple(plan.asked.get("all_of", ())), any_of=tuple(plan.asked.get("any_of", ()))
    )


def _ask(plan: ActionPlan, posts: list[Post]) -> None:
    """Send word to those who sign; an empty chair is passed over, its page says so."""
    teller = system_actor("run", _("处置方案"), plan.realm, Messaging.SEND_MESSAGE)
    for post in posts:
        send_message(
            teller,
            to_post=post,
            title=_("%(incident)s：待签署%(plan)s")
            % {"incident": plan.incident.title[:LONGEST_NAME], "plan": plan},
            text=plan.aims,
            subject_kind=KIND,
            subject_id=str(plan.pk),
            incident=str(plan.incident_id),
            audience=["duty"],
            urgent=True,
            link=f"/command/action-plans/{plan.pk}/",
            idempotency_key=f"{plan.pk}/{plan.version}/{post.pk}",
        )


def _claim(actor: Actor, plan: ActionPlan, expected_version: int) -> None:
    demand_realm(actor, plan)
    demand_reach(actor, Permission.DRAFT_ACTION_PLAN, plan.incident)
    demand_draft(plan)
    plan.change(expected_version=expected_version)


def _demand_free(task: PlanTask, plan: ActionPlan) -> None:
    if task.action_plan_id != plan.pk:
        raise _elsewhere(plan)
    if task.order_id:
        raise IllegalMove(
            _("这项任务已经下达为指令。"),
            place=str(plan),
            remedy=_("请在指令上改派或撤回。"),
        )


def _elsewhere(plan: ActionPlan) -> IllegalMove:
    return IllegalMove(
        _("这项任务不属于%(plan)s。") % {"plan": plan}, remedy=_("请从处置方案的页面进入。")
    )


def _edited(plan: ActionPlan, part: str, words: str) -> None:
    fact = ActionPlanEdited(
        subject_id=str(plan.pk),
        incident_id=str(plan.incident_id),
        number=plan.number,
        part=str(part),
        words=words,
    )
    _happened(fact, plan)


def _happened(
    fact: ActionPlanEdited | ActionPlanSubmitted | ActionPlanReturned | ActionPlanTaskOrdered,
    plan: ActionPlan,
) -> None:
    happened(fact, incident=str(plan.incident_id), audience=plan.audience)
