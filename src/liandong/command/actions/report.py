"""Upward reports: their clocks, drafts, and going up. Review never holds one back."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.events import (
    ReportDeadlinePassed,
    ReportDrafted,
    ReportFellDue,
    ReportSent,
    ReportWaived,
    ReviewRequested,
)
from liandong.command.models import Incident, Report, ReportClock, Response
from liandong.command.permissions import Permission
from liandong.command.queries import report as queries
from liandong.command.queries.address import name_of
from liandong.command.queries.command_term import standing_term
from liandong.command.rules.order import demand_told, demand_words
from liandong.command.rules.report import (
    Figures,
    compose,
    demand_elements,
    demand_explained,
    not_known,
)
from liandong.command.states import OWED, REPORT_MOVES, Channel, ReportKind, ReportState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.timers import drop_timers, due_times, set_timer
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post

KIND = "command.report"
AUDIENCE = ("duty",)
FOREVER = datetime.max.replace(tzinfo=UTC)


@action(Permission.CALL_REPORT)
def add_report(
    actor: Actor,
    *,
    incident: Incident,
    kind: ReportKind,
    channel: Channel,
    to: str,
    due_at: datetime | None = None,
    idempotency_key: str = "",
) -> Report:
    """Add a report no clock asked for: a follow-up before its time, or the last one.

    Publishes ``ReportFellDue``. Refuses one without a receiver. Clause 二(二)2.
    """
    demand_words(to, field="to", what=_("报送单位"))
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.CALL_REPORT, row)
    return new_report(row, kind, Channel(channel), to, due_at=due_at, counted=_("主动报告"))


@action(Permission.DRAFT_REPORT)
def draft_report(
    actor: Actor,
    *,
    report: Report,
    elements: Mapping[str, str | None],
    figures: Figures,
    expected_version: int,
    text: str = "",
    reduction_note: str = "",
    idempotency_key: str = "",
) -> Report:
    """Write a report; what nobody could tell stays marked 未问到. Publishes ``ReportDrafted``.

    Without a text one is composed of the elements, in a follow-up of those that changed. Refuses
    what was sent, unknown elements, and figures that went down unexplained. Clause 二(二)2.
    """
    demand_realm(actor, report)
    demand_reach(actor, Permission.DRAFT_REPORT, report.incident)
    state = ReportState(report.state)
    overdue = state == ReportState.OVERDUE
    REPORT_MOVES.check(state, ReportState.OVERDUE if overdue else ReportState.DRAFTED)
    demand_elements(elements)
    before = queries.last_sent(report.incident, but=report)
    demand_explained(before, figures, reduction_note)
    follows = before.elements if before and report.kind == ReportKind.FOLLOW_UP else None
    report.change(
        expected_version=expected_version,
        state=state if overdue else ReportState.DRAFTED,
        elements={name: said or None for name, said in elements.items()},
        text=text.strip()
        or compose(_title(report), elements, follows, command=_command(report)),
        reduction_note=reduction_note.strip(),
        drafted_by=actor.label[:120],
        drafted_at=clock.now(actor.realm),
        **vars(figures),
    )
    fact = ReportDrafted(
        subject_id=str(report.pk),
        title=report.title,
        not_known="、".join(not_known(elements)) or _("无"),
    )
    happened(fact, incident=str(report.incident_id), audience=report.audience)
    return report


@action(Permission.DRAFT_REPORT)
def request_review(
    actor: Actor,
    *,
    report: Report,
    reviewer: Post,
    expected_version: int,
    idempotency_key: str = "",
) -> Report:
    """Lay a draft before somebody, while its clock goes on and it can still be sent.

    Publishes ``ReviewRequested``. Refuses what is not drafted or was sent. Nobody may hold a
    report back (《突发事件应对法》第61条). Clause 二(二)2.
    """
    demand_realm(actor, report)
    demand_reach(actor, Permission.DRAFT_REPORT, report.incident)
    demand_words(report.text, field="text", what=_("报告正文"))
    REPORT_MOVES.check(report.state, ReportState.SENT)
    report.change(
        expected_version=expected_version,
        review_by=reviewer,
        review_at=clock.now(actor.realm),
        audience=sorted({*report.audience, f"post:{reviewer.pk}"}),
    )
    fact = ReviewRequested(
        subject_id=str(report.pk), title=report.title, reviewer=name_of(reviewer)
    )
    happened(fact, incident=str(report.incident_id), audience=report.audience)
    return report


@action(Permission.SEND_REPORT)
def send_report(
    actor: Actor,
    *,
    report: Report,
    signed_by: str,
    expected_version: int,
    taken_by: str = "",
    told: datetime | None = None,
    idempotency_key: str = "",
) -> Report:
    """Keep that a report has gone up, as it was. Publishes ``ReportSent``.

    No review stands in its way. Refuses one that is not written, or that nobody signs, and what
    was sent already. Clause 二(二)2.
    """
    demand_realm(actor, report)
    demand_reach(actor, Permission.SEND_REPORT, report.incident)
    REPORT_MOVES.check(report.state, ReportState.SENT)
    demand_words(report.text, field="text", what=_("报告正文"))
    demand_words(signed_by, field="signed_by", what=_("签发人"))
    figures = Figures(dead=report.dead, missing=report.missing, injured=report.injured)
    # Another report may have gone up since this one was written.
    demand_explained(
        queries.last_sent(report.incident, but=report), figures, report.reduction_note
    )
    now = clock.now(actor.realm)
    demand_told(told, now)
    at = told or now
    report.change(
        expected_version=expected_version,
        state=ReportState.SENT,
        signed_by=signed_by.strip()[:120],
        sent_by=actor.label[:120],
        taken_by=taken_by.strip()[:120],
        sent_at=at,
    )
    drop_timers(
        realm=report.realm,
        subject_kind=KIND,
        subject_id=str(report.pk),
        kind="command.report_due",
    )
    happened(
        _sent(report), incident=str(report.incident_id), audience=report.audience, told=told
    )
    return report


@action(Permission.CALL_REPORT)
def miss_report(actor: Actor, *, report: Report, idempotency_key: str = "") -> Report:
    """Keep that a report did not go up in time; it is still owed. Publishes ``ReportDeadlinePassed``.

    Does nothing for one that was sent meanwhile. Keeps the version, for whoever is writing it.
    Clause 二(二)2.
    """
    demand_realm(actor, report)
    owed = Report.objects.filter(pk=report.pk, state__in=sorted(OWED))
    if owed.exclude(state=ReportState.OVERDUE).update(state=ReportState.OVERDUE):
        report.state = ReportState.OVERDUE
        fact = ReportDeadlinePassed(subject_id=str(report.pk), title=report.title, to=report.to)
        happened(fact, incident=str(report.incident_id), audience=report.audience)
    return report


@action(Permission.CALL_REPORT)
def call_follow_up(actor: Actor, *, response: Response, idempotency_key: str = "") -> Response:
    """Make the next follow-up due, as often as the plan or the county's clock says.

    Publishes ``ReportFellDue``. Does nothing for a response that has ended. Clause 二(二)2.
    """
    demand_realm(actor, response)
    incident = locked_incident(actor, response.incident)
    if response.is_active:
        next_follow_up(incident, response)
    return response


def start_report_clocks(incident: Incident) -> None:
    """Make the first reports due, each counted from its own moment."""
    for one in queries.clocks_for(incident.hazard, ReportKind.FIRST):
        start = queries.counted_from(incident, one.anchor)
        new_report(
            incident,
            ReportKind.FIRST,
            Channel(one.channel),
            one.to,
            due_at=queries.due_moment(one, start),
            counted_from=start,
            counted=queries.clock_text(one),
            by=one,
        )


def next_follow_up(incident: Incident, response: Response) -> None:
    """Make one more follow-up due an interval after the last, and set the timer of the one after."""
    cadence = queries.cadence_of(response)
    if cadence is None:
        return
    now = clock.now(incident.realm)
    due = queries.due_after(cadence.minutes, now)
    new_report(
        incident,
        ReportKind.FOLLOW_UP,
        cadence.channel,
        cadence.to,
        due_at=due,
        counted_from=now,
        counted=cadence.counted,
        by=cadence.clock,
        response=response,
        every_minutes=cadence.minutes,
    )
    set_timer(
        "command.follow_up_due",
        realm=incident.realm,
        due_at=due,
        subject_kind="command.response",
        subject_id=str(response.pk),
        incident=str(incident.pk),
    )


def hasten_follow_up(incident: Incident, response: Response) -> None:
    """At a level that wants reports oftener, the next is owed sooner."""
    cadence = queries.cadence_of(response)
    if cadence is None:
        return
    due = queries.due_after(cadence.minutes, clock.now(response.realm))
    owed = Report.objects.filter(
        response=response, kind=ReportKind.FOLLOW_UP, state__in=sorted(OWED)
    )
    report = owed.order_by("-ordinal").first()
    if report is None:
        # The last was sent before its time, or the level before wanted none.
        waiting = due_times(
            "command.follow_up_due",
            realm=response.realm,
            subject_kind="command.response",
            subject_id=str(response.pk),
        )
        if due < min(waiting.values(), default=FOREVER):
            next_follow_up(incident, response)
        return
    if due >= (report.due_at or FOREVER):
        return
    report.change(
        expected_version=report.version,
        due_at=due,
        counted=cadence.counted,
        every_minutes=cadence.minutes,
    )
    subjects = [
        ("command.report_due", KIND, str(report.pk)),
        ("command.follow_up_due", "command.response", str(response.pk)),
    ]
    for kind, subject_kind, subject_id in subjects:
        set_timer(
            kind,
            realm=response.realm,
            due_at=due,
            subject_kind=subject_kind,
            subject_id=subject_id,
            incident=str(response.incident_id),
        )


def finish_follow_ups(incident: Incident, response: Response) -> None:
    """Stop asking for follow-ups of a response that has ended, and ask for the final report."""
    drop_timers(
        realm=incident.realm,
        subject_kind="command.response",
        subject_id=str(response.pk),
        kind="command.follow_up_due",
    )
    owed = Report.objects.filter(response=response, kind=ReportKind.FOLLOW_UP)
    for report in owed.filter(state__in=[ReportState.DUE, ReportState.DRAFTED]):
        _waive(report, _("响应已终止，转为终报"))
    now = clock.now(incident.realm)
    for one in queries.clocks_for(incident.hazard, ReportKind.FINAL):
        new_report(
            incident,
            ReportKind.FINAL,
            Channel(one.channel),
            one.to,
            due_at=queries.due_moment(one, now),
            counted_from=now,
            counted=_("响应终止起 %(length)s")
            % {"length": queries.length_text(one.minutes or 0)},
            by=one,
            response=response,
        )


def recount_first_reports(incident: Incident) -> None:
    """Count the first reports that are owed from moments, or by clocks, that were corrected."""
    clocks = {one.pk: one for one in queries.clocks_for(incident.hazard, ReportKind.FIRST)}
    owed = Report.objects.filter(
        incident=incident, kind=ReportKind.FIRST, state__in=sorted(OWED), clock__in=clocks
    )
    for report in owed.select_related("clock"):
        one = report.clock
        assert one  # noqa: S101 -- asked for those of a clock
        start = queries.counted_from(incident, one.anchor)
        due = queries.due_moment(one, start)
        if due != report.due_at:
            report.change(expected_version=report.version, counted_from=start, due_at=due)
            set_timer(
                "command.report_due",
                realm=incident.realm,
                due_at=due,
                subject_kind=KIND,
                subject_id=str(report.pk),
                incident=str(incident.pk),
            )
    start_report_clocks(incident)


def waive_doubled(incident: Incident, into: Incident) -> None:
    """Of two incidents that are one, what the merged one owes is owed once, in the other."""
    same = Report.objects.filter(incident=into).exclude(state=ReportState.WAIVED)
    there = set(same.values_list("kind", "channel", "to"))
    owed = Report.objects.filter(incident=incident, state__in=sorted(OWED))
    for report in owed.exclude(kind=ReportKind.FOLLOW_UP):
        if (report.kind, report.channel, report.to) in there:
            _waive(report, _("已并入“%(into)s”，由它报告") % {"into": into})


def _waive(report: Report, why: str) -> None:
    report.change(expected_version=report.version, state=ReportState.WAIVED)
    drop_timers(realm=report.realm, subject_kind=KIND, subject_id=str(report.pk))
    fact = ReportWaived(subject_id=str(report.pk), title=report.title, reason=why)
    happened(fact, incident=str(report.incident_id), audience=report.audience)


def new_report(
    incident: Incident,
    kind: ReportKind,
    channel: Channel,
    to: str,
    *,
    counted: str,
    due_at: datetime | None = None,
    counted_from: datetime | None = None,
    by: ReportClock | None = None,
    response: Response | None = None,
    every_minutes: int | None = None,
) -> Report:
    """Enter what has to go up by when; the incident's row is held while it is numbered."""
    same = Report.objects.filter(incident=incident, kind=kind)
    last = same.aggregate(last=Max("ordinal"))["last"] or 0
    ordinal = last + 1 if kind == ReportKind.FOLLOW_UP else 0
    if kind != ReportKind.FOLLOW_UP and (before := same.filter(channel=channel, to=to).first()):
        return before
    report = Report.objects.create(
        realm=incident.realm,
        audience=list(AUDIENCE),
        incident=incident,
        response=response,
        clock=by,
        kind=kind,
        ordinal=ordinal,
        channel=channel,
        to=to.strip(),
        counted=counted,
        every_minutes=every_minutes,
        counted_from=counted_from,
        due_at=due_at,
    )
    if due_at:
        set_timer(
            "command.report_due",
            realm=incident.realm,
            due_at=due_at,
            subject_kind=KIND,
            subject_id=str(report.pk),
            incident=str(incident.pk),
        )
    fact = ReportFellDue(
        subject_id=str(report.pk),
        incident_id=str(incident.pk),
        title=report.title,
        to=report.to,
        channel=str(channel.label),
        counted=counted,
        due_at=due_at.isoformat() if due_at else "",
    )
    happened(fact, incident=str(incident.pk), audience=AUDIENCE)
    return report


def _title(report: Report) -> str:
    return f"{report.incident.title}{report.title}"


def _command(report: Report) -> str:
    """Who commands above the county; blank where the county does."""
    term = standing_term(report.incident)
    return str(term) if term and term.is_superior else ""


def _sent(report: Report) -> ReportSent:
    return ReportSent(
        subject_id=str(report.pk),
        incident_id=str(report.incident_id),
        kind=report.kind,
        ordinal=report.ordinal,
        title=report.title,
        to=report.to,
        channel=str(Channel(report.channel).label),
        signed_by=report.signed_by,
        text=report.text,
        dead=_figure(report.dead),
        missing=_figure(report.missing),
        injured=_figure(report.injured),
        reduction_note=report.reduction_note,
        in_time=not report.due_at or bool(report.sent_at and report.sent_at <= report.due_at),
    )


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)
