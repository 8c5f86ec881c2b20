"""Every report: what is owed, went up or was missed, over all incidents."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.command import queries
from liandong.command.models import Report
from liandong.command.states import Channel, ReportKind, ReportState
from liandong.kernel.wording import gettext as _
from liandong.web import cells
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing
from liandong.web.templatetags.web import state_tag

# Beyond that many, no page of them is sorted by what no index holds.
MOST_SORTED = 20_000


def _late(row: Report) -> str:
    return _("迟 %(n)d 分钟") % {"n": row.late_minutes} if row.late_minutes else ""


def _state(row: Report, label: str) -> SafeString:
    return state_tag("done" if row.is_sent else row.state, label)


def _report(_row: Report, title: str) -> SafeString:
    return format_html("<b>{}</b>", title)


COLUMNS: list[Column[Report]] = [
    Column(key="report", label=gettext_lazy("报告"), value=lambda row: row.title, draw=_report),
    Column(key="incident", label=gettext_lazy("事件"), value=lambda row: row.incident.title),
    Column(
        key="channel",
        label=gettext_lazy("方式"),
        value=lambda row: str(Channel(row.channel).label),
    ),
    Column(key="to", label=gettext_lazy("报送"), value=lambda row: row.to),
    Column(
        key="due",
        label=gettext_lazy("限时"),
        value=lambda row: row.due_at,
        sort="due_at",
        most_sorted=MOST_SORTED,
        draw=cells.moment,
    ),
    Column(
        key="sent",
        label=gettext_lazy("报出"),
        value=lambda row: row.sent_at,
        sort="sent_at",
        most_sorted=MOST_SORTED,
        draw=cells.moment,
    ),
    Column(
        key="state",
        label=gettext_lazy("状态"),
        value=lambda row: str(ReportState(row.state).label),
        draw=_state,
    ),
    Column(key="late", label=gettext_lazy("迟报"), value=_late),
    Column(key="signed", label=gettext_lazy("签发"), value=lambda row: row.signed_by),
]
FILTERS = [
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=ReportState.choices,
    ),
    Filter(
        key="late",
        label=gettext_lazy("按时"),
        lookup="was_late",
        kind="choice",
        choices=[
            ("True", gettext_lazy("迟报或超时")),
            ("False", gettext_lazy("按时或未到时")),
        ],
    ),
    Filter(
        key="kind",
        label=gettext_lazy("报告"),
        lookup="kind",
        kind="choice",
        choices=ReportKind.choices,
    ),
    Filter(key="to", label=gettext_lazy("报送单位"), lookup="to__icontains"),
    Filter(key="incident", label=gettext_lazy("事件"), lookup="incident__title__icontains"),
    Filter(key="since", label=gettext_lazy("限时自"), lookup="due_at__gte", kind="since"),
    Filter(key="until", label=gettext_lazy("限时至"), lookup="due_at__lte", kind="until"),
]


def reports(request: HttpRequest) -> HttpResponseBase:
    """Every report the reader may see, the one that fell due last first; also as a workbook."""
    table = Table(
        request,
        queries.listed_reports(actor_of(request)),
        COLUMNS,
        FILTERS,
        order=("-pk",),
        name="reports",
        link=cells.address_of("command:report"),
    )
    return listing(
        request,
        table,
        "command/reports.html",
        title=_("信息报告"),
        live="command.report",
    )
