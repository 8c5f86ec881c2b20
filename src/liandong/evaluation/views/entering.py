"""Going into a drill, and back to what is real."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from liandong.evaluation import queries
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import demand_on_list
from liandong.web.deeds import go
from liandong.web.requests import actor_of

HOME = "/"


@require_POST
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go into a drill under way, as somebody on its list; into one that is over, to look at it."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    found = queries.drill_for(actor, pk)
    demand_on_list(actor, found)
    request.session["realm"] = found.realm
    return go(request, reverse("evaluation:drill", args=[found.pk]))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go back to what is real: to the desk, where what waits is. What was done in the drill stays there."""
    request.session.pop("realm", None)
    return go(request, HOME)
