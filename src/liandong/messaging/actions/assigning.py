"""Whoever cannot be reached by telephone is gone to: by whom, and until when."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries
from liandong.messaging.actions.telling import tell_assigned
from liandong.messaging.events import CallOutFinished
from liandong.messaging.models import Callee, CallListing, CallOut
from liandong.messaging.states import CalleeState, CallOutState, Channel, Tier
from liandong.organization import queries as organization
from liandong.organization.models import Appointment, Person

TELL_GOERS = "messaging.tell_goers"
TOGETHER = timedelta(seconds=30)
FIELDS = ["state", "goer", "goer_name", "goer_number", "go_by", "next_at", "trouble", "version"]
STILL_OPEN = [CalleeState.WAITING, CalleeState.CALLING]


def assign(
    actor: Actor, call_out: CallOut, callees: Sequence[Callee], now: datetime, trouble: str = ""
) -> None:
    """Name who goes to each, and until when; inside an action. A test sends nobody anywhere."""
    if not callees:
        return
    above = {} if call_out.is_test else _above(call_out, callees)
    for one in callees:
        one.call_out = call_out
        one.next_at, one.version = None, one.version + 1
        one.trouble = trouble or one.trouble or ("" if one.rungs else _("没有登记可用的电话"))
        if call_out.is_test:
            one.state = CalleeState.SILENT
            continue
        goer, name, number = above.get(one.pk, (None, "", ""))
        one.state, one.goer = CalleeState.ASSIGNED, goer
        one.goer_name, one.goer_number = (name or _("县值班室"))[:100], number[:40]
        one.go_by = now + timedelta(minutes=settings.VOICE_DOOR_MINUTES)
    Callee.objects.bulk_update(callees, FIELDS)
    if call_out.is_test:
        return
    for one in callees:
        tell_assigned(one)
    set_timer(
        TELL_GOERS,
        realm=actor.realm,
        due_at=now + TOGETHER,
        subject_kind="messaging.call_out",
        subject_id=str(call_out.pk),
        incident=call_out.incident,
    )


def finish_what_is_over(actor: Actor, call_outs: Iterable[UUID]) -> None:
    """Say of a call-out that nobody waits in it any more; once."""
    running = CallOut.objects.filter(pk__in=list(call_outs), state=CallOutState.RUNNING)
    over = running.exclude(callees__state__in=STILL_OPEN).select_for_update(of=("self",))
    for call_out in over:
        call_out.change(
            expected_version=call_out.version,
            state=CallOutState.FINISHED,
            ended_at=clock.now(actor.realm),
        )
        counts = Callee.objects.filter(call_out=call_out).aggregate(
            answered=Count("id", filter=Q(state=CalleeState.ANSWERED)),
            assigned=Count("id", filter=Q(state=CalleeState.ASSIGNED)),
            silent=Count("id", filter=Q(state=CalleeState.SILENT)),
        )
        happened(
            CallOutFinished(
                subject_id=str(call_out.pk),
                title=call_out.title,
                is_test=call_out.is_test,
                **counts,
            ),
            incident=call_out.incident,
            audience=call_out.audience,
        )


Goer = tuple[Person | None, str, str]


def _above(call_out: CallOut, callees: Sequence[Callee]) -> dict[UUID, Goer]:
    """Who goes to each: whom the list names, else who holds the post above, else who commands there.

    Of those who command at a place, one who has answered goes before one who has not.
    """
    listings = CallListing.objects.filter(pk__in=[one.listing_id for one in callees])
    rows = listings.select_related("superior", "post__superior__body")
    listed = {one.pk: one for one in rows}
    posts = [one.post.superior for one in listed.values() if one.post and one.post.superior]
    chairs = organization.staffed(posts)
    command = list(
        Callee.objects.filter(
            call_out=call_out, tier__lte=Tier.TOWN, person__isnull=False
        ).select_related("person")
    )
    command.sort(key=lambda one: (one.state != CalleeState.ANSWERED, -one.tier, one.turn))
    found: dict[UUID, Person] = {}
    for one in callees:
        listing = listed.get(one.listing_id) if one.listing_id else None
        goer = listing and (listing.superior or _holder(chairs, listing, one))
        goer = goer or next((up.person for up in command if _commands(up, one)), None)
        if goer:
            found[one.pk] = goer
    numbers: dict[UUID, str] = {}
    for point in queries.telephones_to_dial({one.pk for one in found.values()}, []):
        if point.person_id and point.channel != Channel.EMAIL:
            numbers.setdefault(point.person_id, point.address)
    return {pk: (goer, goer.name, numbers.get(goer.pk, "")) for pk, goer in found.items()}


def _holder(
    chairs: dict[UUID, list[Appointment]], listing: CallListing, callee: Callee
) -> Person | None:
    post = listing.post.superior_id if listing.post else None
    people = [chair.person for chair in chairs.get(post, [])] if post else []
    return next((one for one in people if one.pk != callee.person_id), None)


def _commands(up: Callee, callee: Callee) -> bool:
    """Whether somebody stands above in the same place; a township's head above its villages."""
    return up.tier < callee.tier and (up.tier == Tier.COUNTY or up.town == callee.town)
