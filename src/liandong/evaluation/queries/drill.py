"""Drills, and who takes part in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command import queries as command
from liandong.evaluation.models import Drill, Enrolment
from liandong.evaluation.states import UNDER_WAY, Part
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor, system_actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import scopes_of
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries as messaging
from liandong.messaging.states import Channel
from liandong.organization import queries as organization
from liandong.organization.models import Appointment, Body, Person, Post
from liandong.plans import queries as plans

OPENED = "drill-"


@dataclass(frozen=True)
class Place:
    """Somebody on a drill's list, with the chair they hold."""

    enrolment: Enrolment
    chair: Appointment | None
    has_address: bool


def visible_drills(actor: Actor) -> QuerySet[Drill]:
    """The drills an actor may see: all of them from what is real, from within one only that one."""
    rows = Drill.objects.order_by("-planned_for", "-id")
    if actor.realm != ACTUAL:
        rows = rows.filter(realm=actor.realm)
    if EVERYTHING in actor.scopes:
        return rows
    return rows.filter(audience__overlap=scopes_of(actor))


def drill_for(actor: Actor, pk: UUID | str) -> Drill:
    """Return one; raises ``Missing``."""
    try:
        found = visible_drills(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(_("没有这场演练，或者您所在岗位看不到它。"), remedy=_("请从演练页进入。"))
    return found


def drill_in(realm: str) -> Drill | None:
    """Return the drill that a realm belongs to; None for what is real and for rehearsals."""
    if not realm.startswith(OPENED):
        return None
    return Drill.objects.filter(realm=realm).select_related("became").first()


def drill_of(realm: str, person: str) -> Drill | None:
    """Return the drill that a realm belongs to, if this person is on its list."""
    if not person:
        return None
    rows = Drill.objects.filter(realm=realm, enrolments__person=UUID(person))
    return rows.select_related("became").first()


def drills_to_enter(actor: Actor) -> list[Drill]:
    """The drills under way in which this person takes part."""
    # Most days there is none, and every page would ask.
    if not actor.person or not any(name.startswith(OPENED) for name in clock.every()):
        return []
    rows = Drill.objects.filter(enrolments__person=UUID(actor.person), state__in=UNDER_WAY)
    return list(rows.order_by("started_at"))


def part_in(drill: Drill, actor: Actor) -> Part | None:
    """What somebody does in a drill."""
    if not actor.person:
        return None
    mine = drill.enrolments.filter(person=UUID(actor.person))
    part = mine.values_list("part", flat=True).first()
    return Part(part) if part else None


def enrolments_of(drill: Drill) -> list[Place]:
    """The drill's list: controllers first, each part in Chinese order."""
    rows = list(drill.enrolments.select_related("person").order_by("person__sort_key", "id"))
    rows.sort(key=lambda one: list(Part.values).index(one.part))
    people = [one.person for one in rows]
    chairs: dict[UUID, Appointment] = {}
    held = organization.holding().filter(person__in=people).select_related("post__body")
    for chair in held.order_by("is_deputy", "post__rank", "id"):
        chairs.setdefault(chair.person_id, chair)
    known = {point.person_id for point in messaging.addresses(Channel.EMAIL, people)}
    return [Place(one, chairs.get(one.person_id), one.person_id in known) for one in rows]


def can_be_enrolled(drill: Drill) -> list[Person]:
    """Everybody who is not on the drill's list yet, with the chairs they hold as ``now_at``."""
    listed = drill.enrolments.values("person")
    return list(organization.all_people().exclude(pk__in=listed))


def people_of_body(body: Body) -> list[Person]:
    """Whoever holds a post of a body now, in Chinese order."""
    held = organization.holding().filter(post__body=body)
    rows = organization.people_here().filter(pk__in=held.values("person"))
    return list(rows)


def addresses_of(people: Iterable[Person]) -> list[str]:
    """The mailboxes of several people."""
    return sorted({one.address for one in messaging.addresses(Channel.EMAIL, list(people))})


def posts_of(drill: Drill) -> list[Post]:
    """The posts by which those on a drill's list are told of it: of each person the first they hold."""
    first: dict[UUID, Post] = {}
    people = drill.enrolments.values("person")
    held = organization.answering().filter(person__in=people).select_related("post__body")
    for chair in held.order_by("is_deputy", "post__rank", "id"):
        first.setdefault(chair.person_id, chair.post)
    return sorted({one.pk: one for one in first.values()}.values(), key=lambda one: str(one.pk))


def facts_played(drill: Drill) -> dict[str, str]:
    """What was recorded last about the drill's newest incident, as it is written down."""
    watcher = system_actor("run", _("演练评估"), drill.realm)
    incident = command.visible_incidents(watcher).order_by("-opened_at").first()
    if incident is None:
        return {}
    known = plans.facts_of("command.incident", str(incident.pk), realm=drill.realm)
    return {name: str(plans.scalar(one.value)) for name, one in known.items()}
