"""What of the organization can be found: bodies by every board they hang out, people with their posts."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel.search.indexing import Searchable, searched, subject
from liandong.kernel.wording import listed
from liandong.organization import queries
from liandong.organization.events import (
    AppointmentEnded,
    AppointmentMade,
    BodyCreated,
    BodyRenamed,
    DeputyNamed,
    PersonAdded,
)
from liandong.organization.models import Body, Person
from liandong.organization.states import BodyKind


@searched(
    "organization.body",
    label=_("机构"),
    icon="building",
    rows=queries.all_bodies,
    after={BodyCreated: subject, BodyRenamed: subject},
)
def body(row: Body) -> Searchable:
    """A body, by its names, former ones included."""
    kind = str(BodyKind(row.kind).label)
    return Searchable(
        title=row.name,
        detail=kind if row.short_name == row.name else listed([row.short_name, kind]),
        names=[row.short_name, *row.aliases],
        url=reverse("organization:body", args=[row.pk]),
        audience={"county"},
        weight=30,
    )


@searched(
    "organization.person",
    label=_("人员"),
    icon="user",
    rows=queries.all_people,
    after={
        PersonAdded: subject,
        AppointmentMade: lambda fact: [fact.person_id],
        AppointmentEnded: lambda fact: [fact.person_id],
        DeputyNamed: lambda fact: [fact.person_id],
        BodyRenamed: lambda fact: queries.people_at(UUID(fact.subject_id)),
    },
)
def person(row: Person) -> Searchable:
    """A person, by name and by the posts held now."""
    posts = [
        f"{one.post.body.short_name} {one.post.title}" for one in getattr(row, "now_at", [])
    ]
    return Searchable(
        title=row.name,
        detail=listed(posts),
        names=posts,
        url=reverse("organization:person", args=[row.pk]),
        audience={"county"},
        weight=30,
    )
