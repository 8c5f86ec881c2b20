"""Leave: entered by oneself or the office, stood in for, over by the clock or sooner."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.timers import drop_timers, drop_timers_of, set_timer
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep
from liandong.organization.actions.post import cut_streams
from liandong.organization.actions.roster import hand_shifts
from liandong.organization.actions.seating import KIND as CHAIR
from liandong.organization.actions.seating import seat, tell_deputy, tell_ended
from liandong.organization.events import LeaveBegun, LeaveEnded, LeaveEntered
from liandong.organization.models import Appointment, Leave, Person, Post
from liandong.organization.permissions import Permission

KIND = "organization.leave"
LONGEST = timedelta(days=366)


@action(Permission.ENTER_LEAVE)
def enter_leave(
    actor: Actor,
    *,
    person: Person,
    from_at: datetime,
    until_at: datetime,
    stand_in: Person | None = None,
    reason: str = "",
    idempotency_key: str = "",
) -> Leave:
    """Enter that somebody is away for a time. Publishes ``LeaveEntered``.

    What comes to their posts goes to the deputies meanwhile. ``stand_in`` becomes a deputy at
    each of the posts for that time: ``DeputyNamed``; and takes over the shifts that begin in it,
    where the actor may change the roster: ``ShiftSwapped``. It ends by the clock. Refuses somebody else's leave, unless by
    office; an end that is past or more than a year away; a second leave in the same time; a
    stand-in who is away then, too, or whom the actor may not seat. Clause 三(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_leave_of(actor, person)
    now = clock.now(actor.realm)
    _refuse_odd_time(from_at, until_at, now)
    list(Person.objects.select_for_update().filter(pk=person.pk))
    _refuse_second(person, from_at, until_at)
    _refuse_stand_in(person, stand_in, from_at, until_at)
    leave = Leave(
        person=person,
        stand_in=stand_in,
        from_at=from_at,
        until_at=until_at,
        reason=reason.strip()[:200],
        entered_by=actor.label[:200],
    )
    keep(leave)
    chairs = _chairs_of(person, max(from_at, now), until_at)
    _seat_stand_in(actor, leave, chairs, now)
    # Whoever may not change the roster asks the other first: see ``ask_swap``.
    taker = stand_in if actor.may(Permission.SWAP_SHIFT) else None
    left = hand_shifts(person, taker, since=max(from_at, now), until=until_at, reason=_("请假"))
    _wind(leave, now)
    happened(
        LeaveEntered(
            subject_id=str(leave.pk),
            person_id=str(person.pk),
            person_name=person.name,
            stand_in=stand_in.name if stand_in else "",
            from_at=from_at.isoformat(),
            until_at=until_at.isoformat(),
            span=f"{localtime(from_at):%m-%d %H:%M} – {localtime(until_at):%m-%d %H:%M}",
            posts=_unanswered([one.post for one in chairs], max(from_at, now)),
            shifts=left,
        ),
        audience={"county"},
    )
    return leave


@action(Permission.ENTER_LEAVE)
def end_leave(
    actor: Actor, *, leave: Leave, expected_version: int, idempotency_key: str = ""
) -> Leave:
    """Enter that somebody is back, or does not go (销假). Publishes ``LeaveEnded``.

    The stand-in's chairs end with it; shifts they took over stay theirs. Refuses somebody else's
    leave, unless by office, and one that is over.
    """
    rules.demand_actual(actor)
    rules.demand_leave_of(actor, leave.person)
    now = clock.now(actor.realm)
    if leave.ended_at or leave.until_at <= now:
        raise IllegalMove(_("这次请假已经结束。"), remedy=_("请刷新后看现在的请假。"))
    leave.change(expected_version=expected_version, ended_at=now)
    drop_timers(realm=ACTUAL, subject_kind=KIND, subject_id=str(leave.pk))
    _unseat(leave, now)
    _tell_over(leave, early=True)
    cut_streams([leave.person_id])
    return leave


@action(Permission.ENTER_LEAVE)
def settle_leave(actor: Actor, *, leave: Leave, idempotency_key: str = "") -> Leave:
    """Tell that a leave has begun, or is over: ``LeaveBegun`` or ``LeaveEnded``. For the clock."""
    rules.demand_actual(actor)
    if leave.until_at <= clock.now(actor.realm):
        _tell_over(leave, early=False)
    else:
        happened(
            LeaveBegun(
                subject_id=str(leave.pk),
                person_id=str(leave.person_id),
                person_name=leave.person.name,
            ),
            audience={"county"},
        )
    return leave


def _chairs_of(person: Person, since: datetime, until: datetime) -> list[Appointment]:
    rows = Appointment.objects.filter(
        Q(until_at=None) | Q(until_at__gt=since), person=person, from_at__lt=until
    )
    return list(rows.select_related("post__body", "person").order_by("post__rank", "id"))


def _seat_stand_in(
    actor: Actor, leave: Leave, chairs: Sequence[Appointment], now: datetime
) -> None:
    """Make the stand-in a deputy wherever they are not one already for the whole time."""
    if leave.stand_in is None:
        return
    begins = max(leave.from_at, now)
    there = {
        one.post_id
        for one in Appointment.objects.filter(
            Q(until_at=None) | Q(until_at__gte=leave.until_at),
            person=leave.stand_in,
            from_at__lte=begins,
        )
    }
    wanted = [
        Appointment(
            post=one.post,
            person=leave.stand_in,
            is_deputy=True,
            from_at=max(begins, one.from_at),
            until_at=min(leave.until_at, one.until_at or leave.until_at),
            leave=leave,
        )
        for one in chairs
        if one.post_id not in there
    ]
    if not wanted:
        return
    if not actor.may(Permission.MAKE_APPOINTMENT):
        raise Forbidden(
            _("%(name)s现在不是这个岗位的B角，您不能自己安排代办人。")
            % {"name": leave.stand_in.name},
            place=str(wanted[0].post),
            remedy=_("请改选现任B角，或请指挥部办公室登记这次请假。"),
        )
    seat(actor, wanted)
    for one in wanted:
        tell_deputy(one)
    cut_streams([leave.stand_in.pk])


def _unseat(leave: Leave, now: datetime) -> None:
    rows = Appointment.objects.filter(leave=leave, until_at__gt=now)
    chairs = list(rows.select_related("post__body", "person"))
    change_all(chairs, until_at=Greatest(F("from_at"), Value(now)))
    drop_timers_of((str(one.pk) for one in chairs), realm=ACTUAL, subject_kind=CHAIR)
    for one in chairs:
        one.until_at = max(now, one.from_at)
        tell_ended(one)
    cut_streams({one.person_id for one in chairs})


def _unanswered(posts: Sequence[Post], at: datetime) -> list[str]:
    """Name the posts at which nobody answers once the leave has begun."""
    answered = queries.staffed(posts, at)
    return [f"{one.body.short_name}{one.title}" for one in posts if one.pk not in answered]


def _wind(leave: Leave, now: datetime) -> None:
    for kind, at in (("begun", leave.from_at), ("over", leave.until_at)):
        if at > now:
            set_timer(
                f"organization.leave_{kind}",
                realm=ACTUAL,
                due_at=at,
                subject_kind=KIND,
                subject_id=str(leave.pk),
            )


def _tell_over(leave: Leave, *, early: bool) -> None:
    happened(
        LeaveEnded(
            subject_id=str(leave.pk),
            person_id=str(leave.person_id),
            person_name=leave.person.name,
            early=early,
        ),
        audience={"county"},
    )


def _refuse_odd_time(since: datetime, until: datetime, now: datetime) -> None:
    if not max(since, now) < until <= since + LONGEST:
        raise Invalid(
            _("请假的截止时间不对。"),
            remedy=_("截止须晚于开始和现在，且不超过一年。"),
            fields={"until_at": _("须晚于开始和现在，且不超过一年")},
        )


def _refuse_second(person: Person, since: datetime, until: datetime) -> None:
    other = queries.leaves_within(since, until).filter(person=person).first()
    if other:
        raise IllegalMove(
            _("%(name)s在这段时间已登记请假（%(from)s 至 %(until)s）。")
            % {
                "name": person.name,
                "from": f"{localtime(other.from_at):%m-%d %H:%M}",
                "until": f"{localtime(other.until_at):%m-%d %H:%M}",
            },
            place=_("请假"),
            remedy=_("请先给那一次销假，再重新登记。"),
        )


def _refuse_stand_in(
    person: Person, stand_in: Person | None, since: datetime, until: datetime
) -> None:
    if stand_in is None:
        return
    wrong = ""
    if stand_in.pk == person.pk:
        wrong = _("代办人不能是请假人自己")
    elif queries.leaves_within(since, until).filter(person=stand_in).exists():
        wrong = _("%(name)s在这段时间也请假") % {"name": stand_in.name}
    if wrong:
        raise Invalid(
            _("请另选代办人。"), remedy=_("请选一位在岗的人。"), fields={"stand_in": wrong}
        )
