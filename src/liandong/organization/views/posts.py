"""Posts, who holds them, and what they are trusted with."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.kernel.actors import EVERYTHING
from liandong.organization import actions, forms, queries
from liandong.organization.actions import RoleScope
from liandong.organization.models import Appointment, Post
from liandong.organization.permissions import Permission
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def _home(post: Post) -> str:
    return reverse("organization:body", args=[post.body_id])


def create_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set up a post in a body."""
    actor, body = actor_of(request), found(queries.all_bodies(), pk)
    actor.demand(Permission.CREATE_POST, body=str(body.pk))

    def run(data: dict[str, Any]) -> Post:
        return actions.create_post(actor, body=body, title=data.pop("post_title"), **data)

    return deed(
        request,
        forms.PostForm(request.POST or None),
        run=run,
        to=_home,
        context={"back": reverse("organization:body", args=[body.pk]), "note": str(body)},
    )


def set_roles(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle the roles of a post."""
    actor, post = actor_of(request), found(queries.all_posts(), pk)
    actor.demand(Permission.SET_ROLES)
    present = queries.roles_of_post(post)
    initial = {
        "roles": [one.role for one in present],
        "own_body": bool(present) and all(one.body == str(post.body_id) for one in present),
        **forms.versioned(post),
    }

    def run(data: dict[str, Any]) -> Post:
        reach = str(post.body_id) if data.pop("own_body") else EVERYTHING
        # How far a role reaches by hazard this form does not show; it is kept.
        hazards = {one.role: one.hazard for one in present}
        roles = [
            RoleScope(str(role), reach, hazards.get(str(role), EVERYTHING))
            for role in data.pop("roles")
        ]
        return actions.set_roles(
            actor, post=post, roles=roles, **{"expected_version": 0, **data}
        )

    return deed(
        request,
        forms.RolesForm(request.POST or None, initial=initial),
        run=run,
        to=_home,
        context={"back": _home(post), "note": f"{post.body} {post}"},
    )


def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put somebody into a post."""
    actor, post = actor_of(request), found(queries.all_posts(), pk)
    actor.demand(Permission.MAKE_APPOINTMENT, body=str(post.body_id))

    def run(data: dict[str, Any]) -> Appointment:
        data.pop("expected_version", None)
        return actions.appoint(actor, post=post, **data)

    return deed(
        request,
        forms.AppointForm(request.POST or None),
        run=run,
        to=_home(post),
        context={"back": _home(post), "note": f"{post.body} {post}"},
    )


def end_appointment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody out of a post."""
    actor = actor_of(request)
    rows = Appointment.objects.select_related("post__body", "person")
    chair = found(rows, pk)
    actor.demand(Permission.END_APPOINTMENT, body=str(chair.post.body_id))
    return deed(
        request,
        forms.EndForm(request.POST or None, initial={"expected_version": chair.version}),
        run=lambda data: actions.end_appointment(
            actor, appointment=chair, **{"expected_version": 0, **data}
        ),
        to=_home(chair.post),
        context={
            "back": _home(chair.post),
            "note": f"{chair.post.body} {chair.post} {chair.person}",
        },
    )
