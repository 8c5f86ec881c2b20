"""Saying how a drill went: what was seen, how far objectives were met, what is concluded."""

from dataclasses import replace

from django.utils.timezone import localtime

from liandong.evaluation.actions.enrolment import staff_scopes
from liandong.evaluation.events import AimRated, DrillReported, ObservationNoted
from liandong.evaluation.models import AimRating, Drill, Inject, Observation
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import demand_actual, demand_seat, demand_words
from liandong.evaluation.rules.evaluation import (
    demand_begun,
    demand_every_aim,
    demand_over,
    demand_staff,
    demand_unreported,
)
from liandong.evaluation.states import DRILL_MOVES, DrillKind, DrillState, Grade, Met
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, Grant
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans import actions as plans
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission as Plans
from liandong.plans.states import DrillKind as PlanDrillKind
from liandong.plans.states import VersionState

OF_PLANS = {
    DrillKind.TABLETOP: PlanDrillKind.TABLETOP,
    DrillKind.FUNCTIONAL: PlanDrillKind.PARTIAL,
    DrillKind.FULL: PlanDrillKind.FIELD,
}


@action(Permission.NOTE_OBSERVATION)
def note_observation(
    actor: Actor,
    *,
    drill: Drill,
    about: str,
    grade: str,
    words: str,
    inject: Inject | None = None,
    idempotency_key: str = "",
) -> Observation:
    """Write down what was seen of whom, while it goes on or after. Publishes ``ObservationNoted``.

    Players do not hear of it before the drill is over. Refuses whoever plays or looks on, a drill
    that has not begun or was reported on, and an inject of another drill. Clause 二(五)1.
    """
    demand_seat(actor, drill)
    demand_staff(actor, drill)
    demand_begun(drill)
    demand_unreported(drill)
    if inject is not None and inject.drill_id != drill.pk:
        raise Missing(_("脚本里没有这一条。"), remedy=_("请从演练页进入。"))
    made = Observation.objects.create(
        drill=drill,
        inject=inject,
        about=demand_words(about, field="about", what=_("对象"))[:120],
        grade=Grade(grade),
        words=demand_words(words, field="words", what=_("看到的")),
        at=clock.now(drill.realm),
        by=actor.label[:120],
    )
    fact = ObservationNoted(
        subject_id=str(drill.pk),
        about_whom=made.about,
        grade=str(Grade(grade).label),
        words=made.words,
    )
    happened(fact, audience=staff_scopes(drill))
    return made


@action(Permission.NOTE_OBSERVATION)
def rate_aim(
    actor: Actor,
    *,
    drill: Drill,
    number: int,
    met: str,
    words: str = "",
    idempotency_key: str = "",
) -> AimRating:
    """Say how far one objective was met; said again, the last counts. Publishes ``AimRated``.

    Refuses whoever plays or looks on, a drill that is not over or was reported on, and a number beyond its objectives.
    Clause 二(五)1.
    """
    demand_actual(actor)
    demand_staff(actor, drill)
    demand_over(drill)
    demand_unreported(drill)
    if not 1 <= number <= len(drill.aims):
        raise Missing(_("没有这条目标。"), remedy=_("请从评估报告页进入。"))
    made, _new = AimRating.objects.update_or_create(
        drill=drill,
        number=number,
        defaults={"met": Met(met), "words": words.strip(), "by": actor.label[:120]},
    )
    fact = AimRated(
        subject_id=str(drill.pk),
        aim=drill.aims[number - 1],
        met=str(Met(met).label),
        words=made.words,
    )
    happened(fact, audience=drill.audience)
    return made


@action(Permission.REPORT_DRILL)
def report_drill(
    actor: Actor,
    *,
    drill: Drill,
    conclusion: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Drill:
    """Conclude the evaluation; the plans that were tried and hold still count as drilled on its day.

    Publishes ``DrillReported``, and plans' ``PlanDrilled`` for each. Refuses without a conclusion, a
    drill that is not over, and one with an objective nobody has rated. Clause 二(五)1.
    """
    demand_actual(actor)
    said = demand_words(conclusion, field="conclusion", what=_("总结"))
    DRILL_MOVES.check(drill.state, DrillState.REPORTED)
    demand_every_aim(drill, set(drill.ratings.values_list("number", flat=True)))
    drill.change(
        expected_version=expected_version,
        state=DrillState.REPORTED,
        conclusion=said,
        reported_by=actor.label[:120],
    )
    versions = [one for one in drill.plans.order_by("key") if _holds(one)]
    for version in versions:
        plans.record_plan_drill(
            _lend(actor, Plans.REVIEW_VERSION),
            version=version,
            drilled_on=localtime(drill.started_at).date(),
            kind=OF_PLANS[DrillKind(drill.kind)],
            expected_version=version.version,
            remark=drill.name,
        )
    fact = DrillReported(
        subject_id=str(drill.pk),
        title=drill.name,
        conclusion=said,
        plans=[str(one) for one in versions],
    )
    happened(fact, audience=drill.audience)
    return drill


def _holds(version: PlanVersion) -> bool:
    return version.state == VersionState.IN_FORCE


def _lend(actor: Actor, permission: str) -> Actor:
    """Whoever concludes the evaluation enters its drills in the plans' ledger with it."""
    grants = actor.grants | {Grant(permission=str(permission))}
    return replace(actor, grants=grants)
