"""Pages of manuscripts as wholes: which are being written, begun, given up."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from liandong.plans import actions, queries
from liandong.plans.forms import DiscardForm, OpenManuscriptForm
from liandong.plans.models import Manuscript
from liandong.plans.permissions import Permission
from liandong.plans.views.editor import address_of
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

LONGEST_KEY = 200


@login_required
def manuscripts(request: HttpRequest) -> HttpResponse:
    """The manuscripts that are being written."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    rows = queries.manuscripts_visible(actor).select_related("draft", "based_on")
    return render(request, "plans/manuscript_list.html", {"manuscripts": rows})


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to write a plan from nothing."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    book = queries.Book()
    bodies = [(key, body.short_name) for key, body in book.bodies.items()]
    form = OpenManuscriptForm(
        request.POST or None, hazards=queries.hazards_known(), bodies=bodies
    )

    def run(data: dict[str, Any]) -> Manuscript:
        return actions.open_manuscript(actor, title=data.pop("name"), **data)

    return deed(
        request, form, run=run, to=address_of, context={"back": reverse("plans:manuscripts")}
    )


@login_required
@require_POST
def revise(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Begin a manuscript with the text of a version."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    version = queries.version_numbered(key, number)
    made = actions.begin_manuscript(
        actor,
        text=version.text,
        based_on=version,
        idempotency_key=request.POST.get("idempotency_key", "")[:LONGEST_KEY],
    )
    return HttpResponseRedirect(address_of(made), status=303)


@login_required
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a manuscript up."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    found = queries.manuscript_visible(actor, str(pk))
    return deed(
        request,
        DiscardForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.discard_manuscript(
            actor, manuscript=found, **{"expected_version": 0, **data}
        ),
        to=reverse("plans:manuscripts"),
        context={"back": address_of(found), "note": str(found)},
    )
