"""Planning a drill, and calling one off."""

from collections.abc import Sequence
from datetime import datetime

from liandong.evaluation.events import DrillCalledOff, DrillPlanned
from liandong.evaluation.models import Drill
from liandong.evaluation.permissions import Permission
from liandong.evaluation.queries.drill import OPENED
from liandong.evaluation.rules.drill import (
    demand_actual,
    demand_planned,
    demand_rate,
    demand_words,
)
from liandong.evaluation.states import DRILL_MOVES, DrillKind, DrillState
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans.models import PlanVersion

KIND = "evaluation.drill"


@action(Permission.PLAN_DRILL)
def plan_drill(
    actor: Actor,
    *,
    name: str,
    kind: str,
    plans: Sequence[PlanVersion],
    objectives: str,
    planned_for: datetime,
    told_from: datetime | None = None,
    rate: int = 1,
    idempotency_key: str = "",
) -> Drill:
    """Enter a drill, with a realm of its own that is opened when it starts. Publishes ``DrillPlanned``.

    ``told_from`` is what its clock will show at the start; none: the hour at which it starts.
    Refuses one without name, objectives or plan, a speed beyond ×60, and planning within a drill.
    Clause 二(五)1.
    """
    demand_actual(actor)
    drill = Drill(
        audience=["duty"],
        name=demand_words(name, field="name", what=_("演练名称")),
        kind=DrillKind(kind),
        objectives=demand_words(objectives, field="objectives", what=_("目标")),
        planned_for=planned_for,
        told_from=told_from,
        rate=demand_rate(rate),
        planned_by=actor.label[:120],
    )
    drill.realm = f"{OPENED}{drill.pk.hex}"
    _demand_plans(plans)
    drill.save(force_insert=True)
    drill.plans.set(plans)
    _tell(drill, plans)
    return drill


@action(Permission.PLAN_DRILL)
def revise_drill(
    actor: Actor,
    *,
    drill: Drill,
    name: str,
    kind: str,
    plans: Sequence[PlanVersion],
    objectives: str,
    planned_for: datetime,
    expected_version: int,
    told_from: datetime | None = None,
    rate: int = 1,
    idempotency_key: str = "",
) -> Drill:
    """Change the plan of a drill before it starts. Publishes ``DrillPlanned`` again.

    Refuses what ``plan_drill`` refuses, a drill that has begun, and whoever saw an older version.
    Clause 二(五)1.
    """
    demand_actual(actor)
    demand_planned(drill)
    _demand_plans(plans)
    drill.change(
        expected_version=expected_version,
        name=demand_words(name, field="name", what=_("演练名称")),
        kind=DrillKind(kind),
        objectives=demand_words(objectives, field="objectives", what=_("目标")),
        planned_for=planned_for,
        told_from=told_from,
        rate=demand_rate(rate),
    )
    drill.plans.set(plans)
    _tell(drill, plans)
    return drill


@action(Permission.PLAN_DRILL)
def call_off_drill(
    actor: Actor, *, drill: Drill, reason: str, expected_version: int, idempotency_key: str = ""
) -> Drill:
    """Do not hold a planned drill after all. Publishes ``DrillCalledOff``.

    Refuses without a reason, and a drill that has begun: that one is ended. Clause 二(五)1.
    """
    demand_actual(actor)
    said = demand_words(reason, field="reason", what=_("取消原因"))
    DRILL_MOVES.check(drill.state, DrillState.CALLED_OFF)
    drill.change(expected_version=expected_version, state=DrillState.CALLED_OFF, words=said)
    fact = DrillCalledOff(subject_id=str(drill.pk), title=drill.name, reason=said)
    happened(fact, audience=drill.audience)
    return drill


def _demand_plans(plans: Sequence[PlanVersion]) -> None:
    if not plans:
        wanted = _("请至少选一部预案。")
        raise Invalid(
            _("没有选要检验的预案。"),
            place=_("检验的预案"),
            remedy=wanted,
            fields={"plans": wanted},
        )


def _tell(drill: Drill, plans: Sequence[PlanVersion]) -> None:
    fact = DrillPlanned(
        subject_id=str(drill.pk),
        title=drill.name,
        kind=str(DrillKind(drill.kind).label),
        plans=[str(one) for one in plans],
        objectives=drill.objectives,
        planned_for=drill.planned_for.isoformat(),
        rate=drill.rate,
    )
    happened(fact, audience=drill.audience)
