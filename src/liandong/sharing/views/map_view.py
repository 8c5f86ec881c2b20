"""Keeping questions to the risk map, and dropping them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.sharing import actions, queries
from liandong.sharing.forms.map_view import DropViewForm, SaveViewForm
from liandong.sharing.permissions import Permission
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def save(request: HttpRequest) -> HttpResponse:
    """Keep the question that is on the page."""
    actor = actor_of(request)
    actor.demand(Permission.SAVE_VIEW)
    query = request.POST.get("query", request.GET.get("query", ""))
    back = f"{reverse('sharing:region')}?{query}"
    return deed(
        request,
        SaveViewForm(request.POST or None, initial={"query": query}),
        run=lambda data: actions.save_map_view(actor, **data),
        to=back,
        context={"back": back},
    )


def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Drop a question of one's own."""
    actor = actor_of(request)
    actor.demand(Permission.SAVE_VIEW)
    view = queries.map_view_for(actor, pk)
    back = reverse("sharing:region")
    return deed(
        request,
        DropViewForm(request.POST or None),
        run=lambda data: actions.drop_map_view(actor, view=view, **data),
        to=back,
        context={"note": view.name, "back": back},
    )
