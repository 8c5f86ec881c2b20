"""The roster: laying shifts by turns, changing who takes one, taking one off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.events import ShiftsLaid, ShiftSwapped, ShiftWithdrawn
from liandong.organization.models import Body, Person, RosterRule, Shift
from liandong.organization.permissions import Permission
from liandong.organization.states import ShiftRole

MOST = 400
LONGEST = timedelta(days=8)


@dataclass(frozen=True, kw_only=True)
class ShiftSpec:
    """One shift as it is to be laid."""

    role: str
    person: Person
    from_at: datetime
    until_at: datetime
    note: str = ""
    body: Body | None = None
    rule: RosterRule | None = None


def by_turns(
    role: str, people: Sequence[Person], since: datetime, *, days: int, hours: int = 24
) -> list[ShiftSpec]:
    """Lay shifts of equal length one after another, people taking turns in the order given."""
    step, end = timedelta(hours=hours), since + timedelta(days=days)
    laid: list[ShiftSpec] = []
    at = since
    while people and at < end and len(laid) <= MOST:
        person = people[len(laid) % len(people)]
        laid.append(ShiftSpec(role=role, person=person, from_at=at, until_at=at + step))
        at += step
    return laid


@action(Permission.LAY_ROSTER)
def lay_shifts(
    actor: Actor, *, shifts: Sequence[ShiftSpec], idempotency_key: str = ""
) -> Shift:
    """Put shifts on the roster, all or none. Publishes ``ShiftsLaid``; returns the first.

    Refuses none at all, more than 400, one longer than 8 days or ending before it begins, and a
    person who would do the same duty twice at once. Several may be on duty together. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    return put_shifts(shifts)


@action(Permission.LAY_BODY_ROSTER)
def lay_body_shifts(
    actor: Actor, *, body: Body, shifts: Sequence[ShiftSpec], idempotency_key: str = ""
) -> Shift:
    """Say who sits at the duty desk of a unit or township; the roll-call calls them.

    What stood there in the same role and time is taken off: ``ShiftWithdrawn`` for each. Publishes
    ``ShiftsLaid``; returns the first. Refuses other bodies than the actor's, and what
    ``lay_shifts`` refuses. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    actor.demand(Permission.LAY_BODY_ROSTER, body=str(body.pk))
    own = [replace(one, body=body) for one in shifts]
    _refuse_wrong(own)
    _clear(actor, body, own)
    return put_shifts(own)


def _clear(actor: Actor, body: Body, shifts: Sequence[ShiftSpec]) -> None:
    """Take off what stands at a body's desk in the role and time of new shifts."""
    first, last = min(s.from_at for s in shifts), max(s.until_at for s in shifts)
    there = [
        old
        for old in queries.shifts_between(first, last, body)
        if any(
            old.role == new.role and old.from_at < new.until_at and new.from_at < old.until_at
            for new in shifts
        )
    ]
    change_all(there, withdrawn_at=clock.now(actor.realm))
    for old in there:
        _tell_withdrawn(old, _("重新排班"))


def put_shifts(shifts: Sequence[ShiftSpec]) -> Shift:
    """Put shifts on the roster and tell of them; returns the first."""
    _refuse_wrong(shifts)
    first, last = min(s.from_at for s in shifts), max(s.until_at for s in shifts)
    list(Person.objects.select_for_update().filter(pk__in=[s.person.pk for s in shifts]))
    refuse_doubled(shifts)
    rows = Shift.objects.bulk_create(
        Shift(
            role=one.role,
            person=one.person,
            from_at=one.from_at,
            until_at=one.until_at,
            note=one.note[:200],
            body=one.body,
            rule=one.rule,
        )
        for one in shifts
    )
    happened(
        ShiftsLaid(
            subject_id=str(rows[0].pk),
            role="、".join(dict.fromkeys(str(ShiftRole(s.role).label) for s in shifts)),
            count=len(rows),
            since=first.isoformat(),
            until=last.isoformat(),
            people=list(dict.fromkeys(s.person.name for s in shifts)),
        ),
        audience={"county"},
    )
    return rows[0]


@action(Permission.SWAP_SHIFT)
def swap_shift(
    actor: Actor,
    *,
    shift: Shift,
    person: Person,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Shift:
    """Let somebody else take a shift. Publishes ``ShiftSwapped``.

    Refuses a shift that is over or was taken off, the same person, a person already on that
    duty then, a blank reason, and whoever saw an older version.
    """
    rules.demand_actual(actor)
    demand_open(actor, shift)
    if person.pk == shift.person_id:
        raise IllegalMove(
            _("这一班本来就是%(name)s。") % {"name": person.name}, place=str(shift)
        )
    said = _reason(reason)
    taken = ShiftSpec(
        role=shift.role, person=person, from_at=shift.from_at, until_at=shift.until_at
    )
    refuse_doubled([taken])
    before = shift.person.name
    shift.change(expected_version=expected_version, person=person)
    tell_swapped(shift, before, person.name, said)
    return shift


@action(Permission.LAY_ROSTER)
def withdraw_shift(
    actor: Actor,
    *,
    shift: Shift,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Shift:
    """Take a shift off the roster; its row stays. Publishes ``ShiftWithdrawn``.

    Refuses a shift that is over or was taken off, a blank reason, whoever saw an older version.
    """
    rules.demand_actual(actor)
    demand_open(actor, shift)
    said = _reason(reason)
    shift.change(expected_version=expected_version, withdrawn_at=clock.now(actor.realm))
    _tell_withdrawn(shift, said)
    return shift


def _tell_withdrawn(shift: Shift, reason: str) -> None:
    happened(
        ShiftWithdrawn(
            subject_id=str(shift.pk),
            role=shift.role,
            from_at=shift.from_at.isoformat(),
            person_name=shift.person.name,
            reason=reason,
        ),
        audience={"county"},
    )


def hand_shifts(
    person: Person, to: Person | None, *, since: datetime, until: datetime, reason: str
) -> int:
    """Give somebody's shifts that begin within a time to another; return how many are left.

    Those stay that the other has at the same time themselves. Publishes ``ShiftSwapped`` for each.
    """
    rows = queries.shifts_within(since, until).filter(person=person, from_at__gte=since)
    shifts = list(rows)
    if to is None:
        return len(shifts)
    own = [
        one for one in queries.shifts_within(since, until + LONGEST) if one.person_id == to.pk
    ]
    free = [
        one
        for one in shifts
        if not any(
            one.role == other.role
            and other.from_at < one.until_at
            and one.from_at < other.until_at
            for other in own
        )
    ]
    change_all(free, person=to)
    for one in free:
        tell_swapped(one, person.name, to.name, reason)
    return len(shifts) - len(free)


def tell_swapped(shift: Shift, before: str, after: str, reason: str) -> None:
    """Say that a shift is somebody else's now."""
    happened(
        ShiftSwapped(
            subject_id=str(shift.pk),
            role=shift.role,
            from_at=shift.from_at.isoformat(),
            before=before,
            person_name=after,
            reason=reason,
        ),
        audience={"county"},
    )


def _refuse_wrong(shifts: Sequence[ShiftSpec]) -> None:
    fields = {}
    if not shifts:
        fields["people"] = _("请至少选一人、排一天")
    if len(shifts) > MOST:
        fields["days"] = _("一次最多排 400 班")
    if any(not timedelta() < s.until_at - s.from_at <= LONGEST for s in shifts):
        fields["until_at"] = _("交班应在接班之后，一班不超过 8 天")
    if any(s.role not in ShiftRole.values for s in shifts):
        fields["role"] = _("请选择班别")
    if fields:
        raise Invalid(_("排班有误。"), remedy=_("请按提示改正。"), fields=fields)


def refuse_doubled(shifts: Sequence[ShiftSpec], *, but: Sequence[Shift] = ()) -> None:
    """Refuse a person who would do the same duty twice at once; ``but`` are shifts they give away."""
    first, last = min(s.from_at for s in shifts), max(s.until_at for s in shifts)
    given = {one.pk for one in but}
    laid = [
        (one.role, one.person_id, one.from_at, one.until_at)
        for one in queries.shifts_within(first, last)
        if one.pk not in given
    ]
    for one in shifts:
        for role, person, since, until in laid:
            if (role, person) == (one.role, one.person.pk) and (
                since < one.until_at and one.from_at < until
            ):
                raise IllegalMove(
                    _("%(name)s在 %(at)s 前后已有同样的班。")
                    % {"name": one.person.name, "at": f"{localtime(since):%m-%d %H:%M}"},
                    place=_("值班表"),
                    remedy=_("请先调班或撤销原来的班次，再重新排。"),
                )
        laid.append((one.role, one.person.pk, one.from_at, one.until_at))


def demand_open(actor: Actor, shift: Shift) -> None:
    """Refuse a shift that is over or was taken off."""
    if shift.withdrawn_at or shift.until_at <= clock.now(actor.realm):
        raise IllegalMove(
            _("这一班已经结束或撤销。"), place=str(shift), remedy=_("请刷新后看现在的值班表。")
        )


def _reason(text: str) -> str:
    said = text.strip()
    if not said:
        raise Invalid(_("请写明原因。"), fields={"reason": _("请填写这一项")})
    return said[:200]
