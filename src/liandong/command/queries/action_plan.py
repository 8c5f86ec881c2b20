"""Action plans: those of an incident, what the next one says at first, and one in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from liandong.command.models import (
    ActionPlan,
    Consultation,
    ConsultationItem,
    Incident,
    Order,
    PlanTask,
)
from liandong.command.queries.address import name_of, staffed_address
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.incident import within
from liandong.command.queries.minutes import situation_of
from liandong.command.queries.step import ORDERED, courses
from liandong.command.states import LIVE, ActionPlanState, ConsultationState, DecisionState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization.models import Post
from liandong.plans.language import need_said
from liandong.web.times import moment

PARTS = {
    "situation": gettext_lazy("情况"),
    "aims": gettext_lazy("目标"),
    "sectors": gettext_lazy("分区和编组"),
    "resources": gettext_lazy("力量和物资"),
    "safety": gettext_lazy("安全"),
    "communications": gettext_lazy("通信联络"),
}
WRITTEN = (ActionPlanState.DRAFT, ActionPlanState.SUBMITTED)


@dataclass(frozen=True)
class DraftTask:
    """A task a draft proposes, and where it was found."""

    post: Post
    words: str
    source: str
    due_at: datetime | None = None
    order: Order | None = None


@dataclass
class DraftPlan:
    """What a draft says at first; blank where nothing is on record."""

    parts: dict[str, str] = field(default_factory=dict)
    tasks: list[DraftTask] = field(default_factory=list)


def visible_action_plans(actor: Actor) -> QuerySet[ActionPlan]:
    """The action plans an actor may see, the newest first."""
    rows = ActionPlan.objects.select_related("incident__merged_into", "follows")
    return visible(rows.order_by("-number"), actor)


def action_plan_before(actor: Actor, plan: ActionPlan) -> ActionPlan | None:
    """The plan of the period before, with its tasks; none for whoever had no part in that period."""
    if plan.follows_id is None:
        return None
    return _whole(actor).filter(pk=plan.follows_id).first()


def action_plan_for(actor: Actor, pk: UUID | str) -> ActionPlan:
    """Return one with its tasks; raises ``Missing``."""
    try:
        found = _whole(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这期处置方案，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found


def _whole(actor: Actor) -> QuerySet[ActionPlan]:
    tasks = PlanTask.objects.select_related("post__body", "order")
    return visible_action_plans(actor).prefetch_related(Prefetch("tasks", queryset=tasks))


def plan_task_for(actor: Actor, pk: UUID | str) -> PlanTask:
    """Return a task of a plan the actor may see; raises ``Missing``."""
    seen = visible_action_plans(actor).order_by().values("pk")
    rows = PlanTask.objects.select_related("action_plan__incident__merged_into", "post__body")
    try:
        found = rows.filter(pk=pk, action_plan__in=seen).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这项任务，或者您所在岗位看不到它的处置方案。"), remedy=_("请从事件室进入。")
        )
    return found


def action_plan_in_force(incident: Incident) -> ActionPlan | None:
    """What the incident is dealt with by now."""
    rows = ActionPlan.objects.filter(incident=incident, state=ActionPlanState.IN_FORCE)
    return rows.first()


def action_plan_written(incident: Incident) -> ActionPlan | None:
    """The one that is being written or waits for signatures."""
    return ActionPlan.objects.filter(incident=incident, state__in=WRITTEN).first()


def draft_plan(
    incident: Incident, last: ActionPlan | None, pack: dict[str, Any], at: datetime
) -> DraftPlan:
    """What the plan of the next period says at first: the last, without what is done, and what is going on.

    ``pack`` is what is known now. A fixed number of queries.
    """
    parts = {name: getattr(last, name) if last else "" for name in PARTS}
    parts["situation"] = situation_of(pack)
    parts["aims"] = parts["aims"] or _aims(incident)
    sectors, lines = _on_the_spot(incident)
    parts["sectors"] = sectors or parts["sectors"]
    parts["communications"] = parts["communications"] or lines
    found = DraftPlan(parts)
    steps, needs = _steps(incident, at)
    parts["resources"] = parts["resources"] or needs
    known: set[tuple[UUID, str]] = set()
    for one in [*_orders(incident), *_left(last), *_items(incident), *steps]:
        key = (one.post.pk, one.words)
        if key not in known:
            known.add(key)
            found.tasks.append(one)
    return found


def plan_sections(plan: ActionPlan) -> dict[str, Any]:
    """A plan in the form of a pack, so that two of them are compared as packs are.

    A line of a part is a row, and so is a task; tasks are the same while post and words are.
    """
    sections = [
        {
            "key": name,
            "title": str(title),
            "head": [str(title)],
            "rows": [{"key": line, "cells": [line]} for line in _lines(getattr(plan, name))],
        }
        for name, title in PARTS.items()
    ]
    tasks = [
        {
            "key": f"{one.post_id}/{one.words}",
            "cells": [one.words, one.responsible, moment(one.due_at)],
        }
        for one in plan.tasks.all()
    ]
    head = [str(_("任务")), str(_("责任")), str(_("时限"))]
    period = f"{moment(plan.starts_at)} — {moment(plan.ends_at)}"
    return {
        "sections": [
            {
                "key": "period",
                "title": str(_("时段")),
                "head": [str(_("时段"))] * 2,
                "rows": [{"key": "period", "cells": [str(_("起止")), period]}],
            },
            *sections,
            {"key": "tasks", "title": str(_("任务")), "head": head, "rows": tasks},
        ]
    }


def plan_text(plan: ActionPlan, tasks: Iterable[PlanTask]) -> str:
    """All of it as one text, as those who sign are shown it."""
    said = [
        f"{moment(plan.starts_at)} — {moment(plan.ends_at)}",
        *(f"{title}：{getattr(plan, name)}" for name, title in PARTS.items()),
        *(
            f"{one.number}. {one.words}（{one.responsible}）{moment(one.due_at)}"
            for one in tasks
        ),
    ]
    return "\n".join(str(one) for one in said)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _aims(incident: Incident) -> str:
    """What was decided last: the response's matters, and the last consultation's findings."""
    decision = (
        incident.decisions.filter(state=DecisionState.MADE).order_by("-opened_at").first()
    )
    held = _last_consultation(incident)
    said = [decision.matters if decision else "", held.findings if held else ""]
    return "\n".join(one for one in said if one)


def _last_consultation(incident: Incident) -> Consultation | None:
    rows = Consultation.objects.filter(within(incident), state=ConsultationState.CLOSED)
    return rows.defer("pack").order_by("-closed_at").first()


def _on_the_spot(incident: Incident) -> tuple[str, str]:
    """The groups of the field headquarters, a line each; and who commands there."""
    post = standing_field_post(incident)
    if post is None:
        return "", ""
    lines = [_group(one) for one in post.groups.select_related("leader__body")]
    commander = _("现场指挥部设在%(place)s，现场指挥长%(who)s。") % {
        "place": post.place,
        "who": name_of(post.commander),
    }
    return "\n".join([str(commander), *lines]), str(commander)


def _group(group: Any) -> str:
    leader = name_of(group.leader) if group.leader else _("未定")
    members = [one["name"] for one in group.members]
    if not members:
        return str(_("%(group)s：组长%(leader)s") % {"group": group.name, "leader": leader})
    return str(
        _("%(group)s：组长%(leader)s，成员%(members)s")
        % {"group": group.name, "leader": leader, "members": listed(members)}
    )


def _orders(incident: Incident) -> Iterator[DraftTask]:
    """What is being carried out goes on in the next period, under its order."""
    rows = Order.objects.filter(within(incident), state__in=sorted(LIVE))
    for one in rows.select_related("to_post__body").order_by("number"):
        yield DraftTask(one.to_post, one.text, str(one), one.finish_by, one)


def _left(last: ActionPlan | None) -> Iterator[DraftTask]:
    """What the last period had and nobody has begun; what was ordered stands among the orders, or is done."""
    if last is None:
        return
    for one in last.tasks.select_related("post__body").filter(order=None):
        yield DraftTask(one.post, one.words, str(last), one.due_at)


def _items(incident: Incident) -> Iterator[DraftTask]:
    """What the last consultation decided and was neither ordered nor settled."""
    held = _last_consultation(incident)
    if held is None:
        return
    rows = ConsultationItem.objects.filter(
        consultation=held, order=None, settled_at=None, withdrawn_reason=""
    )
    for one in rows.select_related("owner__body"):
        if one.owner is not None:
            words = f"{one.decision}（{one.by}）" if one.by else one.decision
            yield DraftTask(one.owner, words, str(held), one.due_at)


def _steps(incident: Incident, at: datetime) -> tuple[list[DraftTask], str]:
    """Steps of the plans under way that have yet to be ordered, and what all steps need."""
    tasks: list[DraftTask] = []
    needs: list[str] = []
    for course in courses(incident, at):
        for row in course.rows:
            step = row.step
            needs += [need_said(one.model_dump()) for one in step.needs]
            if row.order or row.task or row.wait == "ruled_out" or step.do not in ORDERED:
                continue
            post = staffed_address(step.to).post
            tasks.append(DraftTask(post, step.text, course.run.plan_version.title))
    return tasks, "\n".join(dict.fromkeys(needs))
