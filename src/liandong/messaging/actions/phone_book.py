"""Taking in a county's telephone list: people, their posts, and how they are reached, at once."""

from collections.abc import Sequence

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.messaging.actions.contact_points import HIGHEST_RANK, add_contact_point
from liandong.messaging.actions.phone_book_plan import PhoneRow, Step, plan_phone_book
from liandong.messaging.models import ContactPoint
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel
from liandong.organization import actions as organization
from liandong.organization.models import Intake, Person
from liandong.organization.states import IntakeKind
from liandong.web.sheets import refuse_findings


@action(Permission.TAKE_PHONE_BOOK)
def take_phone_book(
    actor: Actor,
    *,
    place: Division,
    rows: Sequence[PhoneRow],
    seen: str,
    name: str,
    digest: str,
    idempotency_key: str = "",
) -> Intake:
    """Enter who a telephone list names, appoint them, and add how they are reached: all or nothing.

    Publishes what each of those deeds publishes, and ``SheetTaken``. Refuses rows that are wrong,
    and whoever saw another draft than ``seen``. Takes nobody out of a post but whom a new holder
    replaces, and no number away. It is not undone as a whole: each deed is, by its own opposite.
    Clause 三(一)1.
    """
    planned = plan_phone_book(actor, place, rows)
    refuse_findings(planned.draft.findings)
    organization.demand_seen(planned.draft, seen)
    made: dict[str, Person] = {}
    for step in planned.steps:
        person = step.person or made.get(step.who)
        if person is None:
            person = organization.create_person(actor, name=step.row.name)
            made[step.who] = person
        _seat(actor, step, person)
        _reach(actor, step, person)
    return organization.record_intake(
        actor,
        kind=IntakeKind.PEOPLE,
        name=name,
        digest=digest,
        new=planned.draft.new,
        changed=planned.draft.changed,
        unchanged=planned.draft.same,
    )


def _seat(actor: Actor, step: Step, person: Person) -> None:
    if step.post is None or not step.appoints:
        return
    if step.ends:
        organization.end_appointment(
            actor, appointment=step.ends, expected_version=step.ends.version
        )
    organization.appoint(actor, post=step.post, person=person, is_deputy=step.row.is_deputy)


def _reach(actor: Actor, step: Step, person: Person) -> None:
    if not step.adds:
        return
    rank = ContactPoint.objects.filter(person=person, retired_at=None).count()
    for channel, address in step.adds:
        rank = min(rank + 1, HIGHEST_RANK)
        add_contact_point(
            actor, owner=person, channel=Channel(channel), address=address, rank=rank
        )
