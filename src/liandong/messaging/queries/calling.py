"""Whom a warning must reach, and how far a call-out has come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.messaging.models import (
    CallAttempt,
    Callee,
    CallListing,
    CallOut,
    ContactPoint,
    VoiceChannel,
)
from liandong.messaging.states import (
    OPEN_ATTEMPTS,
    AttemptState,
    CalleeState,
    CallOutState,
    Channel,
)
from liandong.organization import queries as organization
from liandong.organization.models import Appointment
from liandong.organization.states import BodyKind

STEPS = (6, 9, 12)
UNREACHED = [
    CalleeState.ASSIGNED,
    CalleeState.CALLING,
    CalleeState.WAITING,
    CalleeState.SILENT,
    CalleeState.STOPPED,
    CalleeState.ANSWERED,
]


def trimmed(code: str) -> str:
    """A division code as long as it says something: 450107000000 is the county 450107."""
    return next((code[:n] for n in STEPS if not code[n:].strip("0")), code)


def call_list() -> QuerySet[CallListing]:
    """Everybody on the call list, by place."""
    rows = CallListing.objects.filter(retired_at=None)
    rows = rows.select_related(
        "person", "post__body", "post__superior__body", "deputy", "superior"
    )
    return rows.order_by("tier", "area", "order", "id")


def must_be_reached(
    *, hazard: str, urgency: int, areas: Collection[str]
) -> QuerySet[CallListing]:
    """Who must be reached for a hazard, at an urgency, in some places; the whole county if none is named."""
    begins = [hazard[:n] for n in range(1, len(hazard) + 1)]
    rows = call_list().filter(
        Q(hazards=[]) | Q(hazards__overlap=begins), from_urgency__lte=urgency
    )
    if not areas:
        return rows
    wanted = Q()
    for code in map(trimmed, areas):
        wanted |= Q(area__startswith=code) | Q(area__in=[code[:n] for n in STEPS])
    return rows.filter(wanted)


def telephones_to_dial(people: Iterable[UUID], posts: Iterable[UUID]) -> list[ContactPoint]:
    """Every way in use to some people and posts, mobiles first; one query. Letters too: they tell who is enrolled."""
    rows = ContactPoint.objects.filter(
        Q(person__in=list(people)) | Q(post__in=list(posts)), retired_at=None, is_stale=False
    )
    mobile_first = Case(When(channel=Channel.MOBILE, then=Value(0)), default=Value(1))
    return list(rows.order_by(mobile_first, "rank", "id"))


def verified_last(numbers: Iterable[str]) -> dict[str, datetime | None]:
    """When each of some telephones was last known to work; one query."""
    rows = ContactPoint.objects.filter(address__in=list(numbers), retired_at=None)
    return dict(rows.values_list("address", "verified_at"))


def answered_in_chain(realm: str, chain: str, urgency: int) -> set[UUID]:
    """Who has answered in a chain of call-outs at this urgency or a higher one."""
    if not chain:
        return set()
    rows = Callee.objects.filter(
        call_out__realm=realm,
        call_out__chain=chain,
        call_out__urgency__gte=urgency,
        call_out__is_test=False,
        state=CalleeState.ANSWERED,
        person__isnull=False,
    )
    return set(rows.values_list("person", flat=True))


def call_outs_for(actor: Actor) -> QuerySet[CallOut]:
    """The call-outs an actor may see, newest first."""
    return visible(CallOut.objects.all(), actor).order_by("-started_at", "-id")


def call_outs_of(realm: str, subject_kind: str, ids: Iterable[str]) -> QuerySet[CallOut]:
    """The call-outs about some subjects, newest first; for code that decides."""
    rows = CallOut.objects.filter(
        realm=realm, subject_kind=subject_kind, subject_id__in=list(ids)
    )
    return rows.order_by("-started_at", "-id")


def call_outs_in_chain(realm: str, chain: str) -> QuerySet[CallOut]:
    """The call-outs of a chain, newest first; for code that decides."""
    rows = CallOut.objects.filter(realm=realm, chain=chain, is_test=False)
    return rows.order_by("-started_at", "-id")


def subjects_called(realm: str, subject_kind: str, ids: Collection[str]) -> set[str]:
    """Those of some subjects about which anybody was called out."""
    rows = CallOut.objects.filter(
        realm=realm, subject_kind=subject_kind, subject_id__in=list(ids)
    )
    return set(rows.values_list("subject_id", flat=True))


def calls_owed(
    realm: str, *, hazard: str, urgency: int, areas: Collection[str], chain: str
) -> int:
    """How many would be called now: people and posts on the list who have not answered in the chain."""
    heard = Callee.objects.filter(
        call_out__realm=realm,
        call_out__chain=chain,
        call_out__urgency__gte=urgency,
        call_out__is_test=False,
        state=CalleeState.ANSWERED,
    )
    rows = must_be_reached(hazard=hazard, urgency=urgency, areas=areas)
    if chain:
        rows = rows.exclude(pk__in=heard.filter(listing__isnull=False).values("listing"))
    return rows.order_by().values(who=Coalesce("person", "post")).distinct().count()


def running_in_chain(realm: str, chain: str) -> QuerySet[CallOut]:
    """Call-outs of a chain that still go on."""
    return CallOut.objects.filter(realm=realm, chain=chain, state=CallOutState.RUNNING)


def running(realm: str) -> QuerySet[CallOut]:
    """Call-outs that go on, the most urgent first."""
    rows = CallOut.objects.filter(realm=realm, state=CallOutState.RUNNING)
    return rows.order_by("is_test", "-urgency", "started_at")


def beyond_telephone(call_out: CallOut, *, everybody: bool) -> QuerySet[Callee]:
    """Who waits for a call that cannot come: no number is left to dial, or the gateway is away.

    A call that the gateway has taken is waited for all the same.
    """
    waiting = Q(state=CalleeState.WAITING, number="")
    if everybody:
        placed = CallAttempt.objects.filter(state=AttemptState.PLACED).values("callee")
        waiting |= Q(state=CalleeState.WAITING)
        waiting |= Q(state=CalleeState.CALLING) & ~Q(pk__in=placed)
    return Callee.objects.filter(waiting, call_out=call_out).order_by("turn")


def next_in_turn(realm: str, now: datetime) -> datetime | None:
    """When the next person's pause is over; None where nobody waits for a pause to end."""
    rows = Callee.objects.filter(
        call_out__realm=realm,
        call_out__state=CallOutState.RUNNING,
        state=CalleeState.WAITING,
        next_at__gt=now,
    )
    return rows.order_by("next_at").values_list("next_at", flat=True).first()


def realms_waiting_for(number: str) -> list[str]:
    """In which realms somebody of this telephone is still waited for."""
    rows = Callee.objects.filter(
        state__in=[CalleeState.WAITING, CalleeState.CALLING, CalleeState.ASSIGNED],
        call_out__is_test=False,
        rungs__contains=[{"number": number, "deputy": False}],
    )
    return list(rows.values_list("call_out__realm", flat=True).distinct())


def realm_of_attempt(key: UUID) -> str | None:
    """In which realm a call was made; None where there was none."""
    rows = CallAttempt.objects.filter(pk=key)
    return rows.values_list("callee__call_out__realm", flat=True).first()


def is_calling(realm: str) -> bool:
    """Whether anything is left for the dialer to do in a realm."""
    return (
        CallOut.objects.filter(realm=realm, state=CallOutState.RUNNING).exists()
        or open_attempts(realm).exists()
    )


def callees_of(call_out: CallOut) -> QuerySet[Callee]:
    """Whom a call-out calls: those to whom somebody has to go first, those who answered last."""
    place = [When(state=state, then=Value(at)) for at, state in enumerate(UNREACHED)]
    rows = Callee.objects.filter(call_out=call_out).select_related("goer")
    return rows.order_by(Case(*place, default=Value(9)), "turn", "id")


@dataclass(frozen=True)
class TownCount:
    """How a call-out stands in one township, or at the county."""

    town: str
    name: str
    total: int
    answered: int
    assigned: int
    silent: int

    @property
    def open(self) -> int:
        """How many are still being called."""
        return self.total - self.answered - self.assigned - self.silent


def counts_by_town(call_out: CallOut) -> list[TownCount]:
    """How a call-out stands, township by township, the least reached first; one query."""
    named = Callee.objects.filter(call_out=call_out).values("town")
    rows = named.annotate(
        total=Count("id"),
        answered=Count("id", filter=Q(state=CalleeState.ANSWERED)),
        assigned=Count("id", filter=Q(state=CalleeState.ASSIGNED)),
        silent=Count("id", filter=Q(state__in=[CalleeState.SILENT, CalleeState.STOPPED])),
    )
    names = dict(
        Callee.objects.filter(call_out=call_out, tier__lte=2)
        .order_by("-tier", "-turn")
        .values_list("town", "area_name")
    )
    counts = [TownCount(name=names.get(row["town"], row["town"]), **row) for row in rows]
    return sorted(counts, key=lambda one: (-(one.total - one.answered), one.town))


def with_counts(rows: QuerySet[CallOut]) -> QuerySet[Any]:
    """Call-outs with how many they call, who answered, and to whom somebody goes."""
    return rows.annotate(
        people=Count("callees"),
        answered=Count("callees", filter=Q(callees__state=CalleeState.ANSWERED)),
        assigned=Count("callees", filter=Q(callees__state=CalleeState.ASSIGNED)),
    )


def callees_for(actor: Actor) -> QuerySet[Callee]:
    """People called in call-outs that the actor may see, and those to whom the actor goes."""
    seen = Q(call_out__in=visible(CallOut.objects.all(), actor).values("pk"))
    if actor.person:
        seen |= Q(goer=actor.person)
    rows = Callee.objects.filter(seen, call_out__realm=actor.realm)
    return rows.select_related("call_out", "goer")


@dataclass(frozen=True)
class Gaps:
    """What the call list lacks: places without anybody, posts nobody holds, people no telephone reaches."""

    places: list[str]
    vacant: list[CallListing]
    silent: list[CallListing]

    @property
    def total(self) -> int:
        """How many gaps there are."""
        return len(self.places) + len(self.vacant) + len(self.silent)


def _first(seats: Sequence[Appointment]) -> UUID | None:
    return seats[0].person_id if seats else None


def call_list_gaps() -> Gaps:
    """What would go wrong if everybody were called now; a fixed number of queries."""
    rows = list(call_list())
    chairs = organization.staffed([one.post for one in rows if one.post])
    people = {
        one.pk: one.person_id or _first(chairs.get(one.post_id or one.pk, [])) for one in rows
    }
    points = telephones_to_dial(
        {pk for pk in people.values() if pk}, [one.post_id for one in rows if one.post_id]
    )
    reached = {
        owner
        for point in points
        for owner in (point.person_id, point.post_id)
        if owner and point.channel != Channel.EMAIL
    }
    areas = [one.area for one in rows]
    places = [
        body.short_name
        for body in organization.bodies_by_kind(BodyKind.TOWNSHIP, BodyKind.VILLAGE)
        if body.division_code
        and not any(one.startswith(trimmed(body.division_code)) for one in areas)
    ]
    return Gaps(
        places=places,
        vacant=[one for one in rows if people[one.pk] is None],
        silent=[
            one
            for one in rows
            if people[one.pk] is not None and not reached & {people[one.pk], one.post_id}
        ],
    )


def standing_of(call_outs: Iterable[CallOut]) -> dict[UUID, dict[str, int]]:
    """How many stand in which state, for several call-outs; one query."""
    found: dict[UUID, dict[str, int]] = {one.pk: {} for one in call_outs}
    rows = Callee.objects.filter(call_out__in=list(found)).values("call_out", "state")
    for row in rows.annotate(n=Count("id")):
        found[row["call_out"]][row["state"]] = row["n"]
    return found


def voice_channel(realm: str) -> VoiceChannel:
    """How the voice gateway is, as seen from a realm."""
    return VoiceChannel.objects.filter(pk=realm).first() or VoiceChannel(realm=realm)


def open_attempts(realm: str) -> QuerySet[CallAttempt]:
    """Calls that have not ended."""
    rows = CallAttempt.objects.filter(callee__call_out__realm=realm, state__in=OPEN_ATTEMPTS)
    return rows.select_related("callee__call_out")


def attempts_to_place(realm: str) -> list[CallAttempt]:
    """Calls noted that the gateway has not taken yet, whose people still want calling."""
    rows = open_attempts(realm).filter(
        state=AttemptState.CLAIMED, callee__state=CalleeState.CALLING
    )
    return list(rows.order_by("claimed_at", "callee__tries", "callee__turn"))


def attempts_to_ask_about(realm: str, *, since: datetime, again: datetime) -> list[CallAttempt]:
    """Calls that should have ended and of which nothing was heard, and those nobody waits for."""
    rows = open_attempts(realm).filter(
        Q(state=AttemptState.PLACED, placed_at__lt=since)
        | (Q(state=AttemptState.CLAIMED) & ~Q(callee__state=CalleeState.CALLING)),
        Q(asked_at=None) | Q(asked_at__lt=again),
    )
    return list(rows.order_by(F("asked_at").asc(nulls_first=True), "claimed_at")[:50])


def callees_by_number(realm: str, number: str) -> list[Callee]:
    """Who in a call-out that goes on, or who is still to be gone to, has this telephone."""
    rows = Callee.objects.filter(
        call_out__realm=realm,
        call_out__is_test=False,
        state__in=[CalleeState.WAITING, CalleeState.CALLING, CalleeState.ASSIGNED],
        rungs__contains=[{"number": number, "deputy": False}],
    )
    return list(rows.exclude(call_out__state=CallOutState.STOPPED).select_related("call_out"))


def gone_overdue(realm: str, now: datetime) -> QuerySet[Callee]:
    """People to whom somebody should have gone by now, and nothing was heard of it."""
    rows = Callee.objects.filter(
        call_out__realm=realm, state=CalleeState.ASSIGNED, go_by__lt=now
    )
    return rows.select_related("call_out", "goer")


def call_outs_on_desk(actor: Actor) -> dict[str, object]:
    """What the desk shows: call-outs that go on, people to whom nobody has gone in time, the line."""
    rows = visible(running(actor.realm), actor)
    overdue = gone_overdue(actor.realm, clock.now(actor.realm))
    overdue = overdue.filter(call_out__in=visible(CallOut.objects.all(), actor).values("pk"))
    return {
        "call_outs": list(with_counts(rows)[:5]),
        "overdue": list(overdue.order_by("go_by")[:5]),
        "overdue_count": overdue.count(),
        "channel": voice_channel(actor.realm),
    }
