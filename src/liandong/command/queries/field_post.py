"""Field headquarters: the one that stands, those there were, and the groups a plan wants."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from liandong.command.models import FieldGroup, FieldPost, Incident, Order, Response
from liandong.command.queries.plan import plan_of
from liandong.command.queries.response import active_responses
from liandong.command.states import LIVE, FieldPostState, IncidentState, ResponseState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.plans.language import FieldGroup as PlannedGroup


def visible_field_posts(actor: Actor) -> QuerySet[FieldPost]:
    """The field headquarters an actor may see, with their groups, the newest first."""
    groups = FieldGroup.objects.select_related("leader__body")
    rows = FieldPost.objects.select_related("incident", "commander__body").prefetch_related(
        Prefetch("groups", queryset=groups)
    )
    return visible(rows.order_by("-opened_at", "-id"), actor)


def field_post_for(actor: Actor, pk: UUID | str) -> FieldPost:
    """Return one field headquarters; raises ``Missing``."""
    try:
        found = visible_field_posts(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这个现场指挥部，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found


def standing_field_post(incident: Incident) -> FieldPost | None:
    """The field headquarters that commands on the spot now."""
    rows = FieldPost.objects.filter(incident=incident, state=FieldPostState.OPEN)
    return rows.select_related("commander__body").first()


def idle_field_posts(actor: Actor) -> QuerySet[FieldPost]:
    """Those that stand in open incidents although no response is in force any more."""
    active = Response.objects.filter(incident=OuterRef("incident"), state=ResponseState.ACTIVE)
    over = Response.objects.filter(incident=OuterRef("incident"), state=ResponseState.ENDED)
    rows = visible(FieldPost.objects.select_related("incident"), actor).filter(
        state=FieldPostState.OPEN, incident__state=IncidentState.OPEN
    )
    return rows.filter(~Exists(active), Exists(over))


def planned_groups(incident: Incident) -> list[PlannedGroup]:
    """The groups that the plans in force want on the spot; of two with one key the first."""
    found: dict[str, PlannedGroup] = {}
    for response in active_responses(incident):
        for group in plan_of(response.plan_version).field_post.groups:
            found.setdefault(group.key, group)
    return list(found.values())


def orders_on_scene(field_post: FieldPost) -> list[Order]:
    """What those under its command still owe."""
    groups = list(field_post.groups.all())
    posts = {field_post.commander_id, *(group.leader_id for group in groups)} - {None}
    bodies = {one["body"] for group in groups for one in group.members}
    rows = Order.objects.filter(incident=field_post.incident_id, state__in=sorted(LIVE))
    mine = rows.filter(Q(to_post__in=posts) | Q(to_body__in=bodies))
    return list(mine.select_related("to_body").order_by("number"))
