"""演练转实战."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command.models import Incident
from liandong.evaluation import actions, queries
from liandong.evaluation.forms.conversion import ConvertForm
from liandong.evaluation.permissions import Permission
from liandong.kernel.actors import ACTUAL
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def convert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make it real, wherever the page stands; whoever does so goes on in what is real."""
    actor = actor_of(request)
    actor.demand(Permission.CONVERT_DRILL)
    found = queries.drill_for(actor, pk)
    page = reverse("evaluation:drill", args=[found.pk])

    def run(data: dict[str, Any]) -> Incident:
        made = actions.convert_drill(replace(actor, realm=ACTUAL), drill=found, **data)
        request.session.pop("realm", None)
        return made

    return deed(
        request,
        ConvertForm(
            request.POST or None, drill=found, initial={"expected_version": found.version}
        ),
        run=run,
        to=lambda made: reverse("command:room", args=[made.pk]),
        context={"note": found.name, "back": page},
    )
