"""The book of people."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import actions, forms, queries
from liandong.organization.models import Person
from liandong.organization.permissions import Permission
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

MOST_LEAVES = 5


def positions(person: Person) -> str:
    """Say in one line which chairs a person holds; wants ``all_people``."""
    return listed(
        f"{one.post.body.short_name} {one.post.title}{_('(B角)') if one.is_deputy else ''}"
        for one in getattr(person, "now_at", [])
    )


COLUMNS: list[Column[Person]] = [
    Column(key="name", label=gettext_lazy("姓名"), value=lambda one: one.name, sort="sort_key"),
    Column(key="posts", label=gettext_lazy("现任岗位"), value=positions),
]
FILTERS = [
    Filter(key="name", label=gettext_lazy("姓名"), lookup="name__icontains"),
]


def address(person: Person) -> str:
    """Where a person's page is."""
    return reverse("organization:person", args=[person.pk])


def people(request: HttpRequest) -> HttpResponseBase:
    """List everybody."""
    table = Table(
        request=request,
        rows=queries.all_people(),
        columns=COLUMNS,
        filters=FILTERS,
        order=("sort_key", "id"),
        name="people",
        link=address,
    )
    may = actor_of(request).may
    return listing(
        request,
        table,
        "organization/people.html",
        title=_("通讯录"),
        may_create=may(Permission.CREATE_PERSON),
    )


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a person: the chairs held now and before, and what apps above know of reaching them."""
    row = found(Person.objects.all(), pk)
    actor = actor_of(request)
    context = {
        "person": row,
        "chairs": queries.appointments_of(row),
        "leaves": queries.leaves_of(row)[:MOST_LEAVES],
        "held": queries.responsibilities_held_by(row),
        "moment": clock.now(ACTUAL),
        "may_enter_leave": actor.person == str(row.pk) or actor.may(Permission.KEEP_LEAVE),
        "may_assign": actor.may(Permission.ASSIGN_RESPONSIBILITY),
        "may_remove": actor.may(Permission.REMOVE_PERSON) and actor.person != str(row.pk),
    }
    return render(request, "organization/person.html", context)


def remove_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody out of the book; show what is theirs, and who takes over."""
    actor, row = actor_of(request), found(Person.objects.all(), pk)
    actor.demand(Permission.REMOVE_PERSON)
    return deed(
        request,
        forms.RemoveForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.remove_person(
            actor, person=row, **{"expected_version": 0, **data}
        ),
        to=reverse("organization:people"),
        template="organization/remove_person.html",
        context={
            "back": address(row),
            "note": row.name,
            "chairs": queries.positions_of(row),
            "held": queries.responsibilities_held_by(row),
        },
    )


def create_person(request: HttpRequest) -> HttpResponse:
    """Enter somebody into the book."""
    actor = actor_of(request)
    actor.demand(Permission.CREATE_PERSON)
    return deed(
        request,
        forms.PersonForm(request.POST or None),
        run=lambda data: actions.create_person(
            actor, name=data["name"], idempotency_key=data["idempotency_key"]
        ),
        to=address,
        context={"back": reverse("organization:people")},
    )
