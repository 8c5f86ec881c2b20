"""What has to be mended: asked for, reported done by its owner, looked at by somebody else."""

from dataclasses import replace
from datetime import date

from liandong.evaluation.events import ImprovementAsked, ImprovementChecked, ImprovementFinished
from liandong.evaluation.models import Drill, Improvement
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import demand_actual, demand_words
from liandong.evaluation.rules.evaluation import (
    demand_another,
    demand_day_ahead,
    demand_over,
    demand_owner,
)
from liandong.evaluation.states import IMPROVEMENT_MOVES, ImprovementState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans import queries as plans
from liandong.plans.models import PlanVersion

KIND = "evaluation.improvement"


@action(Permission.ASK_IMPROVEMENT)
def ask_improvement(
    actor: Actor,
    *,
    drill: Drill,
    finding: str,
    wanted: str,
    owner: Post,
    due_on: date,
    plan: PlanVersion | None = None,
    clause: str = "",
    idempotency_key: str = "",
) -> Improvement:
    """Ask a post to mend what a drill showed, by a day; it is told. Publishes ``ImprovementAsked``.

    ``clause`` names the clause or step of ``plan`` that it touches. Refuses a drill that is not over,
    a day gone by, and blanks. Clause 二(五)1.
    """
    demand_actual(actor)
    demand_over(drill)
    demand_day_ahead(due_on, plans.today())
    made = Improvement.objects.create(
        realm=ACTUAL,
        audience=["duty", f"post:{owner.pk}"],
        drill=drill,
        finding=demand_words(finding, field="finding", what=_("问题")),
        wanted=demand_words(wanted, field="wanted", what=_("整改要求")),
        owner=owner,
        due_on=due_on,
        plan=plan,
        clause=clause.strip(),
        by=actor.label[:120],
    )
    fact = ImprovementAsked(
        subject_id=str(made.pk),
        drill=str(drill.pk),
        finding=made.finding,
        wanted=made.wanted,
        owner=f"{owner.body} {owner}",
        due_on=due_on.isoformat(),
        clause=made.clause,
    )
    happened(fact, audience=made.audience)
    if not organization.is_vacant(owner):
        send_message(
            _lend(actor),
            to_post=owner,
            title=_("整改：%(finding)s") % {"finding": made.finding[:80]},
            text=_("%(wanted)s。请于 %(due)s 前办结，并在平台报告。")
            % {"wanted": made.wanted, "due": due_on},
            subject_kind=KIND,
            subject_id=str(made.pk),
            audience=made.audience,
            link="/evaluation/improvements/",
        )
    return made


@action(Permission.FINISH_IMPROVEMENT)
def finish_improvement(
    actor: Actor,
    *,
    improvement: Improvement,
    words: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Improvement:
    """Report that it is mended, and how. Publishes ``ImprovementFinished``.

    Refuses anyone but whoever holds the owner's post, and without words. Clause 二(五)1.
    """
    demand_actual(actor)
    demand_owner(actor, improvement)
    said = demand_words(words, field="words", what=_("整改情况"))
    IMPROVEMENT_MOVES.check(improvement.state, ImprovementState.DONE)
    improvement.change(
        expected_version=expected_version,
        state=ImprovementState.DONE,
        done_words=said,
        done_at=clock.now(ACTUAL),
        done_by=actor.label[:120],
        done_by_person=actor.person,
    )
    fact = ImprovementFinished(
        subject_id=str(improvement.pk), finding=improvement.finding, words=said
    )
    happened(fact, audience=improvement.audience)
    return improvement


@action(Permission.CHECK_IMPROVEMENT)
def check_improvement(
    actor: Actor,
    *,
    improvement: Improvement,
    passed: bool,
    words: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Improvement:
    """Say whether it is mended; if not, it goes back to its owner. Publishes ``ImprovementChecked``.

    Refuses whoever mended it, what nobody reported done, and without words. Clause 二(五)1.
    """
    demand_actual(actor)
    demand_another(actor, improvement)
    said = demand_words(words, field="words", what=_("核验意见"))
    to = ImprovementState.CHECKED if passed else ImprovementState.OPEN
    IMPROVEMENT_MOVES.check(improvement.state, to)
    improvement.change(
        expected_version=expected_version,
        state=to,
        checked_words=said,
        checked_by=actor.label[:120],
        checked_at=clock.now(ACTUAL),
    )
    fact = ImprovementChecked(
        subject_id=str(improvement.pk),
        finding=improvement.finding,
        passed=passed,
        words=said,
        verdict=_("通过") if passed else _("退回重办"),
    )
    happened(fact, audience=improvement.audience)
    return improvement


def _lend(actor: Actor) -> Actor:
    """Whoever asks for it tells its owner with it."""
    grant = Grant(permission=str(Messaging.SEND_MESSAGE))
    return replace(actor, grants=actor.grants | {grant})
