"""A year's drills: which are planned for when, and which plans the law wants drilled by its end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import make_aware

from liandong.evaluation.models import Drill
from liandong.evaluation.queries.drill import visible_drills
from liandong.evaluation.states import DrillState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans
from liandong.plans.models import PlanVersion
from liandong.plans.states import DutyKind, drilled_every

EARLIEST, LATEST = 2000, 2999


@dataclass(frozen=True)
class DrillOfYear:
    """A drill of the year, with the plans it tries, and by when the most pressing of those has to be drilled."""

    drill: Drill
    plans: list[PlanVersion]
    due_on: date | None


@dataclass(frozen=True)
class Undrilled:
    """A plan that has to be drilled by the end of the year and stands in no drill of it."""

    version: PlanVersion
    years: int
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class DrillYear:
    """What a yearly plan of drills says."""

    year: int
    drills: list[DrillOfYear]
    undrilled: list[Undrilled]


def drills_of_year(actor: Actor, year: int) -> DrillYear:
    """Gather it from what the actor sees; raises ``Missing`` for a year no calendar has. Three queries."""
    if not EARLIEST <= year <= LATEST:
        raise Missing(_("没有这一年的演练计划。"), remedy=_("请从演练页进入。"))
    rows = visible_drills(actor).exclude(state=DrillState.CALLED_OFF)
    first, last = _new_year(year), _new_year(year + 1)
    rows = rows.filter(planned_for__gte=first, planned_for__lt=last).prefetch_related("plans")
    owed = {one.version.key: one for one in plans.all_owed() if one.what == DutyKind.DRILL}
    drills, tried = [], set()
    for drill in rows.order_by("planned_for", "id"):
        versions = sorted(drill.plans.all(), key=lambda one: one.key)
        tried |= {one.key for one in versions}
        days = [owed[one.key].due_on for one in versions if one.key in owed]
        drills.append(DrillOfYear(drill, versions, min(filter(None, days), default=None)))
    now = plans.today()
    undrilled = [
        Undrilled(
            one.version,
            drilled_every(one.version.kind, one.version.hazard),
            one.due_on,
            one.is_late(now),
        )
        for key, one in owed.items()
        if key not in tried and (one.due_on is None or one.due_on.year <= year)
    ]
    return DrillYear(year, drills, undrilled)


def _new_year(year: int) -> datetime:
    return make_aware(datetime(year, 1, 1))  # noqa: DTZ001 -- made aware by the county's own clock
