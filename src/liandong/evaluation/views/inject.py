"""The script: writing it, and telling the players by hand."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.evaluation import actions, queries
from liandong.evaluation.forms.inject import FORMS, DeliverForm, DropForm
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import demand_author, seated
from liandong.evaluation.states import InjectKind
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write one more, of the kind that was chosen."""
    actor = actor_of(request)
    actor.demand(Permission.WRITE_INJECT)
    found = queries.drill_for(actor, pk)
    demand_author(actor, found)
    asked = request.GET.get("kind", "")
    kind = InjectKind(asked) if asked in InjectKind.values else InjectKind.WORD
    page = reverse("evaluation:drill", args=[found.pk])
    return deed(
        request,
        FORMS[kind](request.POST or None),
        run=lambda data: actions.add_inject(seated(actor, found), drill=found, **data),
        to=f"{page}#script",
        context={"note": f"{found.name} · {kind.label}", "back": page},
    )


def deliver(request: HttpRequest, pk: UUID, inject: UUID) -> HttpResponse:
    """Tell the players now."""
    actor = actor_of(request)
    actor.demand(Permission.DELIVER_INJECT)
    found = queries.drill_for(actor, pk)
    demand_author(actor, found)
    one = queries.inject_for(found, inject)
    page = reverse("evaluation:drill", args=[found.pk])
    return deed(
        request,
        DeliverForm(request.POST or None, initial={"expected_version": one.version}),
        run=lambda data: actions.deliver_inject(seated(actor, found), inject=one, **data),
        to=f"{page}#script",
        context={"note": str(one), "back": page},
    )


def drop(request: HttpRequest, pk: UUID, inject: UUID) -> HttpResponse:
    """Leave it out."""
    actor = actor_of(request)
    actor.demand(Permission.DELIVER_INJECT)
    found = queries.drill_for(actor, pk)
    demand_author(actor, found)
    one = queries.inject_for(found, inject)
    page = reverse("evaluation:drill", args=[found.pk])
    return deed(
        request,
        DropForm(request.POST or None, initial={"expected_version": one.version}),
        run=lambda data: actions.drop_inject(seated(actor, found), inject=one, **data),
        to=f"{page}#script",
        context={"note": str(one), "back": page},
    )
