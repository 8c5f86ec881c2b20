"""What makes upward reports due: the county's clocks, a response's level, a graver severity."""

from datetime import datetime

from django.db.models import Max

from liandong.command.events import ReportFellDue, ReportHastened, ReportRecounted, ReportWaived
from liandong.command.models import Incident, Report, ReportClock, Response
from liandong.command.queries import report as queries
from liandong.command.queries.report import Cadence
from liandong.command.queries.response import active_responses
from liandong.command.states import OWED, Channel, ReportKind, ReportState, Severity
from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _

KIND = "command.report"
RESPONSE = "command.response"
AUDIENCE = ("duty",)


def start_report_clocks(incident: Incident) -> None:
    """Make the first reports due, each counted from its own moment."""
    for one in queries.clocks_for(
        incident.hazard, ReportKind.FIRST, severity=incident.severity
    ):
        _first_report(incident, one)


def reopen_first_reports(incident: Incident, before: int | None) -> None:
    """After a grading: what its severity asks for is owed, counted from when it was known.

    A graver incident owes the first report once more to whoever was told of a lesser one; one not
    sent yet is wanted sooner where the clock for the severity says so.
    """
    graver = incident.severity is not None and incident.severity > (before or Severity.ORDINARY)
    for one in queries.clocks_for(
        incident.hazard, ReportKind.FIRST, severity=incident.severity
    ):
        firsts = Report.objects.filter(
            incident=incident, kind=ReportKind.FIRST, channel=one.channel, to=one.to
        ).exclude(state=ReportState.WAIVED)
        owed = firsts.filter(state__in=sorted(OWED)).first()
        if owed is not None:
            start = queries.clock_start(incident, one, graded=owed.severity is not None)
            due = queries.due_moment(one, start)
            hasten(owed, due, queries.clock_text(one), clock=one)
        elif not firsts.exists():
            _first_report(incident, one)
        elif graver:
            _first_report(incident, one, severity=incident.severity)
    for response in active_responses(incident):
        hasten_follow_ups(incident, response)


def next_follow_ups(incident: Incident, response: Response) -> None:
    """Make one more follow-up due to each superior whose interval is over, and set the timer of the next."""
    now = clock.now(incident.realm)
    for cadence in queries.cadences_of(response):
        last = _last_follow_up(response, cadence)
        if last is None or last.due_at is None or last.due_at <= now:
            _follow_up(incident, response, cadence, now)
    _set_follow_up_timer(incident, response)


def hasten_follow_ups(incident: Incident, response: Response) -> None:
    """At a level or severity that wants reports oftener, the next to each superior is owed sooner."""
    now = clock.now(incident.realm)
    for cadence in queries.cadences_of(response):
        last = _last_follow_up(response, cadence)
        due = queries.due_after(cadence.minutes, now)
        if last is not None and last.state in OWED:
            hasten(last, due, cadence.counted, every_minutes=cadence.minutes)
        elif last is None or last.due_at is None or last.due_at > due:
            # The last was sent before its time, or the level before wanted none.
            _follow_up(incident, response, cadence, now)
    _set_follow_up_timer(incident, response)


def finish_follow_ups(incident: Incident, response: Response) -> None:
    """Stop asking for follow-ups of a response that has ended, and ask for the final report."""
    drop_timers(
        realm=incident.realm,
        subject_kind=RESPONSE,
        subject_id=str(response.pk),
        kind="command.follow_up_due",
    )
    owed = Report.objects.filter(response=response, kind=ReportKind.FOLLOW_UP)
    for report in owed.filter(state__in=[ReportState.DUE, ReportState.DRAFTED]):
        waive(report, _("响应已终止，转为终报"))
    now = clock.now(incident.realm)
    for one in queries.clocks_for(
        incident.hazard, ReportKind.FINAL, level=response.level, severity=incident.severity
    ):
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
    rows = queries.clocks_for(incident.hazard, ReportKind.FIRST, severity=incident.severity)
    owed = Report.objects.filter(
        incident=incident, kind=ReportKind.FIRST, state__in=sorted(OWED), clock__in=rows
    )
    for report in owed.select_related("clock"):
        one = report.clock
        assert one  # noqa: S101 -- asked for those of a clock
        start = queries.clock_start(incident, one, graded=report.severity is not None)
        due = queries.due_moment(one, start)
        if due != report.due_at:
            report.change(expected_version=report.version, counted_from=start, due_at=due)
            _set_report_timer(report, due)
            fact = ReportRecounted(
                subject_id=str(report.pk),
                title=report.title,
                counted=report.counted,
                due_at=due.isoformat(),
            )
            happened(fact, incident=str(incident.pk), audience=report.audience)
    start_report_clocks(incident)


def owe_in_writing(report: Report) -> None:
    """What was told by telephone is owed in writing too, where no clock has asked for it already."""
    same = Report.objects.filter(
        incident=report.incident, kind=report.kind, to=report.to, severity=report.severity
    )
    if report.kind != ReportKind.FIRST or same.exclude(channel=Channel.PHONE).exists():
        return
    new_report(
        report.incident,
        ReportKind.FIRST,
        Channel.WRITTEN,
        report.to,
        counted=_("电话报告后补书面"),
        severity=report.severity,
    )


def waive_doubled(incident: Incident, into: Incident) -> None:
    """Of two incidents that are one, what the merged one owes is owed once, in the other."""
    same = Report.objects.filter(incident=into).exclude(state=ReportState.WAIVED)
    there = set(same.values_list("kind", "channel", "to"))
    owed = Report.objects.filter(incident=incident, state__in=sorted(OWED))
    for report in owed.exclude(kind=ReportKind.FOLLOW_UP):
        if (report.kind, report.channel, report.to) in there:
            waive(report, _("已并入“%(into)s”，由它报告") % {"into": into})


def waive(report: Report, why: str) -> None:
    """A report is not wanted any more; why is kept."""
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
    severity: int | None = None,
    corrects: Report | None = None,
    correction_reason: str = "",
) -> Report:
    """Enter what has to go up by when; the incident's row is held while it is numbered.

    Follow-ups are numbered for each receiver, corrections for each report corrected.
    """
    same = Report.objects.filter(incident=incident, kind=kind, to=to.strip())
    numbered = kind in {ReportKind.FOLLOW_UP, ReportKind.CORRECTION}
    last = same.aggregate(last=Max("ordinal"))["last"] or 0
    if not numbered:
        before = same.filter(channel=channel)
        if severity is not None:
            before = before.filter(severity__gte=severity)
        if (found := before.first()) is not None:
            return found
    report = Report.objects.create(
        realm=incident.realm,
        audience=list(AUDIENCE),
        incident=incident,
        response=response,
        clock=by,
        kind=kind,
        ordinal=last + 1 if numbered else 0,
        channel=channel,
        to=to.strip(),
        counted=counted,
        every_minutes=every_minutes,
        counted_from=counted_from,
        due_at=due_at,
        severity=severity,
        corrects=corrects,
        correction_reason=correction_reason,
    )
    if due_at:
        _set_report_timer(report, due_at)
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


def _first_report(incident: Incident, one: ReportClock, severity: int | None = None) -> None:
    start = queries.clock_start(incident, one, graded=severity is not None)
    new_report(
        incident,
        ReportKind.FIRST,
        Channel(one.channel),
        one.to,
        due_at=queries.due_moment(one, start),
        counted_from=start,
        counted=queries.clock_text(one),
        by=one,
        severity=severity,
    )


def _follow_up(incident: Incident, response: Response, cadence: Cadence, now: datetime) -> None:
    new_report(
        incident,
        ReportKind.FOLLOW_UP,
        cadence.channel,
        cadence.to,
        due_at=queries.due_after(cadence.minutes, now),
        counted_from=now,
        counted=cadence.counted,
        by=cadence.clock,
        response=response,
        every_minutes=cadence.minutes,
    )


def _last_follow_up(response: Response, cadence: Cadence) -> Report | None:
    rows = Report.objects.filter(
        response=response, kind=ReportKind.FOLLOW_UP, channel=cadence.channel, to=cadence.to
    )
    return rows.exclude(due_at=None).order_by("-due_at", "-ordinal").first()


def hasten(
    report: Report, due: datetime, counted: str, **changes: ReportClock | int | None
) -> None:
    """Want an owed report sooner; nothing where it is wanted as soon already."""
    if report.due_at is not None and due >= report.due_at:
        return
    report.change(expected_version=report.version, due_at=due, counted=counted, **changes)
    _set_report_timer(report, due)
    fact = ReportHastened(
        subject_id=str(report.pk),
        title=report.title,
        counted=counted,
        due_at=due.isoformat(),
    )
    happened(fact, incident=str(report.incident_id), audience=report.audience)


def _set_report_timer(report: Report, due: datetime) -> None:
    set_timer(
        "command.report_due",
        realm=report.realm,
        due_at=due,
        subject_kind=KIND,
        subject_id=str(report.pk),
        incident=str(report.incident_id),
    )


def _set_follow_up_timer(incident: Incident, response: Response) -> None:
    """Ring when the first of the superiors is to be reported to once more."""
    last = [_last_follow_up(response, one) for one in queries.cadences_of(response)]
    dues = [one.due_at for one in last if one is not None and one.due_at is not None]
    if dues:
        set_timer(
            "command.follow_up_due",
            realm=incident.realm,
            due_at=min(dues),
            subject_kind=RESPONSE,
            subject_id=str(response.pk),
            incident=str(incident.pk),
        )
