"""Those on the spot: signed in, resting, back at work, signed out; counted at any moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from liandong.command.actions.claims import demand_reach, demand_realm
from liandong.command.events import (
    FieldPartySignedIn,
    FieldPeopleRested,
    FieldPeopleResumed,
    FieldPeopleSignedOut,
    FieldShiftSet,
)
from liandong.command.models import FieldGroup, FieldParty, FieldPost, FieldPresence
from liandong.command.permissions import Permission
from liandong.command.queries import field_people as there
from liandong.command.queries.field_people import names_there, next_rest, where_is
from liandong.command.rules.field_people import (
    Newcomer,
    demand_answers_for,
    demand_fit,
    demand_headcount,
    demand_hours,
    demand_may_sign,
    demand_moment,
    demand_named,
    demand_not_there,
    demand_protected,
    demand_some,
)
from liandong.command.rules.field_post import demand_in_charge, demand_standing
from liandong.command.rules.order import demand_words
from liandong.command.states import FIELD_PRESENCE_MOVES, FieldPresenceState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Person

POST, REST_DUE = "command.field_post", "command.field_rest_due"
S = FieldPresenceState


@action(Permission.SIGN_FIELD_PEOPLE)
def sign_in_field_party(
    actor: Actor,
    *,
    field_post: FieldPost,
    unit: str,
    headcount: int,
    people: Sequence[Newcomer] = (),
    person: Person | None = None,
    group: FieldGroup | None = None,
    job: str = "",
    fitness: str = "",
    insured: bool = False,
    geared: bool = False,
    waiver: str = "",
    at: datetime | None = None,
    idempotency_key: str = "",
) -> FieldParty:
    """Count those who came together to the spot, by name as far as they are named.

    Publishes ``FieldPartySignedIn``, which alone keeps the names. ``person``: one of the county's
    own, who comes alone. ``at``: when they came, if it is entered later. Refuses whoever is there
    already, fewer than were named, whoever the law keeps from a forest fire, and those without
    insurance or gear but by a reason of whoever commands. 《森林防火条例》第三十五条.
    Clause 二(二)3.
    """
    row = held_field_post(actor, field_post)
    demand_may_sign(actor, row)
    now = clock.now(actor.realm)
    arrived = demand_moment(at, now)
    demand_words(unit, field="unit", what=_("单位、队伍"))
    demand_headcount(headcount, 1 if person else len(people))
    demand_named(people)
    demand_fit(row.incident, fitness, people)
    demand_protected(actor, row, insured=insured, geared=geared, waiver=waiver)
    if group is not None and group.field_post_id != row.pk:
        raise Missing(_("这个现场指挥部没有这个工作组。"), remedy=_("请重新选择工作组。"))
    demand_not_there(_already(row, unit.strip(), people, person))
    party = FieldParty.objects.create(
        field_post=row,
        group=group,
        unit=unit.strip(),
        job=job.strip(),
        body_id=actor.body or None,
        insured=insured,
        geared=geared,
        waiver=waiver.strip(),
        arrived_at=arrived,
        entered_by=actor.label[:120],
        entered_at=now,
    )
    FieldPresence.objects.bulk_create(
        FieldPresence(party=party, ordinal=place, person=person, since_at=arrived)
        for place in range(1 if person else headcount)
    )
    _set_clock(row, now)
    fact = FieldPartySignedIn(
        subject_id=str(party.pk),
        incident_id=str(row.incident_id),
        field_post_id=str(row.pk),
        unit=party.unit,
        group=group.name if group else "",
        job=party.job,
        headcount=1 if person else headcount,
        names=[one.name for one in people],
        phones=[one.phone for one in people],
        fitness=fitness,
        insured=insured,
        geared=geared,
        waiver=party.waiver,
        there=there.headcount(row),
    )
    happened(fact, incident=str(row.incident_id), audience=_audience(row, [party]), told=at)
    return party


@action(Permission.SIGN_FIELD_PEOPLE)
def rest_field_people(
    actor: Actor,
    *,
    field_post: FieldPost,
    people: Sequence[FieldPresence],
    at: datetime | None = None,
    idempotency_key: str = "",
) -> FieldPost:
    """Let some of those on the spot rest; they stay counted there. Publishes ``FieldPeopleRested``.

    ``people`` as of the versions that were seen. Refuses whoever rests or has left already, and
    another unit's people. Clause 二(二)3.
    """
    row, units = _move(actor, field_post, people, S.RESTING, at)
    fact = FieldPeopleRested(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        people=_keys(people),
        n=len(people),
        units=units,
    )
    _said(row, people, fact, at)
    return row


@action(Permission.SIGN_FIELD_PEOPLE)
def resume_field_people(
    actor: Actor,
    *,
    field_post: FieldPost,
    people: Sequence[FieldPresence],
    at: datetime | None = None,
    idempotency_key: str = "",
) -> FieldPost:
    """Send rested people back to work; their shift begins anew. Publishes ``FieldPeopleResumed``.

    ``people`` as of the versions that were seen. Refuses whoever is at work or has left, and
    another unit's people. Clause 二(二)3.
    """
    row, units = _move(actor, field_post, people, S.AT_WORK, at)
    fact = FieldPeopleResumed(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        people=_keys(people),
        n=len(people),
        units=units,
    )
    _said(row, people, fact, at)
    return row


@action(Permission.SIGN_FIELD_PEOPLE)
def sign_out_field_people(
    actor: Actor,
    *,
    field_post: FieldPost,
    people: Sequence[FieldPresence],
    at: datetime | None = None,
    idempotency_key: str = "",
) -> FieldPost:
    """Count out those who left the spot. Publishes ``FieldPeopleSignedOut``.

    ``people`` as of the versions that were seen. Refuses whoever has left already, a moment before
    they came, and another unit's people. Clause 二(二)3.
    """
    row, units = _move(actor, field_post, people, S.LEFT, at)
    fact = FieldPeopleSignedOut(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        people=_keys(people),
        n=len(people),
        units=units,
        there=there.headcount(row),
    )
    _said(row, people, fact, at)
    return row


@action(Permission.SET_FIELD_GROUP)
def set_field_shift(
    actor: Actor,
    *,
    field_post: FieldPost,
    hours: int,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> FieldPost:
    """Settle how long somebody works there before they rest. Publishes ``FieldShiftSet``.

    Refuses without a reason, hours nobody can work, and whoever does not command there.
    Clause 二(二)3.
    """
    row = held_field_post(actor, field_post, Permission.SET_FIELD_GROUP)
    demand_in_charge(actor, row)
    demand_hours(hours)
    demand_words(reason, field="reason", what=_("理由"))
    before = row.shift // timedelta(hours=1)
    row.change(expected_version=expected_version, shift_hours=hours)
    _set_clock(row, clock.now(actor.realm))
    fact = FieldShiftSet(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        title=row.name,
        before=before,
        hours=hours,
        reason=reason.strip(),
    )
    happened(fact, incident=str(row.incident_id), audience=row.audience)
    return row


def held_field_post(
    actor: Actor, field_post: FieldPost, permission: str = Permission.SIGN_FIELD_PEOPLE
) -> FieldPost:
    """Hold the field headquarters, so that nobody withdraws it over those who are just coming."""
    demand_realm(actor, field_post)
    rows = FieldPost.objects.select_for_update(of=("self",))
    row = rows.select_related("incident", "commander__body").get(pk=field_post.pk)
    demand_reach(actor, permission, row.incident)
    demand_standing(row)
    return row


def _already(
    row: FieldPost, unit: str, people: Sequence[Newcomer], person: Person | None
) -> list[str]:
    """Who of those who come is on the spot already, by whatever is known of them."""
    if person:
        found = where_is(person.pk, row.realm)
        return [f"{person.name}（{found.party.field_post}）"] if found else []
    coming = {(one.name, one.phone) for one in people}
    if not coming:
        return []
    return [
        f"{name}（{unit}）"
        for one, name, phone in names_there(row)
        if one.party.unit == unit and (name, phone) in coming
    ]


def _move(
    actor: Actor,
    field_post: FieldPost,
    people: Sequence[FieldPresence],
    to: FieldPresenceState,
    at: datetime | None,
) -> tuple[FieldPost, str]:
    row = held_field_post(actor, field_post)
    demand_may_sign(actor, row)
    demand_some(people)
    if any(one.party.field_post_id != row.pk for one in people):
        raise Missing(_("选的人不在这个现场指挥部。"), remedy=_("请刷新后重新勾选。"))
    demand_answers_for(actor, row, (one.party for one in people))
    for one in people:
        FIELD_PRESENCE_MOVES.check(one.state, to)
    now = clock.now(actor.realm)
    moment = demand_moment(at, now, (one.since_at for one in people))
    change_all(people, state=to, since_at=moment)
    _set_clock(row, now)
    return row, "、".join(dict.fromkeys(one.party.unit for one in people))[:200]


def _said(
    row: FieldPost,
    people: Sequence[FieldPresence],
    fact: FieldPeopleRested | FieldPeopleResumed | FieldPeopleSignedOut,
    at: datetime | None,
) -> None:
    audience = _audience(row, (one.party for one in people))
    happened(fact, incident=str(row.incident_id), audience=audience, told=at)


def _keys(people: Iterable[FieldPresence]) -> list[str]:
    return sorted(str(one.pk) for one in people)


def _audience(row: FieldPost, parties: Iterable[FieldParty]) -> set[str]:
    """Who may read what people are called: the desk, who commands and leads there, their own unit."""
    posts = {row.commander_id, *(one.leader_id for one in row.groups.all())} - {None}
    bodies = {one.body_id for one in parties} - {None}
    return {
        "duty",
        f"incident:{row.incident_id}",
        *(f"post:{one}" for one in posts),
        *(f"body:{one}" for one in bodies),
    }


def _set_clock(row: FieldPost, now: datetime) -> None:
    """Have it asked about whoever will next have worked for a whole shift."""
    due = next_rest(row, now)
    if due is None:
        drop_timers(realm=row.realm, subject_kind=POST, subject_id=str(row.pk), kind=REST_DUE)
        return
    set_timer(
        REST_DUE,
        realm=row.realm,
        due_at=due,
        subject_kind=POST,
        subject_id=str(row.pk),
        incident=str(row.incident_id),
    )
