"""What is open while the shift changes: told by every app that has such things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Account, Handover, HandoverItem
from liandong.organization.queries.phone_record import open_phone_records
from liandong.organization.queries.roll_call import unreached
from liandong.organization.queries.standing import actor_for
from liandong.organization.states import HandoverState


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """One thing that is not done when the shift ends; ``key`` names it among those of its source."""

    key: str
    title: str
    detail: str = ""
    url: str = ""
    source: str = ""

    @property
    def place(self) -> str:
        """By what it is told from all others."""
        return f"{self.source}/{self.key}"


Source = Callable[[Actor], Iterable[OpenItem]]
_sources: dict[str, tuple[int, Source]] = {}


def leaves_open(name: str, *, order: int = 100) -> Callable[[Source], Source]:
    """Ask this for what is open when the shift changes."""

    def register(fn: Source) -> Source:
        _sources[name] = (order, fn)
        return fn

    return register


def open_items(actor: Actor) -> list[OpenItem]:
    """Return everything open that an actor may see, source by source."""
    ordered = sorted(_sources.items(), key=lambda one: (one[1][0], one[0]))
    return [
        OpenItem(**{**vars(item), "source": name})
        for name, (_order, ask) in ordered
        for item in ask(actor)
    ]


def still_to_hand_on(actor: Actor, handover: Handover) -> list[OpenItem]:
    """Return what the one who goes leaves open and has not yet handed on to the next shift.

    It is the same whoever looks: what waits for the one who comes, or for a leader who passes by,
    is theirs already and holds nobody up.
    """
    handed = {
        f"{source}/{key}"
        for source, key in HandoverItem.objects.filter(handover=handover).values_list(
            "source", "key"
        )
    }
    goes = _as_who_goes(actor, handover)
    return [one for one in open_items(goes) if one.place not in handed]


def _as_who_goes(actor: Actor, handover: Handover) -> Actor:
    """The actor they are; whoever asks instead, if their account was shut meanwhile."""
    if actor.person == str(handover.from_person_id):
        return actor
    account = Account.objects.filter(person=handover.from_person_id).first()
    return actor_for(account) if account and account.is_open else actor


def handover_open() -> Handover | None:
    """Return the handover that is going on."""
    rows = Handover.objects.filter(state=HandoverState.OPEN)
    return rows.select_related("from_person", "to_person").first()


def handovers() -> QuerySet[Handover]:
    """Handovers that were closed, the latest first."""
    rows = Handover.objects.filter(state=HandoverState.CLOSED)
    return rows.select_related("from_person", "to_person").order_by("-begun_at", "-id")


@leaves_open("organization.roll_call", order=60)
def unreached_bodies(_actor: Actor) -> Iterable[OpenItem]:
    """Units and townships that the roll-call has not reached."""
    for line in unreached():
        yield OpenItem(
            key=str(line.pk),
            title=_("点名未到：%(body)s") % {"body": line.body.short_name},
            detail=str(line.get_answer_display()),
            url=reverse("organization:roll_call", args=[line.roll_call_id]),
        )


@leaves_open("organization.phone_record", order=50)
def open_calls(actor: Actor) -> Iterable[OpenItem]:
    """Calls about which something is still to be done."""
    for row in open_phone_records(actor):
        yield OpenItem(
            key=str(row.pk),
            title=_("%(record)s %(what)s") % {"record": row, "what": row.what[:60]},
            detail=f"{row.caller} {localtime(row.called_at):%m-%d %H:%M}",
            url=reverse("organization:phone_record", args=[row.pk]),
        )
