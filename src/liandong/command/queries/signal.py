"""Signals: what rings, for whom, and who is rung next."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import Call, Incident, Signal
from liandong.command.queries.address import duty_leaders
from liandong.command.queries.incident import within
from liandong.command.states import SIGNAL_WAITS, SignalState
from liandong.kernel.actors import Actor
from liandong.kernel.counting import any_for
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Post


@dataclass(frozen=True)
class Ring:
    """What the bar shows: the signal that has waited longest, what waits behind it, and whether it sounds."""

    signal: Signal
    behind: list[Signal]
    sounds: bool


def visible_signals(actor: Actor) -> QuerySet[Signal]:
    """The signals an actor may see, the latest first."""
    rows = Signal.objects.select_related("rung_post__body", "next_post__body", "incident")
    return visible(rows.order_by("-received_at", "-id"), actor)


def signal_for(actor: Actor, pk: UUID | str) -> Signal:
    """Return one signal; raises ``Missing``."""
    try:
        found = visible_signals(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(_("没有这条信号，或者您所在岗位看不到它。"), remedy=_("请从值班台进入。"))
    return found


def ring_of(actor: Actor) -> Ring | None:
    """What rings for an actor just now; one small query while nothing does.

    A new signal shows to the whole duty desk, and sounds at the leader's only from the first
    rung on. One that was handed over rings where it was handed to.
    """
    if not any_for(actor, _waiting):
        return None
    rows = [one for one in _waiting(actor).order_by("received_at", "id") if _is_for(actor, one)]
    if not rows:
        return None
    leads = actor.post in {str(post.pk) for post in duty_leaders()}
    sounds = not leads or any(one.rung for one in rows)
    return Ring(rows[0], rows[1:], sounds)


def _waiting(actor: Actor) -> QuerySet[Signal]:
    return visible_signals(actor).filter(state__in=sorted(SIGNAL_WAITS))


def _is_for(actor: Actor, signal: Signal) -> bool:
    if signal.state == SignalState.RINGING:
        return True
    return f"post:{signal.rung_post_id}" in actor.scopes


def open_signals(actor: Actor) -> list[Signal]:
    """Signals somebody of the desk has still to settle: taken by this chair, or handed over."""
    wanted = visible_signals(actor).filter(state__in=[SignalState.TAKEN, SignalState.HANDED])
    return [
        one
        for one in wanted.order_by("received_at", "id")
        if one.state == SignalState.HANDED or one.taken_post == actor.post
    ]


def signal_rungs() -> list[Post]:
    """Whom an untaken signal is told to, one after another: the leaders of the shift, then theirs."""
    found: dict[UUID, Post] = {}
    for leader in duty_leaders():
        for post in (leader, *organization.ladder(leader)):
            found.setdefault(post.pk, post)
    leaders = [post for post in duty_leaders() if post.pk in found]
    first = {post.pk for post in leaders}
    rungs = [*leaders, *(post for key, post in found.items() if key not in first)]
    chairs = organization.staffed(rungs)
    return [post for post in rungs if chairs.get(post.pk)]


def calls_of(actor: Actor, incident: Incident) -> list[Call]:
    """What was told of an incident by telephone and otherwise, the earliest first."""
    rows = Call.objects.select_related("signal").filter(within(incident))
    return list(visible(rows.order_by("received_at", "id"), actor))
