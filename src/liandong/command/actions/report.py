"""Upward reports: their clocks, drafts, and going up. Review never holds one back."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.incident_follow_up import follow_up_without_response
from liandong.command.actions.report_due import (
    KIND,
    new_report,
    next_follow_ups,
    owe_in_writing,
)
from liandong.command.events import (
    ReportCorrectionBegun,
    ReportDeadlinePassed,
    ReportDrafted,
    ReportLatenessExplained,
    ReportSent,
    ReviewRequested,
)
from liandong.command.models import Incident, Report, Response
from liandong.command.permissions import Permission
from liandong.command.queries import report as queries
from liandong.command.queries.address import name_of
from liandong.command.queries.command_term import standing_term
from liandong.command.rules.casualties import (
    FATES,
    SHOWN,
    Figures,
    demand_counts,
    demand_explained,
    figures_of,
    settled,
)
from liandong.command.rules.order import demand_told, demand_words
from liandong.command.rules.report import (
    compose,
    compose_correction,
    compose_final,
    demand_correctable,
    demand_elements,
    demand_late,
    demand_span,
    not_known,
    says_nothing_new,
)
from liandong.command.states import OWED, REPORT_MOVES, Channel, ReportKind, ReportState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.timers import drop_timers
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


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

    Publishes ``ReportFellDue``. Refuses one without a receiver, and a correction: that one begins
    at what it corrects. Clause 二(二)2.
    """
    demand_words(to, field="to", what=_("报送单位"))
    if kind == ReportKind.CORRECTION:
        raise Invalid(
            _("更正要写明更正哪一份报告。"),
            place=_("报告"),
            remedy=_("请打开报错的那份报告，点“更正”。"),
            fields={"kind": _("请从报错的那份报告更正")},
        )
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
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    idempotency_key: str = "",
) -> Report:
    """Write a report; what nobody could tell stays marked 未问到. Publishes ``ReportDrafted``.

    Without a text, or with the one that was composed before, one is composed: a follow-up of what changed since its receiver was told last
    (零报告 where nothing did), a correction of what was wrong, the last report of the whole span.
    Refuses what was sent, unknown elements, figures below zero or that went down unexplained,
    missing people who are nowhere, and an end before its start. Clause 二(二)2.
    """
    demand_realm(actor, report)
    demand_reach(actor, Permission.DRAFT_REPORT, report.incident)
    state = ReportState(report.state)
    overdue = state == ReportState.OVERDUE
    REPORT_MOVES.check(state, ReportState.OVERDUE if overdue else ReportState.DRAFTED)
    demand_elements(elements)
    demand_counts(figures)
    demand_span(from_at, until_at, clock.now(actor.realm))
    before = queries.compared_with(report)
    figures = settled(before, figures)
    note = reduction_note.strip() or report.correction_reason
    demand_explained(before, figures, note)
    follows = queries.told_before(report) if report.kind == ReportKind.FOLLOW_UP else None
    written = _written(report, text, follows)
    span = (from_at, until_at)
    composed = _composed(report, elements, figures, note, follows, span)
    report.change(
        expected_version=expected_version,
        state=state if overdue else ReportState.DRAFTED,
        elements={name: said or None for name, said in elements.items()},
        text=written or composed,
        is_nil=written in {"", composed} and says_nothing_new(follows, elements, figures),
        reduction_note=note,
        from_at=from_at,
        until_at=until_at,
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
    late_reason: str = "",
    idempotency_key: str = "",
) -> Report:
    """Keep that a report has gone up, as it was. Publishes ``ReportSent``.

    Nothing stands in its way: no review, and no reason for being late, which may be said after
    (``explain_late_report``). A first report by telephone leaves one in writing owed, and after the
    first of a graded incident without a response the county's clocks ask for follow-ups. Refuses one
    that is not written, or that nobody signs, and what was sent already. Clause 二(二)2.
    """
    demand_realm(actor, report)
    demand_reach(actor, Permission.SEND_REPORT, report.incident)
    REPORT_MOVES.check(report.state, ReportState.SENT)
    demand_words(report.text, field="text", what=_("报告正文"))
    demand_words(signed_by, field="signed_by", what=_("签发人"))
    # Another report may have gone up since this one was written.
    demand_explained(queries.compared_with(report), figures_of(report), report.reduction_note)
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
        stands_at=report.corrects.sent_at if report.corrects else None,
        late_reason=late_reason.strip() if report.due_at and at > report.due_at else "",
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
    if report.channel == Channel.PHONE and report.incident.is_open:
        owe_in_writing(report)
    if report.kind == ReportKind.FIRST:
        follow_up_without_response(locked_incident(actor, report.incident))
    return report


@action(Permission.SEND_REPORT)
def explain_late_report(
    actor: Actor,
    *,
    report: Report,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Report:
    """Say why a report went up after its deadline. Publishes ``ReportLatenessExplained``.

    Refuses without a reason, and for one that was in time or is explained. Clause 二(二)2.
    """
    demand_realm(actor, report)
    demand_reach(actor, Permission.SEND_REPORT, report.incident)
    demand_words(reason, field="reason", what=_("迟报原因"))
    demand_late(report)
    report.change(expected_version=expected_version, late_reason=reason.strip())
    fact = ReportLatenessExplained(
        subject_id=str(report.pk),
        title=report.title,
        late_minutes=report.late_minutes,
        reason=report.late_reason,
    )
    happened(fact, incident=str(report.incident_id), audience=report.audience)
    return report


@action(Permission.DRAFT_REPORT)
def correct_report(
    actor: Actor,
    *,
    report: Report,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Report:
    """Begin a report that puts right what was sent; what was sent stays as it was beside it.

    It goes up the same way to the same receiver, without a deadline: at once. Publishes
    ``ReportCorrectionBegun`` and ``ReportFellDue``. Refuses without a reason, for what was not
    sent, for what is a correction itself, and while another of the same report is owed. Clause
    二(二)2.
    """
    demand_words(reason, field="reason", what=_("更正原因"))
    incident = locked_incident(actor, report.incident)
    demand_reach(actor, Permission.DRAFT_REPORT, incident)
    demand_correctable(report)
    owed = Report.objects.filter(corrects=report, state__in=sorted(OWED)).first()
    if owed is not None:
        raise IllegalMove(
            _("“%(report)s”已经在更正。") % {"report": report.title},
            place=owed.title,
            remedy=_("请接着写“%(owed)s”。") % {"owed": owed.title},
            leads_to=reverse("command:report", args=[owed.pk]),
        )
    # Claims the version: whoever corrects has seen what stands there.
    report.change(expected_version=expected_version)
    made = new_report(
        incident,
        ReportKind.CORRECTION,
        Channel(report.channel),
        report.to,
        counted=_("发现有误，立即更正"),
        response=report.response,
        corrects=report,
        correction_reason=reason.strip(),
    )
    fact = ReportCorrectionBegun(
        subject_id=str(made.pk),
        incident_id=str(incident.pk),
        title=made.title,
        corrects=str(report.pk),
        reason=made.correction_reason,
    )
    happened(fact, incident=str(incident.pk), audience=made.audience)
    return made


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
        next_follow_ups(incident, response)
    return response


def _written(report: Report, text: str, follows: Report | None) -> str:
    """What somebody wrote; blank where they left what was composed from the elements before.

    A browser sends every line's end as two characters.
    """
    written = text.replace("\r\n", "\n").strip()
    if report.drafted_at is None:
        return written
    before = _composed(
        report,
        report.elements,
        figures_of(report),
        report.reduction_note,
        follows,
        (report.from_at, report.until_at),
    )
    return "" if written == before.strip() else written


def _composed(
    report: Report,
    elements: Mapping[str, str | None],
    figures: Figures,
    note: str,
    follows: Report | None,
    span: tuple[datetime | None, datetime | None],
) -> str:
    """The text of a report as its kind is written."""
    title = _title(report)
    if report.corrects is not None:
        return compose_correction(
            title,
            elements,
            wrong=report.corrects,
            figures=figures,
            reason=report.correction_reason,
        )
    if report.kind == ReportKind.FINAL:
        return compose_final(title, elements, figures=figures, span=span)
    return compose(
        title, elements, before=follows, figures=figures, note=note, command=_command(report)
    )


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
        **{name: _figure(getattr(report, name)) for name in (SHOWN | FATES)},
        reduction_note=report.reduction_note,
        in_time=not report.late_minutes,
        late_minutes=report.late_minutes,
        late_reason=report.late_reason,
        corrects=report.corrects.title if report.corrects else "",
    )


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)
