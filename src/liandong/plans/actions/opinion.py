"""Asking units in writing, answering, and what becomes of it."""

from collections.abc import Collection
from datetime import date

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body
from liandong.plans import queries, rules
from liandong.plans.actions.duty import set_answer_reminder
from liandong.plans.actions.passing import begin, kept, pass_on, tell
from liandong.plans.events import OpinionGiven, OpinionsAsked, OpinionSettled
from liandong.plans.models import Opinion, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import Answer, VersionState


@action(Permission.ADVANCE_VERSION)
def ask_opinions(
    actor: Actor,
    *,
    version: PlanVersion,
    units: Collection[Body],
    due_on: date,
    expected_version: int,
    paper: str = "",
    idempotency_key: str = "",
) -> PlanVersion:
    """Ask units in writing what they say to a draft; more units may be asked later. Publishes ``OpinionsAsked``.

    Refuses nobody and the same unit twice, a day that is over, a plan whose kind needs no opinions,
    and whoever saw an older state of it. Clause 三(二)1.
    """
    stage = VersionState.OPINIONS
    begin(actor, Permission.ADVANCE_VERSION, version, VersionState.DRAFT, stage)
    rules.demand_units(units, queries.opinions_of(version))
    rules.demand_due_day(due_on, queries.today())
    if version.state == VersionState.DRAFT:
        pass_on(actor, version, stage, expected_version=expected_version, paper=paper)
    else:
        version.change(expected_version=expected_version)
    row = kept(actor, version, paper)
    Opinion.objects.bulk_create(Opinion(**row, body=unit, due_on=due_on) for unit in units)
    set_answer_reminder(version, due_on)
    names = [unit.short_name for unit in units]
    whom = tuple(f"body:{unit.pk}" for unit in units)
    tell(
        OpinionsAsked,
        version,
        audience=("duty", *whom),
        units=names,
        due_on=due_on,
        paper=paper,
    )
    return version


@action(Permission.GIVE_OPINION)
def give_opinion(
    actor: Actor,
    *,
    opinion: Opinion,
    answer: str,
    expected_version: int,
    text: str = "",
    answer_paper: str = "",
    idempotency_key: str = "",
) -> Opinion:
    """Answer for one's own unit, or write down its letter for it. Publishes ``OpinionGiven``.

    May be said anew until it is settled. Refuses to disagree or amend without saying what, to
    answer for another unit, after the round is over, and whoever saw an older state of it. Clause 三(二)1.
    """
    rules.demand_actual(actor)
    actor.demand(Permission.GIVE_OPINION, body=str(opinion.body_id))
    rules.demand_own_body(actor, opinion)
    rules.demand_answerable(opinion)
    if answer != Answer.AGREE:
        rules.demand_words(text, field="text", what=_("意见"))
    opinion.change(
        expected_version=expected_version,
        answer=answer,
        text=text,
        answer_paper=answer_paper,
        answered_at=clock.now(actor.realm),
        answered_by=actor.label,
    )
    tell(
        OpinionGiven,
        opinion.plan_version,
        audience=("duty", f"body:{opinion.body_id}"),
        unit=opinion.body.short_name,
        answer=Answer(answer).label,
        text=text,
        paper=answer_paper,
    )
    return opinion


@action(Permission.ADVANCE_VERSION)
def settle_opinion(
    actor: Actor,
    *,
    opinion: Opinion,
    is_taken_up: bool,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Opinion:
    """Decide what becomes of an opinion, or, once its day is over, what silence means. Publishes ``OpinionSettled``.

    Refuses to do so without a reason, before the day is over, what was agreed to, what is settled,
    and whoever saw an older state of it. Clause 三(二)1.
    """
    rules.demand_actual(actor)
    actor.demand(Permission.ADVANCE_VERSION, hazard=opinion.plan_version.hazard)
    rules.demand_settleable(opinion, queries.today())
    rules.demand_words(reason, field="reason", what=_("理由"))
    is_silent = not opinion.answer
    opinion.change(
        expected_version=expected_version,
        answer=opinion.answer or Answer.SILENT,
        is_taken_up=None if is_silent else is_taken_up,
        settled_reason=reason,
        settled_by=actor.label,
        settled_at=clock.now(actor.realm),
    )
    outcome = _("未答复，已认定") if is_silent else _("采纳") if is_taken_up else _("不采纳")
    tell(
        OpinionSettled,
        opinion.plan_version,
        audience=("duty", f"body:{opinion.body_id}"),
        unit=opinion.body.short_name,
        outcome=str(outcome),
        reason=reason,
    )
    return opinion
