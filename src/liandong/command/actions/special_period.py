"""Special periods: declared, extended, lifted by a decision of their own, or over when their end comes."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from liandong.command.actions.claims import demand_realm
from liandong.command.actions.congress_filing import owe_filing
from liandong.command.events import (
    SpecialPeriodDeclared,
    SpecialPeriodExtended,
    SpecialPeriodLapsed,
    SpecialPeriodLifted,
)
from liandong.command.models import Incident, SpecialPeriod
from liandong.command.permissions import Permission
from liandong.command.queries.township import township_names
from liandong.command.rules.order import demand_words
from liandong.command.rules.special_period import (
    REMIND_BEFORE,
    checked_area,
    demand_extension,
    demand_in_force,
    demand_kind,
    demand_span,
)
from liandong.command.states import SPECIAL_PERIOD_MOVES, FilingKind, SpecialPeriodState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _

KIND = "command.special_period"
BEGINS, ENDS_SOON, OVER = (
    "command.period_begins",
    "command.period_ends_soon",
    "command.period_over",
)
# Everybody in the county has to know what holds.
EVERYBODY = ("county", "duty")


@action(Permission.DECLARE_SPECIAL_PERIOD)
def declare_special_period(
    actor: Actor,
    *,
    kind: str,
    declared_by: str,
    paper: str,
    words: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    townships: Sequence[str] = (),
    points: Sequence[tuple[Decimal, Decimal]] = (),
    incident: Incident | None = None,
    idempotency_key: str = "",
) -> SpecialPeriod:
    """Enter that whoever the law names declared a special period; its filing falls due at once.

    ``townships`` by their short names and ``points`` in degrees of WGS-84; neither: the whole
    county. Publishes ``SpecialPeriodDeclared`` and ``CongressFilingOwed``. Refuses one without
    authority, paper or words, an end its law does not allow, and an area that is none.
    《突发事件应对法》第25条. Clause 二(二)2.
    """
    if incident:
        demand_realm(actor, incident)
    now = clock.now(actor.realm)
    what = demand_kind(kind)
    demand_words(declared_by, field="declared_by", what=_("宣布机关"))
    demand_words(paper, field="paper", what=_("文号"))
    demand_words(words, field="words", what=_("事项和要求"))
    start = starts_at or now
    demand_span(what, start, ends_at, now)
    period = SpecialPeriod.objects.create(
        realm=actor.realm,
        audience=sorted(EVERYBODY),
        incident=incident,
        kind=what,
        declared_by=declared_by.strip(),
        paper=paper.strip(),
        words=words.strip(),
        townships=list(townships),
        points=checked_area(townships, points, township_names()),
        starts_at=start,
        ends_at=ends_at,
        entered_by=actor.label[:120],
        entered_at=now,
    )
    _set_clocks(period, now)
    fact = SpecialPeriodDeclared(
        subject_id=str(period.pk),
        incident_id=_incident(period),
        kind=period.kind,
        title=str(period),
        declared_by=period.declared_by,
        paper=period.paper,
        words=period.words,
        starts_at=start.isoformat(),
        ends_at=_said(ends_at),
    )
    happened(fact, incident=_incident(period), audience=EVERYBODY)
    owe_filing(period, FilingKind.DECLARED, period.paper)
    return period


@action(Permission.DECLARE_SPECIAL_PERIOD)
def extend_special_period(
    actor: Actor,
    *,
    period: SpecialPeriod,
    ends_at: datetime,
    paper: str,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> SpecialPeriod:
    """Let it go on beyond its end, by a decision of its own, which has to be filed too.

    Publishes ``SpecialPeriodExtended`` and ``CongressFilingOwed``. Refuses without paper or reason,
    what is over, an end that is not later, and more than its law allows. Clause 二(二)2.
    """
    demand_realm(actor, period)
    demand_in_force(period)
    demand_words(paper, field="paper", what=_("文号"))
    demand_words(reason, field="reason", what=_("延长理由"))
    now = clock.now(actor.realm)
    demand_extension(period, ends_at, now)
    before = period.ends_at
    period.change(
        expected_version=expected_version, ends_at=ends_at, extensions=period.extensions + 1
    )
    _set_clocks(period, now)
    fact = SpecialPeriodExtended(
        subject_id=str(period.pk),
        incident_id=_incident(period),
        kind=period.kind,
        title=str(period),
        paper=paper.strip(),
        before=_said(before),
        ends_at=ends_at.isoformat(),
        reason=reason.strip(),
    )
    happened(fact, incident=_incident(period), audience=EVERYBODY)
    owe_filing(period, FilingKind.EXTENDED, paper.strip())
    return period


@action(Permission.LIFT_SPECIAL_PERIOD)
def lift_special_period(
    actor: Actor,
    *,
    period: SpecialPeriod,
    lifted_by: str,
    paper: str,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> SpecialPeriod:
    """End it by a decision of its own; its powers end, and the decision has to be filed.

    Publishes ``SpecialPeriodLifted`` and ``CongressFilingOwed``. Refuses without authority, paper
    or reason, and what is over. Clause 二(二)2.
    """
    demand_realm(actor, period)
    SPECIAL_PERIOD_MOVES.check(period.state, SpecialPeriodState.LIFTED)
    demand_words(lifted_by, field="lifted_by", what=_("解除机关"))
    demand_words(paper, field="paper", what=_("文号"))
    demand_words(reason, field="reason", what=_("解除理由"))
    period.change(
        expected_version=expected_version,
        state=SpecialPeriodState.LIFTED,
        ended_at=clock.now(actor.realm),
        lifted_by=lifted_by.strip(),
        lifted_paper=paper.strip(),
        lifted_reason=reason.strip(),
    )
    drop_timers(realm=period.realm, subject_kind=KIND, subject_id=str(period.pk))
    fact = SpecialPeriodLifted(
        subject_id=str(period.pk),
        incident_id=_incident(period),
        kind=period.kind,
        title=str(period),
        lifted_by=period.lifted_by,
        paper=period.lifted_paper,
        reason=period.lifted_reason,
    )
    happened(fact, incident=_incident(period), audience=EVERYBODY)
    owe_filing(period, FilingKind.LIFTED, period.lifted_paper)
    return period


@action(Permission.LAPSE_SPECIAL_PERIOD)
def lapse_special_period(
    actor: Actor, *, period: SpecialPeriod, idempotency_key: str = ""
) -> SpecialPeriod:
    """Note that its end has come. Publishes ``SpecialPeriodLapsed``.

    Does nothing for one that was lifted or extended meanwhile. Clause 二(二)2.
    """
    demand_realm(actor, period)
    now = clock.now(actor.realm)
    row = SpecialPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if not row.is_in_force or row.ends_at is None or row.ends_at > now:
        return row
    row.change(
        expected_version=row.version, state=SpecialPeriodState.LAPSED, ended_at=row.ends_at
    )
    fact = SpecialPeriodLapsed(
        subject_id=str(row.pk), incident_id=_incident(row), kind=row.kind, title=str(row)
    )
    happened(fact, incident=_incident(row), audience=EVERYBODY)
    return row


def _set_clocks(period: SpecialPeriod, now: datetime) -> None:
    """What time will make of it: it begins, its end is near, it is over."""
    due: dict[str, datetime] = {}
    if period.starts_at > now:
        due[BEGINS] = period.starts_at
    if period.ends_at:
        begun = max(period.starts_at, now)
        due[OVER] = period.ends_at
        due[ENDS_SOON] = period.ends_at - min(REMIND_BEFORE, (period.ends_at - begun) / 2)
    for kind, at in due.items():
        set_timer(
            kind,
            realm=period.realm,
            due_at=at,
            subject_kind=KIND,
            subject_id=str(period.pk),
            incident=_incident(period),
        )


def _incident(period: SpecialPeriod) -> str:
    return str(period.incident_id or "")


def _said(at: datetime | None) -> str:
    return at.isoformat() if at else ""
