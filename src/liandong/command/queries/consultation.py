"""Consultations: whom to call, who is there, what each said, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Prefetch, QuerySet, When

from liandong.command.models import (
    Attendee,
    Consultation,
    ConsultationItem,
    ConsultationOpinion,
    Incident,
    Order,
)
from liandong.command.queries.address import staffed_address
from liandong.command.queries.incident import within
from liandong.command.queries.plan import headquarters_of, plan_of, plans_for
from liandong.command.queries.response import active_responses, visible_consultations
from liandong.command.states import Stance
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.organization.states import Phase
from liandong.plans import queries as plans
from liandong.plans.models import PlanVersion
from liandong.sharing import queries as sharing
from liandong.sharing.models import Record
from liandong.sharing.states import RecordState

KIND = "command.incident"
CLASS = 3  # as much of a class's code as registers speak of: 11A
MOST_EXPERTS = 60

R = TypeVar("R", Attendee, ConsultationItem)


@dataclass(frozen=True)
class ItemRow:
    """Something that was decided, and how it stands: as its order does, once it has one."""

    item: ConsultationItem
    mark: str
    shown: str

    @property
    def when(self) -> datetime | None:
        """Until when, where a moment was said."""
        return self.item.due_at


def called_first(incident: Incident, classes: Iterable[str], at: datetime) -> list[Post]:
    """Whom to call: who decides by the plans, the headquarters, who was ordered so far, the units with a duty in it.

    Empty chairs are left out. They are proposed; whoever calls changes them.
    """
    found: dict[UUID, Post] = {}
    versions = [one.plan_version for one in active_responses(incident)]
    for version in versions or plans_for(classes):
        for post in _of_plan(incident, version, at):
            found.setdefault(post.pk, post)
    ordered = Order.objects.filter(within(incident)).values("to_post")
    for post in organization.all_posts().filter(pk__in=ordered):
        found.setdefault(post.pk, post)
    # What falls to everybody in every emergency makes nobody sit in this one.
    matrix = organization.duty_matrix(incident.hazard, Phase.RESPONSE)
    bodies = {duty.body_id: duty.body for duty in matrix if duty.hazard != EVERYTHING}
    for post in organization.liaisons(bodies.values()):
        found.setdefault(post.pk, post)
    chairs = organization.staffed(found.values())
    return [post for pk, post in found.items() if chairs.get(pk)]


def _of_plan(incident: Incident, version: PlanVersion, at: datetime) -> list[Post]:
    """The posts that decide at the level that is reached, and those of the plan's headquarters."""
    plan = plan_of(version)
    grading = plans.grade_subject(version, KIND, str(incident.pk), at, realm=incident.realm)
    levels = [one for _key, one in plan.highest_first()]
    level = plan.levels[grading.at_least] if grading.at_least else levels[-1]
    keys = level.decides.posts if level.decides else []
    posts = [address.post for address in map(staffed_address, keys)]
    body = headquarters_of(plan)
    if body is not None:
        posts += organization.posts_of_body(body)
    return posts


def experts_for(actor: Actor, incident: Incident) -> list[Record]:
    """The experts of the register, those for events of this class first. One query."""
    rows = sharing.visible_to(actor).filter(kind="expert", state=RecordState.CURRENT)
    mine = When(values__hazards__contains=[incident.hazard[:CLASS]], then=0)
    others = Case(mine, default=1, output_field=IntegerField())
    return list(rows.order_by(others, "sort_key", "id")[:MOST_EXPERTS])


def attendees_of(consultation: Consultation) -> list[Attendee]:
    """Everybody who was called, each with what they said (``said``), the oldest first. Two queries."""
    said = ConsultationOpinion.objects.select_related("file").order_by("at", "id")
    rows = Attendee.objects.filter(consultation=consultation).select_related("post__body")
    return list(rows.prefetch_related(Prefetch("opinions", queryset=said)))


def items_of(consultation: Consultation, now: datetime) -> list[ItemRow]:
    """What was decided, and how each item stands. One query."""
    rows = ConsultationItem.objects.filter(consultation=consultation)
    return [_row(one, now) for one in rows.select_related("owner__body", "order")]


def items_within(actor: Actor, incident: Incident, now: datetime) -> dict[UUID, list[ItemRow]]:
    """The items of every consultation of an incident that the actor may see. One query."""
    seen = visible_consultations(actor).filter(within(incident)).order_by().values("pk")
    rows = ConsultationItem.objects.filter(consultation__in=seen)
    found: dict[UUID, list[ItemRow]] = {}
    for one in rows.select_related("owner__body", "order"):
        found.setdefault(one.consultation_id, []).append(_row(one, now))
    return found


def _row(item: ConsultationItem, now: datetime) -> ItemRow:
    if item.withdrawn_reason:
        return ItemRow(item, "stopped", _("已撤销"))
    if item.order is not None:
        return ItemRow(item, item.order.state, str(item.order.get_state_display()))
    if item.settled_at:
        return ItemRow(item, "done", _("已办结"))
    if item.due_at and item.due_at < now:
        return ItemRow(item, "overdue", _("超时"))
    return ItemRow(item, "waiting", _("待办"))


def differing(attendees: Iterable[Attendee]) -> list[ConsultationOpinion]:
    """What holds now of those who differ or agree on conditions: the last word of each.

    For attendees as ``attendees_of`` gives them.
    """
    last = [one.said[-1] for one in attendees if one.said]
    return [one for one in last if one.stance != Stance.SUPPORT]


def attendee_for(actor: Actor, pk: UUID | str) -> Attendee:
    """Return one who was called; raises ``Missing``."""
    rows = Attendee.objects.select_related("consultation__incident", "post__body")
    return _seen(actor, rows, pk, _("没有这位参会人，或者您所在岗位看不到这次会商。"))


def item_for(actor: Actor, pk: UUID | str) -> ConsultationItem:
    """Return one thing that was decided; raises ``Missing``."""
    rows = ConsultationItem.objects.select_related("consultation__incident", "owner__body")
    return _seen(actor, rows, pk, _("没有这件议定事项，或者您所在岗位看不到这次会商。"))


def _seen(actor: Actor, rows: QuerySet[R], pk: UUID | str, what: str) -> R:
    seen = visible_consultations(actor).order_by().values("pk")
    try:
        found = rows.filter(pk=pk, consultation__in=seen).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(what, remedy=_("请从事件室进入会商。"))
    return found
