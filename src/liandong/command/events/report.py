"""What is said of upward reports."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.report_fell_due", about="command.report")
class ReportFellDue(Event):
    """A report's clock has begun to run."""

    incident_id: str
    title: str
    to: str
    channel: str
    counted: str
    due_at: str
    say = _("应报：{title}（{channel}）→{to}，{counted}")


@event("command.report_drafted", about="command.report")
class ReportDrafted(Event):
    """Somebody has written what is to go up."""

    title: str
    not_known: str
    say = _("{title}已拟稿，未问到：{not_known}")


@event("command.review_requested", about="command.report")
class ReviewRequested(Event):
    """A draft was laid before somebody to look over, while its clock goes on."""

    title: str
    reviewer: str
    say = _("{title}送{reviewer}审阅，不影响按时上报")


@event("command.report_sent", about="command.report")
class ReportSent(Event):
    """A report has gone up; its text and figures stand as they were."""

    stays: ClassVar[frozenset[str]] = frozenset(
        {
            "incident_id",
            "kind",
            "ordinal",
            "dead",
            "missing",
            "injured",
            "relocated",
            "in_time",
            "late_minutes",
        }
    )
    incident_id: str
    kind: str
    ordinal: int
    title: str
    to: str
    channel: str
    signed_by: str
    text: str
    dead: str
    missing: str
    injured: str
    reduction_note: str
    in_time: bool
    late_minutes: int = 0
    late_reason: str = ""
    corrects: str = ""
    relocated: str = ""
    missing_died: str = ""
    missing_found: str = ""
    missing_struck: str = ""
    say = _("{title}（{channel}）报{to}，签发：{signed_by}")


@event("command.report_waived", about="command.report")
class ReportWaived(Event):
    """A follow-up is not wanted any more, because what it would follow is over."""

    title: str
    reason: str
    say = _("{title}不再报送：{reason}")


@event("command.report_deadline_passed", about="command.report")
class ReportDeadlinePassed(Event):
    """A report did not go up in time."""

    title: str
    to: str
    say = _("{title}未按时报{to}")


@event("command.report_lateness_explained", about="command.report")
class ReportLatenessExplained(Event):
    """Why a report went up after its deadline; it had gone up first."""

    title: str
    late_minutes: int
    reason: str
    say = _("{title}迟报 {late_minutes} 分钟的原因：{reason}")


@event("command.report_correction_begun", about="command.report")
class ReportCorrectionBegun(Event):
    """What was sent is wrong: a report of its own will say so. What was sent stands as it was."""

    incident_id: str
    title: str
    corrects: str
    reason: str
    say = _("{title}：{reason}")


@event("command.report_hastened", about="command.report")
class ReportHastened(Event):
    """A report that is owed is wanted sooner, because the incident is graver or its level higher."""

    title: str
    counted: str
    due_at: str
    say = _("{title}提前应报：{counted}")


@event("command.report_recounted", about="command.report")
class ReportRecounted(Event):
    """The moment from which a report that is owed is counted was put right; it is due at another time."""

    title: str
    counted: str
    due_at: str
    say = _("{title}按更正后的时间重新计算时限：{counted}")


@event("command.report_clock_withdrawn", about="command.report_clock")
class ReportClockWithdrawn(Event):
    """A clock counts no longer; reports already due keep theirs."""

    text: str
    reason: str
    say = _("停用报告时限：{text}，{reason}")


@event("command.report_clock_set", about="command.report_clock")
class ReportClockSet(Event):
    """The county has laid down by when such reports go up."""

    text: str
    minutes: int
    every_minutes: int
    basis: str
    status: str
    say = _("设定报告时限：{text}")
