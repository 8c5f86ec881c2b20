"""The roster by rule: who takes turns on which days, and laying what the rules say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import make_aware

from liandong.kernel import clock, working_days
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.working_days import DayKind
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep
from liandong.organization.actions.roster import LONGEST, ShiftSpec, put_shifts
from liandong.organization.events import RosterRuleSet, RosterRuleWithdrawn
from liandong.organization.models import Person, RosterRule, Shift
from liandong.organization.permissions import Permission
from liandong.organization.states import RosterDays, ShiftRole

MOST_DAYS = 92
ONE = timedelta(days=1)
HELD_ON: dict[str, frozenset[DayKind]] = {
    RosterDays.WORKING: frozenset({DayKind.WORKING}),
    RosterDays.REST: frozenset({DayKind.WEEKEND, DayKind.HOLIDAY}),
    RosterDays.WEEKEND: frozenset({DayKind.WEEKEND}),
    RosterDays.HOLIDAY: frozenset({DayKind.HOLIDAY}),
}


@dataclass(frozen=True)
class Turn:
    """One shift a rule asks for, and who takes it; nobody where all who could are away."""

    rule: RosterRule
    from_at: datetime
    until_at: datetime
    person: Person | None


@dataclass(frozen=True)
class RosterDraft:
    """What the rules say of some days: every turn, and whose turn it is afterwards by rule."""

    turns: tuple[Turn, ...]
    queues: dict[UUID, list[UUID]]

    @property
    def gaps(self) -> list[Turn]:
        """Turns that nobody can take."""
        return [one for one in self.turns if one.person is None]


@action(Permission.LAY_ROSTER)
def set_roster_rule(
    actor: Actor,
    *,
    title: str,
    role: str,
    days: str,
    at: time,
    hours: int,
    people: Sequence[Person],
    rule: RosterRule | None = None,
    expected_version: int = 0,
    idempotency_key: str = "",
) -> RosterRule:
    """Set up a rule of the roster, or change ``rule``. Publishes ``RosterRuleSet``.

    Whoever stays among the people keeps their place in the queue; who is new comes last. Refuses
    nobody at all, and shifts of no length or longer than 8 days. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    _refuse_wrong(people, role, days, hours)
    order = [one.pk for one in people]
    values = {
        "title": title.strip()[:60] or str(ShiftRole(role).label),
        "role": role,
        "days": days,
        "at": at,
        "hours": hours,
        "people": order,
    }
    if rule is None:
        rule = RosterRule(queue=order, **values)
        keep(rule)
    else:
        _demand_in_force(rule)
        stay = [one for one in rule.queue if one in order]
        queue = stay + [one for one in order if one not in stay] if stay else order
        # A new order is meant to hold from now on; people alone leave the turns as they are.
        if [one for one in rule.people if one in order] != [
            one for one in order if one in rule.people
        ]:
            queue = order
        rule.change(expected_version=expected_version, queue=queue, **values)
    happened(
        RosterRuleSet(
            subject_id=str(rule.pk),
            title=rule.title,
            role=rule.role,
            days=rule.days,
            at=f"{at:%H:%M}",
            hours=hours,
            people=[one.name for one in people],
        ),
        audience={"county"},
    )
    return rule


@action(Permission.LAY_ROSTER)
def withdraw_roster_rule(
    actor: Actor, *, rule: RosterRule, expected_version: int, idempotency_key: str = ""
) -> RosterRule:
    """Give a rule up; shifts it laid stay. Publishes ``RosterRuleWithdrawn``; refuses a second time."""
    rules.demand_actual(actor)
    _demand_in_force(rule)
    rule.change(expected_version=expected_version, withdrawn_at=clock.now(actor.realm))
    happened(
        RosterRuleWithdrawn(subject_id=str(rule.pk), title=rule.title), audience={"county"}
    )
    return rule


@action(Permission.LAY_ROSTER)
def lay_by_rules(
    actor: Actor,
    *,
    since: date,
    days: int,
    idempotency_key: str = "",
) -> Shift:
    """Lay what the rules say of some days, from ``since`` on. Publishes ``ShiftsLaid``.

    People on leave are passed over and keep their turn; so is who has the same duty then. What a
    rule laid before is not laid again. Refuses more than 92 days, days of a year whose holidays
    nobody knows where a rule asks for them, and when nothing is left to lay. Returns the first.
    Clause 二(一)2.
    """
    rules.demand_actual(actor)
    # Two who lay at once take turns here, and the second sees the first's shifts.
    in_force = list(
        RosterRule.objects.select_for_update()
        .filter(withdrawn_at=None)
        .order_by("role", "at", "title", "id")
    )
    planned = plan_by_rules(in_force, since, days)
    shifts = [
        ShiftSpec(
            role=one.rule.role,
            person=one.person,
            from_at=one.from_at,
            until_at=one.until_at,
            rule=one.rule,
        )
        for one in planned.turns
        if one.person is not None
    ]
    if not shifts:
        raise IllegalMove(
            _("这些天没有可排的班。"),
            place=_("轮值规则"),
            remedy=_("已经排过的不再排；请核对规则、日期和请假。"),
        )
    for rule in in_force:
        rule.change(expected_version=rule.version, queue=planned.queues[rule.pk])
    return put_shifts(shifts)


def plan_by_rules(in_force: Sequence[RosterRule], since: date, days: int) -> RosterDraft:
    """Say what the rules say of some days, without laying it. A fixed number of queries."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            _("一次排 1 到 92 天。"),
            fields={"days": _("请填 1 到 92")},
            remedy=_("请分几次排。"),
        )
    last = since + (days - 1) * ONE
    kinds = _kinds(in_force, since, last)
    first_at = make_aware(datetime.combine(since, time.min))
    end_at = make_aware(datetime.combine(last + ONE, time.min)) + LONGEST
    busy = _Busy(first_at, end_at)
    people = {
        one.pk: one
        for one in queries.people_here().filter(
            pk__in={key for rule in in_force for key in rule.people}
        )
    }
    turns: list[Turn] = []
    queues: dict[UUID, list[UUID]] = {}
    for rule in in_force:
        queue = list(rule.queue)
        for day, kind in kinds.items():
            if rule.days != RosterDays.EVERY and kind not in HELD_ON[rule.days]:
                continue
            begins = make_aware(datetime.combine(day, rule.at))
            ends = begins + timedelta(hours=rule.hours)
            if busy.is_laid(rule, begins):
                continue
            taker = next(
                (
                    key
                    for key in queue
                    if key in people and busy.is_free(key, rule.role, begins, ends)
                ),
                None,
            )
            if taker is not None:
                queue.remove(taker)
                queue.append(taker)
                busy.take(taker, rule.role, begins, ends)
            turns.append(Turn(rule, begins, ends, people[taker] if taker else None))
        queues[rule.pk] = queue
    turns.sort(key=lambda one: (one.from_at, one.rule.role))
    return RosterDraft(tuple(turns), queues)


class _Busy:
    """Who cannot take a shift because they are away or have one, and what rules laid already."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.spans: dict[tuple[UUID, str], list[tuple[datetime, datetime]]] = defaultdict(list)
        self.laid: set[tuple[UUID, datetime]] = set()
        for shift in queries.shifts_within(since, until):
            self.take(shift.person_id, shift.role, shift.from_at, shift.until_at)
            if shift.rule_id:
                self.laid.add((shift.rule_id, shift.from_at))
        for leave in queries.leaves_within(since, until):
            for role in ShiftRole.values:
                self.take(leave.person_id, role, leave.from_at, leave.until_at)

    def take(self, person: UUID, role: str, since: datetime, until: datetime) -> None:
        self.spans[person, role].append((since, until))

    def is_laid(self, rule: RosterRule, at: datetime) -> bool:
        return (rule.pk, at) in self.laid

    def is_free(self, person: UUID, role: str, since: datetime, until: datetime) -> bool:
        return not any(
            begins < until and since < ends for begins, ends in self.spans[person, role]
        )


def _kinds(
    in_force: Iterable[RosterRule], since: date, last: date
) -> dict[date, DayKind | None]:
    """What each day is; refuses days nobody knows, where a rule needs to know."""
    found = working_days.kinds(since, last)
    unknown = next((day for day, kind in found.items() if kind is None), None)
    if unknown and any(rule.days != RosterDays.EVERY for rule in in_force):
        raise IllegalMove(
            _("%(year)d 年的放假安排还没有。") % {"year": unknown.year},
            place=_("放假安排"),
            remedy=_("请按国务院办公厅的通知先录入 %(year)d 年放假安排，再排班。")
            % {"year": unknown.year},
        )
    return found


def _refuse_wrong(people: Sequence[Person], role: str, days: str, hours: int) -> None:
    fields = {}
    if not people:
        fields["people"] = _("请至少选一人")
    if role not in ShiftRole.values:
        fields["role"] = _("请选择班别")
    if days not in RosterDays.values:
        fields["days"] = _("请选择哪些天")
    if not timedelta() < timedelta(hours=hours) <= LONGEST:
        fields["hours"] = _("一班为 1 小时至 8 天")
    if fields:
        raise Invalid(_("轮值规则有误。"), remedy=_("请按提示改正。"), fields=fields)


def _demand_in_force(rule: RosterRule) -> None:
    if rule.withdrawn_at:
        raise IllegalMove(
            _("这条轮值规则已经停用。"), place=str(rule), remedy=_("请刷新后另设一条。")
        )
