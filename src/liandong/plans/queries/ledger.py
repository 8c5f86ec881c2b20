"""The ledger of plans: filed, published, drilled, evaluated, and what of it is owed by when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import localtime

from liandong.kernel import clock, working_days
from liandong.kernel.actors import ACTUAL
from liandong.plans.models import Evaluation, Filing, PlanDrill, PlanVersion, Publication
from liandong.plans.states import (
    EVALUATED_EVERY,
    PROCEDURES,
    WORKING_DAYS,
    DutyKind,
    PlanKind,
    VersionState,
    drilled_every,
)

BY_WORKING_DAYS = frozenset({DutyKind.FILING, DutyKind.PUBLICATION})
SOON_DAYS = {
    DutyKind.FILING: 10,
    DutyKind.PUBLICATION: 10,
    DutyKind.DRILL: 90,
    DutyKind.EVALUATION: 90,
}


@dataclass(frozen=True, kw_only=True)
class Owed:
    """Something owed for a plan in force. ``due_on`` is None where no calendar of working days reaches."""

    version: PlanVersion
    what: DutyKind
    due_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether its day is over."""
        return self.due_on is not None and self.due_on < today

    def is_near(self, today: date) -> bool:
        """Whether it should be seen to now: near its day or past it, or of a day nobody can count."""
        return self.due_on is None or (self.due_on - today).days <= SOON_DAYS[self.what]

    def left(self, today: date) -> int | None:
        """How many days are left, working days where the law counts those."""
        if self.due_on is None:
            return None
        if self.what in BY_WORKING_DAYS:
            return working_days.between(today, self.due_on)
        return (self.due_on - today).days


def today() -> date:
    """The day of the county."""
    return localtime(clock.now(ACTUAL)).date()


def registered() -> QuerySet[PlanVersion]:
    """Every version, with what was done about it since it was issued. Drills count for the plan, whatever the version."""
    filings = Filing.objects.filter(plan_version=OuterRef("pk")).exclude(filed_on=None)
    filed = filings.order_by("-filed_on", "-at", "-id")
    published = Publication.objects.filter(plan_version=OuterRef("pk")).order_by("-at", "-id")
    drills = PlanDrill.objects.filter(plan_version__key=OuterRef("key")).order_by("-drilled_on")
    evaluated = Evaluation.objects.filter(plan_version=OuterRef("pk")).order_by("-evaluated_on")
    return PlanVersion.objects.annotate(
        filed_on=Subquery(filed.values("filed_on")[:1]),
        receipt=Subquery(filed.values("receipt")[:1]),
        was_sent=Exists(Filing.objects.filter(plan_version=OuterRef("pk"))),
        published_on=Subquery(published.values("published_on")[:1]),
        drilled_on=Subquery(drills.values("drilled_on")[:1]),
        evaluated_on=Subquery(evaluated.values("evaluated_on")[:1]),
    )


def all_owed() -> list[Owed]:
    """Everything owed for the plans in force, the most pressing first. One query."""
    rows = registered().filter(state=VersionState.IN_FORCE).defer("text")
    owed = [each for row in rows.order_by("key") for each in owed_for(row)]
    return sorted(owed, key=lambda one: (one.due_on is not None, one.due_on or date.min))


def owed_of(version: PlanVersion) -> list[Owed]:
    """What is owed for one version."""
    row = registered().filter(pk=version.pk, state=VersionState.IN_FORCE).first()
    return list(owed_for(row)) if row else []


def owed_for(row: PlanVersion) -> Iterator[Owed]:
    """What is owed for a row of ``registered``, each with its day."""
    if row.issued_on is None or row.kind == PlanKind.WARNING:
        return
    by = working_days.after(row.issued_on, WORKING_DAYS)
    kept = vars(row)  # the annotations, which the model does not name
    if PROCEDURES[row.kind].filed_with and not kept["filed_on"]:
        yield Owed(version=row, what=DutyKind.FILING, due_on=by)
    if not kept["published_on"]:
        yield Owed(version=row, what=DutyKind.PUBLICATION, due_on=by)
    if years := drilled_every(row.kind, row.hazard):
        since = kept["drilled_on"] or row.issued_on
        yield Owed(version=row, what=DutyKind.DRILL, due_on=_years_on(since, years))
    since = kept["evaluated_on"] or row.issued_on
    yield Owed(version=row, what=DutyKind.EVALUATION, due_on=_years_on(since, EVALUATED_EVERY))


def by_version(owed: Iterable[Owed]) -> dict[object, list[Owed]]:
    """What is owed, by the key of its version."""
    found: dict[object, list[Owed]] = {}
    for one in owed:
        found.setdefault(one.version.pk, []).append(one)
    return found


def _years_on(day: date, years: int) -> date:
    """The same day some years later; of a leap day, the day before March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
