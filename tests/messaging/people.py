"""A small office to send messages to: rows as organization's actions would leave them."""

from datetime import UTC, datetime
from uuid import uuid4

from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.permissions import permissions_of
from liandong.messaging.models import ContactPoint
from liandong.organization.models import Account, Appointment, Body, Person, Post
from liandong.organization.states import BodyKind

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def post(title="站长", *, superior=None, body="水利局"):
    key = uuid4().hex[:12]
    made = Body.objects.create(
        key=key, name=body, short_name=body, kind=BodyKind.UNIT, sort_key=body
    )
    return Post.objects.create(key=f"{key}.post", body=made, title=title, superior=superior)


def person(name, *, at=None, deputy=False, account=True, email=""):
    made = Person.objects.create(name=name, sort_key=name)
    if at is not None:
        Appointment.objects.create(post=at, person=made, is_deputy=deputy, from_at=LONG_AGO)
    if account:
        Account.objects.create(username=uuid4().hex, person=made, created_at=LONG_AGO)
    if email:
        ContactPoint.objects.create(person=made, channel="email", address=email)
    return made


def as_holder(who, at=None, *, role="unit_liaison", realm=ACTUAL, scopes=()):
    """The actor this person is at a post."""
    return Actor(
        person=str(who.pk),
        post=str(at.pk) if at else "",
        realm=realm,
        label=who.name,
        grants=frozenset(Grant(permission=one) for one in permissions_of(role)),
        scopes=frozenset({"county", *scopes, *([f"post:{at.pk}"] if at else [])}),
    )
