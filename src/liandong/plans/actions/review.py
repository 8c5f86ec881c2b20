"""What experts said, with whom a draft was brought into line, how it was examined."""

from collections.abc import Collection
from datetime import date

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.passing import begin, kept, tell
from liandong.plans.events import ExpertsHeard, VersionAligned, VersionExamined
from liandong.plans.models import Alignment, Examination, ExpertReview, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import Conclusion, ExaminedPoint, VersionState


@action(Permission.ADVANCE_VERSION)
def record_expert_review(
    actor: Actor,
    *,
    version: PlanVersion,
    reviewed_on: date,
    experts: str,
    conclusion: str,
    expected_version: int,
    points: str = "",
    paper: str = "",
    idempotency_key: str = "",
) -> ExpertReview:
    """Keep who was heard, and what they concluded; the last conclusion counts. Publishes ``ExpertsHeard``.

    Refuses another conclusion than plain consent without its points, a day to come, another stage,
    and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADVANCE_VERSION, version, VersionState.EXPERTS)
    rules.demand_day("reviewed_on", reviewed_on, queries.today())
    if conclusion != Conclusion.PASSED:
        rules.demand_words(points, field="points", what=_("意见要点"))
    version.change(expected_version=expected_version)
    review = ExpertReview.objects.create(
        **kept(actor, version, paper),
        reviewed_on=reviewed_on,
        experts=experts,
        conclusion=conclusion,
        points=points,
    )
    said = Conclusion(conclusion).label
    tell(ExpertsHeard, version, conclusion=said, held_on=reviewed_on)
    return review


@action(Permission.ADVANCE_VERSION)
def record_alignment(
    actor: Actor,
    *,
    version: PlanVersion,
    aligned_on: date,
    aligned_with: str,
    whom: str,
    result: str,
    expected_version: int,
    paper: str = "",
    idempotency_key: str = "",
) -> Alignment:
    """Keep with what a draft was brought into line, and the result. Publishes ``VersionAligned``.

    Refuses a day to come, another stage, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADVANCE_VERSION, version, VersionState.ALIGNMENT)
    rules.demand_day("aligned_on", aligned_on, queries.today())
    version.change(expected_version=expected_version)
    alignment = Alignment.objects.create(
        **kept(actor, version, paper),
        aligned_on=aligned_on,
        aligned_with=aligned_with,
        whom=whom,
        result=result,
    )
    tell(VersionAligned, version, whom=whom, result=result)
    return alignment


@action(Permission.ADVANCE_VERSION)
def examine_version(
    actor: Actor,
    *,
    version: PlanVersion,
    examined_on: date,
    points: Collection[str],
    expected_version: int,
    remark: str = "",
    paper: str = "",
    idempotency_key: str = "",
) -> Examination:
    """Examine a version point by point before its approval; it passes where all points hold. Publishes ``VersionExamined``.

    Refuses to leave a point out without a remark, a day to come, another stage, and whoever saw an
    older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADVANCE_VERSION, version, VersionState.APPROVAL)
    rules.demand_day("examined_on", examined_on, queries.today())
    has_passed = all(point in points for point in ExaminedPoint)
    if not has_passed:
        rules.demand_words(remark, field="remark", what=_("审核意见"))
    version.change(expected_version=expected_version)
    examination = Examination.objects.create(
        **kept(actor, version, paper),
        examined_on=examined_on,
        points=list(points),
        has_passed=has_passed,
        remark=remark,
    )
    outcome = _("通过") if has_passed else _("不通过")
    tell(VersionExamined, version, outcome=str(outcome), remark=remark)
    return examination
