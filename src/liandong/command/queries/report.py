"""Upward reports: what is due, what went up, and by which clocks."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from liandong.command.models import Incident, Report, ReportClock, Response
from liandong.command.queries.command_term import standing_term
from liandong.command.queries.incident import goes_on, within
from liandong.command.queries.plan import plan_of
from liandong.command.states import OWED, Anchor, Channel, ReportKind, ReportState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.plans import queries as plans
from liandong.plans.language import LevelKey


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The reports an actor may see, by deadline."""
    rows = Report.objects.select_related("incident", "clock", "review_by__body", "corrects")
    return visible(rows.order_by("due_at", "id"), actor)


def report_for(actor: Actor, pk: UUID | str) -> Report:
    """Return one report; raises ``Missing``."""
    try:
        found = visible_reports(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(_("没有这份报告，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。"))
    return found


def reports_of(actor: Actor, incident: Incident) -> list[Report]:
    """The reports of an incident, by deadline."""
    return list(visible_reports(actor).filter(within(incident)))


def listed_reports(actor: Actor) -> QuerySet[Report]:
    """Every report an actor may see; ``was_late``: it went up after its deadline, or is owed beyond it."""
    late = Q(state=ReportState.OVERDUE) | Q(sent_at__isnull=False, sent_at__gt=F("due_at"))
    rows = Report.objects.select_related("incident", "corrects")
    return visible(rows, actor).annotate(
        was_late=Case(When(late, then=Value(True)), default=Value(False))
    )


def last_sent(incident: Incident, *, but: Report | None = None) -> Report | None:
    """The report that went up last: what was said there is what figures are compared with.

    A correction stands where the report stood that it corrects.
    """
    return _newest(Report.objects.filter(within(incident), state=ReportState.SENT), but)


def compared_with(report: Report) -> Report | None:
    """The report whose figures this one's are compared with: the wrong one, or the last."""
    return report.corrects or last_sent(report.incident, but=report)


def told_before(report: Report) -> Report | None:
    """The report after which this one says what has changed: the last by the same way to the same receiver.

    Where nothing went that way yet, the last that this receiver got in any way.
    """
    if report.corrects is not None:
        return report.corrects
    rows = Report.objects.filter(within(report.incident), state=ReportState.SENT, to=report.to)
    alike = Q(channel=report.channel) | Q(kind=ReportKind.CORRECTION)
    return _newest(rows.filter(alike), report) or _newest(rows, report)


def sent_in_order(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Reports that were sent by the moment their figures stand for, the earliest first."""
    return rows.alias(stood_at=Coalesce("stands_at", "sent_at")).order_by(
        "stood_at", "sent_at", "id"
    )


def _newest(rows: QuerySet[Report], but: Report | None) -> Report | None:
    rows = rows.select_related("corrects")
    return sent_in_order(rows.exclude(pk=but.pk) if but else rows).last()


def reports_waiting(actor: Actor) -> list[Report]:
    """What is owed, and what went up late in incidents that go on while nobody has said why."""
    late = goes_on() & Q(state=ReportState.SENT, sent_at__gt=F("due_at"), late_reason="")
    return list(visible_reports(actor).filter(Q(state__in=sorted(OWED)) | late))


def owed_follow_ups(response: Response) -> bool:
    """Whether a follow-up of a response is owed already."""
    owed = Report.objects.filter(response=response, kind=ReportKind.FOLLOW_UP)
    return owed.filter(state__in=sorted(OWED)).exists()


def clocks_for(
    hazard: str, *kinds: str, level: str = "", severity: int | None = None
) -> list[ReportClock]:
    """The clocks that run for a hazard, severity and level; of one kind, channel and receiver the closest wins.

    A clock for a severity goes before one for a level, that before one for a class of hazards.
    """
    rows = ReportClock.objects.filter(
        Q(severity=None) | Q(severity__lte=severity or 0),
        in_force=True,
        kind__in=kinds,
        level__in={"", level},
    )
    best: dict[tuple[str, str, str], ReportClock] = {}
    fitting = [row for row in rows if hazard.startswith(row.hazard)]
    for row in sorted(
        fitting,
        key=lambda one: (one.severity or 0, bool(one.level), len(one.hazard), one.pk),
    ):
        best[row.kind, row.channel, row.to] = row
    return sorted(
        best.values(), key=lambda one: (one.minutes or one.every_minutes or 0, one.pk)
    )


def all_clocks() -> QuerySet[ReportClock]:
    """Every clock in force."""
    return ReportClock.objects.filter(in_force=True).order_by(
        "hazard", "kind", "severity", "level", "channel"
    )


def clock_with(pk: UUID | str) -> ReportClock:
    """Return a clock in force; raises ``Missing``."""
    found = all_clocks().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条时限，或者它已停用。"), remedy=_("请从报告时限进入。"))
    return found


def counted_from(incident: Incident, anchor: str) -> datetime:
    """The moment a clock counts from; where it is not known yet, the moment of hearing of it."""
    moments = {
        Anchor.OCCURRED: incident.occurred_at,
        Anchor.DISCOVERED: incident.discovered_at,
        Anchor.LEADER_INFORMED: incident.leader_informed_at,
    }
    return moments.get(Anchor(anchor)) or incident.received_at


def clock_start(incident: Incident, clock: ReportClock, *, graded: bool = False) -> datetime:
    """The moment a clock counts from in an incident.

    What is owed for a severity (``graded``, or the clock's own) is never counted from before the
    county knew of it.
    """
    start = counted_from(incident, clock.anchor)
    if (graded or clock.severity is not None) and incident.graded_at:
        return max(start, incident.graded_at)
    return start


def clock_text(clock: ReportClock) -> str:
    """Say what the clock counts: 接报起 30 分钟, 每 2 小时."""
    if clock.every_minutes:
        return _("每 %(length)s") % {"length": length_text(clock.every_minutes)}
    anchor = Anchor(clock.anchor).label
    return _("%(anchor)s起 %(length)s") % {
        "anchor": anchor,
        "length": length_text(clock.minutes or 0),
    }


def length_text(minutes: int) -> str:
    """90 分钟, 2 小时, 立即."""
    if not minutes:
        return _("0 分钟（立即）")
    hours, rest = divmod(minutes, 60)
    return (
        _("%(n)d 小时") % {"n": hours}
        if hours and not rest
        else _("%(n)d 分钟") % {"n": minutes}
    )


@dataclass(frozen=True)
class Cadence:
    """How often a response is reported on, by which paper, and to whom."""

    minutes: int
    counted: str
    channel: Channel
    to: str
    clock: ReportClock | None


def cadences_of(response: Response) -> list[Cadence]:
    """How often each superior is reported to, the most often first.

    The plan's own interval takes the place of the shortest that the county's clocks ask for,
    where it is shorter. While a superior commands, its headquarters takes the place of the first.
    """
    clocks = clocks_for(
        response.incident.hazard,
        ReportKind.FOLLOW_UP,
        level=response.level,
        severity=response.incident.severity,
    )
    found = [
        Cadence(one.every_minutes, clock_text(one), Channel(one.channel), one.to, one)
        for one in clocks
        if one.every_minutes
    ]
    found.sort(key=lambda one: one.minutes)
    planned = planned_minutes(response)
    if planned and (not found or planned < found[0].minutes):
        counted = _("预案%(level)s 每 %(length)s") % {
            "level": response.get_level_display(),
            "length": length_text(planned),
        }
        channel, to = (
            (found[0].channel, found[0].to) if found else (Channel.WRITTEN, superior())
        )
        found = [Cadence(planned, counted, channel, to, None), *found[1:]]
    return _to_whoever_commands(response.incident, found)


def cadences_without_response(incident: Incident) -> list[Cadence]:
    """How often an incident is reported on that nobody has decided a response for, the most often first.

    By the county's clocks for its hazard and severity, once it is graded; none where there was a response.
    """
    if incident.severity is None or Response.objects.filter(incident=incident).exists():
        return []
    clocks = clocks_for(incident.hazard, ReportKind.FOLLOW_UP, severity=incident.severity)
    found = [
        Cadence(one.every_minutes, clock_text(one), Channel(one.channel), one.to, one)
        for one in clocks
        if one.every_minutes
    ]
    found.sort(key=lambda one: one.minutes)
    return _to_whoever_commands(incident, found)


def clocked_follow_ups(incident: Incident) -> QuerySet[Report]:
    """Follow-ups of an incident that a clock asked for, of no response."""
    return Report.objects.filter(
        incident=incident,
        response=None,
        kind=ReportKind.FOLLOW_UP,
        every_minutes__isnull=False,
    )


def _to_whoever_commands(incident: Incident, found: list[Cadence]) -> list[Cadence]:
    if found and (term := standing_term(incident)) and term.is_superior:
        found[0] = replace(found[0], to=term.headquarters)
    return found


def planned_minutes(response: Response) -> int | None:
    """How often the plan wants a report at this level."""
    level = cast("LevelKey", response.level)
    plan = plan_of(response.plan_version)
    steps = plans.steps_of(response.run, level) if response.run else plan.steps_of(level)
    lengths = [step.every for step in steps if step.do == "report" and step.every]
    return int(min(lengths).total_seconds() // 60) if lengths else None


def superior() -> str:
    """Whom the county answers to, as its register of bodies names it."""
    bodies = organization.bodies_by_kind(BodyKind.SUPERIOR)
    return bodies[0].name if bodies else _("上一级人民政府")


def usual_clocks() -> list[dict[str, Any]]:
    """Clocks for a county that has laid down none: each says whether a paper stands behind it."""
    text = Path(__file__).parents[1].joinpath("report_clocks.json").read_text(encoding="utf-8")
    return list(json.loads(text))


def due_after(minutes: int, now: datetime) -> datetime:
    """The moment some minutes from now."""
    return now + timedelta(minutes=minutes)


def due_moment(clock: ReportClock, start: datetime) -> datetime:
    """When a clock that starts now is over."""
    return start + timedelta(minutes=clock.every_minutes or clock.minutes or 0)
