"""Who is on the spot, in which parties, by what names; and who has been there too long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from liandong.command.models import FieldParty, FieldPost, FieldPresence
from liandong.command.models.field_post import ASSUMED_SHIFT_HOURS
from liandong.command.permissions import Permission
from liandong.command.queries.payload import said_of
from liandong.command.states import FieldPostState, FieldPresenceState
from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import ngettext

KIND = "command.field_party"
SIGNED_IN = "command.field_party_signed_in"


@dataclass(frozen=True)
class Someone:
    """One person there: what they are called, as far as it was told and still is kept."""

    row: FieldPresence
    name: str
    phone: str
    over: timedelta | None

    @property
    def value(self) -> str:
        """How a form names them, with the version that was seen."""
        return f"{self.row.pk}.{self.row.version}"


@dataclass
class Party:
    """A party as the page shows it: the people who are there, and how many have left."""

    row: FieldParty
    here: list[Someone] = field(default_factory=list)
    gone: list[Someone] = field(default_factory=list)

    @property
    def headcount(self) -> int:
        """How many came."""
        return len(self.here) + len(self.gone)

    @property
    def at_work(self) -> int:
        """How many work."""
        return sum(one.row.state == FieldPresenceState.AT_WORK for one in self.here)

    @property
    def resting(self) -> int:
        """How many rest."""
        return len(self.here) - self.at_work


@dataclass(frozen=True)
class Overworked:
    """A field headquarters with people who have been at work longer than a shift."""

    pk: UUID
    name: str
    place: str
    n: int
    since: datetime


def people_there(field_post: FieldPost) -> QuerySet[FieldPresence]:
    """Everybody who was signed in and not out, the earliest party first."""
    rows = FieldPresence.objects.filter(party__field_post=field_post)
    rows = rows.exclude(state=FieldPresenceState.LEFT)
    return rows.select_related("party", "person").order_by(
        "party__arrived_at", "party", "ordinal"
    )


def headcount(field_post: FieldPost) -> int:
    """How many are there now, resting or at work."""
    return people_there(field_post).order_by().count()


def parties_of(field_post: FieldPost, now: datetime, *, named: bool) -> list[Party]:
    """Every party that came, with its people; names and telephones only where asked for.

    A fixed number of queries, however many there are.
    """
    rows = FieldPresence.objects.filter(party__field_post=field_post)
    rows = rows.select_related("party__group", "person")
    shift = field_post.shift
    found: dict[UUID, Party] = {}
    people = list(rows.order_by("party__arrived_at", "party", "ordinal"))
    told = names_in({one.party_id for one in people}) if named else {}
    for one in people:
        party = found.setdefault(one.party_id, Party(one.party))
        name, phone = _called(one, told) if named else ("", "")
        worked = now - one.since_at - shift
        tired = one.state == FieldPresenceState.AT_WORK and worked > timedelta()
        someone = Someone(one, name, phone, worked if tired else None)
        left = one.state == FieldPresenceState.LEFT
        (party.gone if left else party.here).append(someone)
    return list(found.values())


def names_in(parties: Iterable[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Names and telephones of parties, from the journal; a party whose entry was destroyed has none."""
    return {
        party: list(zip(said["names"], said["phones"], strict=True))
        for party, said in said_of(KIND, SIGNED_IN, parties).items()
    }


def names_there(field_post: FieldPost) -> list[tuple[FieldPresence, str, str]]:
    """Everybody there now with name and telephone, as far as they are known."""
    people = list(people_there(field_post))
    told = names_in({one.party_id for one in people})
    return [(one, *_called(one, told)) for one in people]


def named_or_counted(field_post: FieldPost) -> list[str]:
    """Those who are there, for a refusal: by name, and of each party how many have none."""
    unnamed: dict[UUID, list[FieldPresence]] = {}
    found: list[str] = []
    for one, name, _phone in names_there(field_post):
        if name:
            found.append(f"{name}（{one.party.unit}）")
        else:
            unnamed.setdefault(one.party_id, []).append(one)
    return found + [
        ngettext("%(unit)s %(n)d 人", "%(unit)s %(n)d 人", len(some))
        % {"unit": some[0].party.unit, "n": len(some)}
        for some in unnamed.values()
    ]


def presences_for(
    field_post: FieldPost, wanted: Sequence[tuple[UUID, int]]
) -> list[FieldPresence]:
    """Those of a field headquarters by their keys, each as of the version that was seen."""
    seen = dict(wanted)
    rows = FieldPresence.objects.filter(party__field_post=field_post, pk__in=list(seen))
    found = list(rows.select_related("party").order_by("pk"))
    for one in found:
        one.version = seen[one.pk]
    return found


def where_is(person: UUID, realm: str) -> FieldPresence | None:
    """Where a registered person is on the spot now, in any field headquarters of a realm."""
    rows = FieldPresence.objects.filter(person=person, party__field_post__realm=realm)
    rows = rows.exclude(state=FieldPresenceState.LEFT)
    return rows.select_related("party__field_post", "person").first()


def next_rest(field_post: FieldPost, now: datetime) -> datetime | None:
    """When the next of those at work will have been there for a shift; None when nobody will."""
    shift = field_post.shift
    rows = FieldPresence.objects.filter(
        party__field_post=field_post, state=FieldPresenceState.AT_WORK, since_at__gt=now - shift
    )
    first = rows.order_by("since_at").values_list("since_at", flat=True).first()
    return first + shift if first else None


def overworked_at(field_post: FieldPost, now: datetime) -> int:
    """How many have been at work there for a shift or longer."""
    rows = FieldPresence.objects.filter(
        party__field_post=field_post,
        state=FieldPresenceState.AT_WORK,
        since_at__lte=now - field_post.shift,
    )
    return rows.count()


def overworked(actor: Actor, now: datetime) -> list[Overworked]:
    """Field headquarters where somebody has worked too long, for whoever can have them relieved.

    That is the desk, who commands there and who leads a group there. One query.
    """
    posts = visible(FieldPost.objects.filter(state=FieldPostState.OPEN), actor)
    if not actor.may(Permission.NOTE_DELIVERY):
        chairs = [one for one in (actor.post, actor.acting_for) if one]
        posts = posts.filter(Q(commander__in=chairs) | Q(groups__leader__in=chairs))
    rows = FieldPresence.objects.filter(
        state=FieldPresenceState.AT_WORK, party__field_post__in=posts.order_by().values("pk")
    )
    found: dict[UUID, Overworked] = {}
    at_work = rows.order_by("since_at").values_list(
        "party__field_post",
        "party__field_post__name",
        "party__field_post__place",
        "party__field_post__shift_hours",
        "since_at",
    )
    for pk, name, place, hours, since in at_work:
        due = since + timedelta(hours=hours or ASSUMED_SHIFT_HOURS)
        if due <= now:
            before = found.get(pk)
            found[pk] = Overworked(
                pk, name, place, before.n + 1 if before else 1, before.since if before else due
            )
    return list(found.values())


def _called(one: FieldPresence, told: dict[UUID, list[tuple[str, str]]]) -> tuple[str, str]:
    if one.person:
        return one.person.name, ""
    if one.party_id not in told:
        return _("（姓名已依法销毁）"), ""
    named = told[one.party_id]
    return named[one.ordinal] if one.ordinal < len(named) else ("", "")
