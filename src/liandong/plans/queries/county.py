"""The county as plans need it tonight: chairs, who sits there and can be reached, who is on duty."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.messaging import queries as messaging
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind, Management, ShiftRole
from liandong.plans.queries.ledger import all_owed, today

MORNING = 8  # o'clock, when the night shift is over
HOLDER_FIRST = ("is_deputy", "from_at", "id")
ELSEWHERE = frozenset({BodyKind.SUPERIOR, BodyKind.NEIGHBOR})


@dataclass(frozen=True, kw_only=True, slots=True)
class Seated:
    """Somebody at a post, and by what they can be reached and can sign."""

    person: str
    name: str
    is_deputy: bool = False
    has_phone: bool = True
    has_account: bool = True
    lacks_factor: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Chair:
    """A post, and who sits there."""

    key: str
    label: str
    body: str
    seated: tuple[Seated, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A body: the post that receives for it, and for which hazards it has a duty in the response."""

    key: str
    label: str
    receives: str = ""
    is_elsewhere: bool = False
    is_military: bool = False
    hazards: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class County:
    """What plans are held against; ``unwatched`` are the turns nobody takes until the morning.

    ``overdue`` says for each plan what is owed for it since when, by the kinds of duties.
    """

    chairs: Mapping[str, Chair] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    unwatched: tuple[str, ...] = ()
    overdue: Mapping[str, Mapping[str, date]] = field(default_factory=dict)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every key that a plan may name."""
        return frozenset({*self.units, *self.chairs})

    @cached_property
    def empty(self) -> frozenset[str]:
        """Keys at which nobody sits, or no post receives."""
        return frozenset(
            key for key in self.known if not ((chair := self.chair(key)) and chair.seated)
        )

    @cached_property
    def silent(self) -> frozenset[str]:
        """Keys at which somebody sits and nobody has a telephone."""
        return frozenset(
            key
            for key in self.known - self.empty
            if (chair := self.chair(key)) and not any(one.has_phone for one in chair.seated)
        )

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Keys of bodies that the county does not command, and of their posts."""
        return frozenset(
            key
            for key in self.known
            if (unit := self.units.get(self.body_of(key))) and unit.is_elsewhere
        )

    @cached_property
    def military(self) -> frozenset[str]:
        """Keys of the military and the armed police, and of their posts."""
        return frozenset(
            key
            for key in self.known
            if (unit := self.units.get(self.body_of(key))) and unit.is_military
        )

    @cached_property
    def by_hazards(self) -> Mapping[frozenset[str], frozenset[str]]:
        """The county's own units, put together by the hazards for which they have a duty."""
        found = defaultdict[frozenset[str], set[str]](set)
        for key, unit in self.units.items():
            if not unit.is_elsewhere:
                found[unit.hazards].add(key)
        return {hazards: frozenset(keys) for hazards, keys in found.items()}

    @cached_property
    def shared(self) -> frozenset[str]:
        """Keys of posts at which somebody sits first who does so at another post too."""
        posts = defaultdict[str, set[str]](set)
        for key, one in self.chairs.items():
            if one.seated:
                posts[one.seated[0].person].add(key)
        several = {key for own in posts.values() if len(own) > 1 for key in own}
        return frozenset(
            key for key in self.known if (chair := self.chair(key)) and chair.key in several
        )

    def chair(self, key: str) -> Chair | None:
        """The post that a plan's key means: a post's own, or the one that receives for a body."""
        unit = self.units.get(key)
        return self.chairs.get(unit.receives if unit else key)

    def label(self, key: str) -> str:
        """What a key is called."""
        named = self.units.get(key) or self.chairs.get(key)
        return named.label if named else key

    def body_of(self, key: str) -> str:
        """The body a key belongs to."""
        chair = self.chairs.get(key)
        return chair.body if chair else key


def county() -> County:
    """Read the county as it is now, in a few queries whatever its size."""
    bodies, posts = list(_bodies()), list(_posts())
    seated = _seated(posts)
    chairs = {
        post.key: Chair(
            key=post.key,
            label=f"{post.body__short_name}{post.title}",
            body=post.body__key,
            seated=seated[post.pk],
        )
        for post in posts
    }
    receiving, hazards = _receiving(bodies, posts), organization.hazards_answered()
    units = {
        body.key: Unit(
            key=body.key,
            label=body.short_name,
            receives=receiving.get(body.pk, ""),
            is_elsewhere=body.kind in ELSEWHERE,
            is_military=body.management == Management.MILITARY,
            hazards=frozenset(hazards.get(body.pk, ())),
        )
        for body in bodies
    }
    return County(
        chairs=chairs,
        units=units,
        unwatched=_unwatched(clock.now(ACTUAL)),
        overdue=_overdue(),
    )


def _bodies() -> Iterable[Any]:
    columns = ("pk", "key", "short_name", "kind", "management", "parent")
    return organization.all_bodies().values_list(*columns, named=True)


def _posts() -> Iterable[Any]:
    columns = (
        "pk",
        "key",
        "title",
        "is_liaison",
        "rank",
        "body",
        "body__key",
        "body__short_name",
    )
    return organization.all_posts().values_list(*columns, named=True)


def _overdue() -> dict[str, dict[str, date]]:
    now, found = today(), defaultdict[str, dict[str, date]](dict)
    for one in all_owed():
        if one.due_on and one.is_late(now):
            found[one.version.key][one.what.value] = one.due_on
    return found


def _seated(posts: Iterable[Any]) -> dict[UUID, tuple[Seated, ...]]:
    found = defaultdict[UUID, tuple[Seated, ...]](tuple)
    columns = ("post", "person", "person__name", "is_deputy")
    chairs = list(organization.answering().order_by(*HOLDER_FIRST).values_list(*columns))
    people = {person for _post, person, *_more in chairs}
    reached = messaging.first_numbers([*people, *(post.pk for post in posts)])
    accounts = {one.person_id for one in organization.accounts_of_people(people) if one.is_open}
    lacking = {one.person_id for one in organization.without_second_factor()}
    for post, person, name, is_deputy in chairs:
        one = Seated(
            person=str(person),
            name=name,
            is_deputy=is_deputy,
            has_phone=person in reached or post in reached,
            has_account=person in accounts,
            lacks_factor=person in lacking,
        )
        found[post] = (*found[post], one)
    return found


def _receiving(bodies: Iterable[Any], posts: Iterable[Any]) -> dict[UUID, str]:
    """The post that receives for each body: its liaison, else its office's, else its first."""
    desks: dict[UUID, list[Any]] = defaultdict(list)
    for post in sorted(posts, key=lambda one: (not one.is_liaison, one.rank, one.pk)):
        desks[post.body].append(post)
    offices: dict[UUID, list[Any]] = defaultdict(list)
    for body in bodies:
        if body.kind == BodyKind.HEADQUARTERS_OFFICE and body.parent:
            offices[body.parent] += desks[body.pk]
    found = {}
    for body in bodies:
        own = desks[body.pk]
        liaisons = [post for post in own if post.is_liaison]
        first = [*liaisons, *offices[body.pk], *own]
        if first:
            found[body.pk] = first[0].key
    return found


def _unwatched(now: datetime) -> tuple[str, ...]:
    """The turns of the duty desk that are open at some time until tomorrow morning."""
    local = timezone.localtime(now)
    until = local.replace(hour=MORNING, minute=0, second=0, microsecond=0) + timedelta(days=1)
    reached = dict.fromkeys(ShiftRole, now)
    open_at: set[ShiftRole] = set()
    for shift in organization.shifts_between(now, until):
        role = ShiftRole(shift.role)
        if shift.from_at > reached[role]:
            open_at.add(role)
        reached[role] = max(reached[role], shift.until_at)
    open_at |= {role for role in ShiftRole if reached[role] < until}
    return tuple(str(role.label) for role in ShiftRole if role in open_at)
