"""Taking a roster in from a spreadsheet: a row a day, names under 带班领导 and 值班员."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from liandong.documents.sheets import NEW, SAME, Change, Draft, Finding, draft, refuse_findings
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.bodies_sheet import demand_seen
from liandong.organization.actions.intake import record_intake
from liandong.organization.actions.roster import ShiftSpec, lay_shifts
from liandong.organization.models import Intake, Person
from liandong.organization.permissions import Permission
from liandong.organization.states import IntakeKind, ShiftRole

DAY = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One day: from when, who leads, who sits at the desk."""

    row: int
    from_at: datetime
    leaders: tuple[str, ...]
    officers: tuple[str, ...]
    note: str = ""
    letters: tuple[tuple[str, str], ...] = ()

    def named(self) -> Iterator[tuple[str, str, str]]:
        """Role, key of the column, name."""
        for name in self.leaders:
            yield ShiftRole.LEADER, "leaders", name
        for name in self.officers:
            yield ShiftRole.OFFICER, "officers", name


@dataclass(frozen=True)
class RosterPlan:
    """The shifts to be laid, and the draft that a person looks at."""

    shifts: tuple[ShiftSpec, ...]
    draft: Draft


def plan_roster(rows: Sequence[RosterRow], findings: Sequence[Finding] = ()) -> RosterPlan:
    """Say which shifts a sheet would lay, which are there, and whose name nobody bears."""
    people = _people(rows)
    there = _there(rows)
    shifts: list[ShiftSpec] = []
    changes: list[Change] = []
    wrong = list(findings)
    for one in rows:
        added = []
        for role, key, name in one.named():
            found = people.get(name, [])
            if len(found) != 1:
                wrong.append(
                    Finding(one.row, dict(one.letters).get(key, ""), _why(name, found))
                )
            elif (role, found[0].pk, one.from_at) not in there:
                added.append(_spec(one, role, found[0]))
        shifts += added
        what = f"{'、'.join(one.leaders)} / {'、'.join(one.officers)}"
        changes.append(Change(one.row, NEW if added else SAME, what, one.note))
    return RosterPlan(tuple(shifts), draft(changes, wrong))


@action(Permission.LAY_ROSTER)
def take_roster(
    actor: Actor,
    *,
    rows: Sequence[RosterRow],
    seen: str,
    name: str,
    digest: str,
    idempotency_key: str = "",
) -> Intake:
    """Lay the shifts of a spreadsheet that are not there yet. Publishes ``ShiftsLaid``, ``SheetTaken``.

    Refuses names nobody or several bear, overlapping shifts of one person, and whoever saw
    another draft than ``seen``. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    planned = plan_roster(rows)
    refuse_findings(planned.draft.findings)
    demand_seen(planned.draft, seen)
    if planned.shifts:
        lay_shifts(actor, shifts=planned.shifts)
    return record_intake(
        actor,
        kind=IntakeKind.ROSTER,
        name=name,
        digest=digest,
        new=planned.draft.new,
        changed=planned.draft.changed,
        unchanged=planned.draft.same,
    )


def _spec(one: RosterRow, role: str, person: Person) -> ShiftSpec:
    return ShiftSpec(
        role=role, person=person, from_at=one.from_at, until_at=one.from_at + DAY, note=one.note
    )


def _why(name: str, found: Sequence[Person]) -> str:
    if found:
        return _("有 %(n)d 个人叫%(name)s，请在页面上排这一班。") % {
            "n": len(found),
            "name": name,
        }
    return _("通讯录里没有%(name)s，请先登记人员。") % {"name": name[:30]}


def _people(rows: Sequence[RosterRow]) -> dict[str, list[Person]]:
    wanted = {name for one in rows for _role, _key, name in one.named()}
    found: dict[str, list[Person]] = {}
    for person in queries.people_here().filter(name__in=wanted):
        found.setdefault(person.name, []).append(person)
    return found


def _there(rows: Sequence[RosterRow]) -> set[tuple[str, object, datetime]]:
    if not rows:
        return set()
    first, last = min(one.from_at for one in rows), max(one.from_at for one in rows)
    return {
        (shift.role, shift.person_id, shift.from_at)
        for shift in queries.shifts_between(first, last + DAY)
    }
