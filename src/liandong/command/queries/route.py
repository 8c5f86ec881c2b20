"""Routes on the map of incidents."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import Route
from liandong.command.queries.incident import visible_incidents
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


def visible_routes(actor: Actor) -> QuerySet[Route]:
    """The routes of the incidents that an actor may see, the newest first."""
    rows = Route.objects.select_related("incident").order_by("-drawn_at", "-id")
    return rows.filter(incident__in=visible_incidents(actor).order_by())


def route_for(actor: Actor, pk: UUID | str) -> Route:
    """Return one route; raises ``Missing``."""
    try:
        found = visible_routes(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(_("没有这条线路，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。"))
    return found
