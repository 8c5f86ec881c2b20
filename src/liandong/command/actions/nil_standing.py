"""Nil rounds that a clock asks for every day, by rows the county lays down."""

from datetime import date, time

from liandong.command import queries
from liandong.command.actions.claims import lend
from liandong.command.actions.nil_round import ask_nil_round, demand_minutes
from liandong.command.events import NilStandingSet, NilStandingWithdrawn
from liandong.command.models import NilStanding
from liandong.command.permissions import Permission
from liandong.command.rules.nil_standing import demand_season, is_meant_for, next_ring
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind

KIND, DUE = "command.nil_standing", "command.nil_standing_due"
AUDIENCE = ("duty",)


@action(Permission.SET_REPORT_CLOCK)
def set_nil_standing(
    actor: Actor,
    *,
    question: str,
    at: time,
    minutes: int,
    hazard: str = "",
    level: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    idempotency_key: str = "",
) -> NilStanding:
    """Lay down that townships are asked every day at an hour, also whether there is nothing to report.

    In every open incident of ``hazard``; with ``level`` where a response at least as grave is in
    force. Publishes ``NilStandingSet``. Refuses no question, a time of none or more than a day, a
    season that ends before it begins, and a drill. Clause 二(二)2.
    """
    _demand_actual(actor)
    demand_words(question, field="question", what=_("要报什么"))
    demand_minutes(minutes)
    row = NilStanding(
        question=question.strip()[:300],
        at=at,
        minutes=minutes,
        hazard=hazard.strip(),
        level=level,
        from_on=from_on,
        until_on=until_on,
    )
    demand_season(row)
    NilStanding.objects.bulk_create([row])
    _ring(row)
    fact = NilStandingSet(
        subject_id=str(row.pk),
        question=row.question,
        at=f"{at:%H:%M}",
        minutes=minutes,
        hazard=row.hazard,
        level=row.level,
        from_on=from_on.isoformat() if from_on else "",
        until_on=until_on.isoformat() if until_on else "",
    )
    happened(fact, audience=AUDIENCE)
    return row


@action(Permission.SET_REPORT_CLOCK)
def withdraw_nil_standing(
    actor: Actor,
    *,
    standing: NilStanding,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> NilStanding:
    """Let the clock ask no longer; rounds that were asked go on. Publishes ``NilStandingWithdrawn``.

    Refuses without a reason, a second time, whoever saw an older version, and in a drill. Clause 二(二)2.
    """
    _demand_actual(actor)
    demand_words(reason, field="reason", what=_("停用原因"))
    if not standing.in_force:
        raise IllegalMove(_("这条定时零报告已经停用。"), place=str(standing))
    standing.change(expected_version=expected_version, in_force=False)
    drop_timers(realm=ACTUAL, subject_kind=KIND, subject_id=str(standing.pk))
    fact = NilStandingWithdrawn(
        subject_id=str(standing.pk),
        question=standing.question,
        at=f"{standing.at:%H:%M}",
        reason=reason.strip(),
    )
    happened(fact, audience=AUDIENCE)
    return standing


@action(Permission.CALL_REPORT)
def ring_nil_standing(
    actor: Actor, *, standing: NilStanding, idempotency_key: str = ""
) -> NilStanding:
    """Ask every township in each incident it is meant for, and set the clock for the next day.

    Publishes ``NilRoundAsked`` for each. Does nothing for one that was withdrawn. Clause 二(二)2.
    """
    row = NilStanding.objects.select_for_update().get(pk=standing.pk)
    if not row.in_force:
        return row
    bodies = organization.bodies_by_kind(BodyKind.TOWNSHIP)
    for incident in queries.open_incidents(actor.realm) if bodies else ():
        if is_meant_for(row, incident, queries.active_responses(incident)):
            ask_nil_round(
                lend(actor, Permission.CALL_REPORT),
                incident=incident,
                bodies=bodies,
                minutes=row.minutes,
                question=row.question,
            )
    _ring(row)
    return row


def _ring(row: NilStanding) -> None:
    if at := next_ring(row, clock.now(ACTUAL)):
        set_timer(DUE, realm=ACTUAL, due_at=at, subject_kind=KIND, subject_id=str(row.pk))


def _demand_actual(actor: Actor) -> None:
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动定时零报告。"), remedy=_("请先退出演练。"))
