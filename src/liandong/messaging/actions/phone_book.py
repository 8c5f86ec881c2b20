"""Taking in a county's telephone list: people, their posts, and how they are reached, at once."""

from collections import Counter
from collections.abc import Mapping, Sequence

from liandong.documents.sheets import refuse_findings
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.messaging.actions.contact_points import HIGHEST_RANK, add_points
from liandong.messaging.actions.phone_book_plan import PhoneRow, Step, plan_phone_book
from liandong.messaging.models import ContactPoint
from liandong.messaging.permissions import Permission
from liandong.organization import actions as organization
from liandong.organization.models import Intake, Person
from liandong.organization.states import IntakeKind


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
    people = _enter(actor, planned.steps)
    _seat(actor, planned.steps, people)
    _reach(actor, planned.steps, people)
    return organization.record_intake(
        actor,
        kind=IntakeKind.PEOPLE,
        name=name,
        digest=digest,
        new=planned.draft.new,
        changed=planned.draft.changed,
        unchanged=planned.draft.same,
    )


def _enter(actor: Actor, steps: Sequence[Step]) -> dict[str, Person]:
    """Enter whom nobody knows yet; return everybody by the name that the plan has for them."""
    people = {step.who: step.person for step in steps if step.person}
    new = {step.who: Person(name=step.row.name) for step in steps if step.who not in people}
    if new:
        organization.create_people(actor, people=list(new.values()))
    return people | new


def _seat(actor: Actor, steps: Sequence[Step], people: Mapping[str, Person]) -> None:
    """Take out whom a new holder replaces, then seat everybody."""
    seated = [(step, step.post) for step in steps if step.post and step.appoints]
    ending = {step.ends.pk: (step.ends, post) for step, post in seated if step.ends}
    for chair, post in ending.values():
        chair.post = post  # as read with its body
    if ending:
        organization.end_appointments(
            actor, appointments=[chair for chair, _post in ending.values()]
        )
    seats = [
        organization.Seat(post=post, person=people[step.who], is_deputy=step.row.is_deputy)
        for step, post in seated
    ]
    if seats:
        organization.appoint_people(actor, seats=seats)


def _reach(actor: Actor, steps: Sequence[Step], people: Mapping[str, Person]) -> None:
    """Add the new ways to each after those there are."""
    adding = [step for step in steps if step.adds]
    if not adding:
        return
    actor.demand(Permission.EDIT_CONTACT)
    rows = ContactPoint.objects.filter(person__in=people.values(), retired_at=None)
    ranks = Counter(rows.values_list("person", flat=True))
    points = []
    for step in adding:
        person = people[step.who]
        for channel, address in step.adds:
            ranks[person.pk] += 1
            rank = min(ranks[person.pk], HIGHEST_RANK)
            points.append(
                ContactPoint(person=person, channel=channel, address=address, rank=rank)
            )
    add_points(actor, points)
