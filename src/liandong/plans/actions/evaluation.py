"""Drills held of a plan, and its evaluations."""

from collections.abc import Sequence
from datetime import date

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.duty import set_reminders
from liandong.plans.actions.passing import begin, kept, tell
from liandong.plans.events import PlanDrilled, VersionEvaluated
from liandong.plans.models import Evaluation, PlanDrill, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import DrillKind, Outcome, VersionState


@action(Permission.REVIEW_VERSION)
def record_plan_drill(
    actor: Actor,
    *,
    version: PlanVersion,
    drilled_on: date,
    kind: str,
    expected_version: int,
    remark: str = "",
    idempotency_key: str = "",
) -> PlanDrill:
    """Keep that a plan was drilled; the next drill is counted from it. Publishes ``PlanDrilled``.

    Refuses a day to come, what is not in force, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.REVIEW_VERSION, version, VersionState.IN_FORCE)
    rules.demand_day("drilled_on", drilled_on, queries.today())
    version.change(expected_version=expected_version)
    drill = PlanDrill.objects.create(
        **kept(actor, version), drilled_on=drilled_on, kind=kind, remark=remark
    )
    set_reminders(version)
    tell(PlanDrilled, version, kind=DrillKind(kind).label, held_on=drilled_on)
    return drill


@action(Permission.REVIEW_VERSION)
def evaluate_version(
    actor: Actor,
    *,
    version: PlanVersion,
    evaluated_on: date,
    findings: str,
    outcome: str,
    expected_version: int,
    reasons: Sequence[str] = (),
    idempotency_key: str = "",
) -> Evaluation:
    """Keep what an evaluation found, and whether the plan stays as it is. Publishes ``VersionEvaluated``.

    It drafts no new version. Refuses to revise for no reason, a day to come or before the issue, what
    is not in force, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.REVIEW_VERSION, version, VersionState.IN_FORCE)
    rules.demand_reasons(outcome, reasons)
    rules.demand_day(
        "evaluated_on",
        evaluated_on,
        queries.today(),
        since=version.issued_on,
        what=_("印发日期"),
    )
    version.change(expected_version=expected_version)
    evaluation = Evaluation.objects.create(
        **kept(actor, version),
        evaluated_on=evaluated_on,
        findings=findings,
        outcome=outcome,
        reasons=list(reasons),
    )
    set_reminders(version)
    tell(VersionEvaluated, version, outcome=Outcome(outcome).label, held_on=evaluated_on)
    return evaluation
