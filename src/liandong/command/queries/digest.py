"""Digests, and what the registers hold of a span of time to compile one from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet

from liandong.command.models import Call, Digest, Incident, Report, Response
from liandong.command.queries.incident import visible_incidents
from liandong.command.queries.order import visible_orders
from liandong.command.queries.report import sent_in_order, visible_reports
from liandong.command.states import (
    DONE,
    LIVE,
    OWED,
    Channel,
    IncidentState,
    ReportState,
    Severity,
)
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries as monitoring
from liandong.organization import queries as organization
from liandong.web.times import moment

MOST_LINES = 200


@dataclass
class Section:
    """A part of a digest; ``text`` says 无 where there is nothing."""

    key: str
    title: str
    text: str
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return dict(vars(self))


@dataclass(frozen=True)
class Span:
    """Whose eyes, and from when to when."""

    actor: Actor
    from_at: datetime
    until_at: datetime

    def holds(self, name: str) -> Q:
        """Rows whose moment falls into it: from its start until before its end."""
        return Q(**{f"{name}__gte": self.from_at, f"{name}__lt": self.until_at})


def visible_digests(actor: Actor) -> QuerySet[Digest]:
    """The digests an actor may see, the newest first."""
    return visible(Digest.objects.order_by("-compiled_at", "-id"), actor)


def digest_for(actor: Actor, pk: UUID | str) -> Digest:
    """Return one digest; raises ``Missing``."""
    try:
        found = visible_digests(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这份值班信息，或者您所在岗位看不到它。"), remedy=_("请从值班信息进入。")
        )
    return found


def incidents_within(span: Span) -> list[Incident]:
    """Incidents that were opened, went on or were closed in a span; merged ones are told where they live."""
    rows = visible_incidents(span.actor).filter(opened_at__lt=span.until_at)
    rows = rows.exclude(state=IncidentState.MERGED)
    return list(
        rows.filter(Q(closed_at=None) | Q(closed_at__gte=span.from_at)).order_by(
            "opened_at", "id"
        )[:MOST_LINES]
    )


def daily_sections(span: Span) -> list[Section]:
    """值班日报: who was on duty, what came in, warnings, incidents, orders, reports, what is left open."""
    return [
        _text("duty", _("值班人员"), _on_duty(span)),
        _text("calls", _("接报"), _calls(span)),
        _text("warnings", _("预警"), _warnings(span)),
        _text("incidents", _("突发事件"), map(_incident_line, incidents_within(span))),
        _text("orders", _("指令办理"), _orders(span)),
        _text("reports", _("信息报告"), _reports(span)),
        _text("open", _("未办结事项"), _open(span)),
    ]


def bulletin_sections(span: Span, incidents: Sequence[Incident]) -> list[Section]:
    """要情: of each incident that was chosen what was reported of it last in the span, else what the register says."""
    told = _last_reports(span.actor, incidents, span.holds("sent_at"))
    sections = []
    for one in incidents:
        last = told.get(one.pk)
        lines = [_incident_line(one), *([last.text] if last else [])]
        sections.append(_text(f"incident-{one.pk}", one.title, lines))
    return sections or [_text("incidents", _("重要情况"), [])]


def weekly_sections(span: Span) -> list[Section]:
    """台账: every incident of the week in a table, and every report that went up or is owed."""
    incidents = incidents_within(span)
    levels = _levels(span.actor, incidents)
    # Figures as they were known when the week was over, also of what was reported before it.
    last = _last_reports(span.actor, incidents, Q(sent_at__lt=span.until_at))
    orders: dict[UUID, list[str]] = {}
    for pk, state in (
        visible_orders(span.actor)
        .filter(incident__in=incidents)
        .order_by()
        .values_list("incident", "state")
    ):
        orders.setdefault(pk, []).append(state)
    rows = [
        _incident_row(one, levels.get(one.pk, []), orders.get(one.pk, []), last.get(one.pk))
        for one in incidents
    ]
    reports = _reports_within(span)
    return [
        Section(
            "incidents",
            _("突发事件台账"),
            _none_or(_("共 %(n)d 起。"), rows),
            [
                _("编号"),
                _("事件"),
                _("级别"),
                _("地点"),
                _("接报时间"),
                _("状态"),
                _("响应"),
                _("办结/下达"),
                _("亡/失/伤"),
            ],
            rows,
        ),
        Section(
            "reports",
            _("信息报告台账"),
            _none_or(_("共 %(n)d 份。"), reports),
            [
                _("事件"),
                _("报告"),
                _("方式"),
                _("报送"),
                _("限时"),
                _("报出时间"),
                _("签发"),
                _("迟报"),
            ],
            [_report_row(one) for one in reports],
        ),
    ]


def _text(key: str, title: str, lines: Iterable[str]) -> Section:
    return Section(key, title, "\n".join(lines) or _("无"))


def _none_or(words: str, rows: Sequence[object]) -> str:
    return words % {"n": len(rows)} if rows else _("无")


def _on_duty(span: Span) -> list[str]:
    rows = organization.shifts_between(span.from_at, span.until_at)
    return [
        _("%(role)s %(name)s（%(from)s—%(until)s）")
        % {
            "role": one.get_role_display(),
            "name": one.person.name,
            "from": moment(one.from_at),
            "until": moment(one.until_at),
        }
        for one in rows
    ]


def _calls(span: Span) -> list[str]:
    rows: QuerySet[Call] = visible(Call.objects.all(), span.actor).filter(
        span.holds("received_at")
    )
    return [
        _("%(at)s %(caller)s：%(place)s，%(what)s（%(incident)s）")
        % {
            "at": moment(one.received_at),
            "caller": one.caller,
            "place": one.place,
            "what": one.what,
            "incident": one.incident.title,
        }
        for one in rows.select_related("incident").order_by("received_at", "id")[:MOST_LINES]
    ]


def _warnings(span: Span) -> list[str]:
    told: list[tuple[datetime, str]] = []
    for one in monitoring.warnings_for(span.actor).filter(
        span.holds("published_at") | span.holds("ended_at")
    ):
        words = {"warning": str(one)}
        if one.published_at and span.from_at <= one.published_at < span.until_at:
            told.append((one.published_at, _("发布%(warning)s") % words))
        if one.ended_at and span.from_at <= one.ended_at < span.until_at:
            told.append((one.ended_at, _("%(warning)s结束") % words))
    return [f"{moment(at)} {words}" for at, words in sorted(told)]


def _orders(span: Span) -> list[str]:
    rows = visible_orders(span.actor)
    issued = rows.filter(span.holds("issued_at")).count()
    finished = rows.filter(span.holds("finished_at")).count()
    live = list(
        rows.filter(
            issued_at__lt=span.until_at,
            state__in=sorted(LIVE),
            incident__state=IncidentState.OPEN,
        )
        .order_by("finish_by", "id")
        .values_list("number", "to_body__name", "text", "finish_by")[:MOST_LINES]
    )
    if not (issued or finished or live):
        return []
    late = [one for one in live if one[3] and one[3] < span.until_at]
    lines: list[str] = [
        _("下达 %(issued)d 条，办结 %(finished)d 条，在办 %(live)d 条，其中超时 %(late)d 条。")
        % {"issued": issued, "finished": finished, "live": len(live), "late": len(late)}
    ]
    lines += [
        _("超时：%(number)d号令 %(unit)s：%(text)s")
        % {"number": number, "unit": unit, "text": text}
        for number, unit, text, _by in late
    ]
    return lines


def _reports_within(span: Span) -> list[Report]:
    """What went up in the span, and what fell due before its end and is owed."""
    rows = visible_reports(span.actor).filter(
        span.holds("sent_at") | Q(state__in=sorted(OWED), due_at__lt=span.until_at)
    )
    return list(rows[:MOST_LINES])


def _reports(span: Span) -> list[str]:
    lines: list[str] = []
    for one in _reports_within(span):
        words = {
            "at": moment(one.sent_at or one.due_at),
            "incident": one.incident.title,
            "report": one.title,
            "channel": str(Channel(one.channel).label),
            "to": one.to,
            "late": one.late_minutes,
        }
        if not one.is_sent:
            lines.append(_("应报未报：%(incident)s%(report)s→%(to)s，限 %(at)s") % words)
        elif one.late_minutes:
            lines.append(
                _("%(at)s %(incident)s%(report)s（%(channel)s）报%(to)s，迟 %(late)d 分钟")
                % words
            )
        else:
            lines.append(_("%(at)s %(incident)s%(report)s（%(channel)s）报%(to)s") % words)
    return lines


def _open(span: Span) -> list[str]:
    return [one.title for one in organization.open_items(span.actor)[:MOST_LINES]]


def _incident_line(one: Incident) -> str:
    words = {
        "at": moment(one.received_at),
        "number": one.number,
        "title": one.title,
        "place": one.place or _("未定"),
        "severity": _severity(one),
        "state": str(IncidentState(one.state).label),
    }
    return (
        _("%(at)s %(title)s（%(number)s），地点：%(place)s，级别：%(severity)s，%(state)s")
        % words
    )


def _incident_row(
    one: Incident, levels: list[str], orders: list[str], last: Report | None
) -> list[str]:
    figures = (last.dead, last.missing, last.injured) if last else (None, None, None)
    done = sum(1 for state in orders if state in DONE)
    return [
        one.number,
        one.title,
        _severity(one),
        one.place,
        moment(one.received_at),
        str(IncidentState(one.state).label),
        "、".join(levels),
        f"{done}/{len(orders)}",
        "/".join("—" if value is None else str(value) for value in figures),
    ]


def _report_row(one: Report) -> list[str]:
    late = _("%(n)d 分钟") % {"n": one.late_minutes} if one.late_minutes else ""
    return [
        one.incident.title,
        one.title,
        str(Channel(one.channel).label),
        one.to,
        moment(one.due_at),
        moment(one.sent_at) if one.sent_at else str(ReportState(one.state).label),
        one.signed_by,
        late,
    ]


def _severity(one: Incident) -> str:
    return str(Severity(one.severity).label) if one.severity else _("未定")


def _levels(actor: Actor, incidents: Sequence[Incident]) -> dict[UUID, list[str]]:
    rows: QuerySet[Response] = visible(Response.objects.all(), actor).filter(
        incident__in=incidents
    )
    found: dict[UUID, list[str]] = {}
    for one in rows.order_by("started_at"):
        found.setdefault(one.incident_id, []).append(one.get_level_display())
    return found


def _last_reports(actor: Actor, incidents: Sequence[Incident], sent: Q) -> dict[UUID, Report]:
    rows = visible_reports(actor).filter(sent, incident__in=incidents, state=ReportState.SENT)
    return {one.incident_id: one for one in sent_in_order(rows)}


def next_edition(realm: str, kind: str, from_at: datetime) -> int:
    """The number of the next edition of a digest of a span."""
    same = Digest.objects.filter(realm=realm, kind=kind, from_at=from_at)
    return (same.aggregate(last=Max("edition"))["last"] or 0) + 1
