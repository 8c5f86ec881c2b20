"""Joint meetings: the list, the calendar, one meeting's page, its minutes as Word."""

import io
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.documents import DOCX
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, queries, rules
from liandong.monitoring.adapters.joint_minutes import joint_minutes_docx
from liandong.monitoring.models import JointMeeting, MeetingPlan
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import MeetingState
from liandong.monitoring.views import meeting_forms as forms
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

COLUMNS: list[Column[JointMeeting]] = [
    Column(key="title", label=gettext_lazy("会议"), value=lambda row: row.title, sort="title"),
    Column(
        key="begins",
        label=gettext_lazy("时间"),
        value=lambda row: row.begins_at,
        sort="begins_at",
        draw=cells.moment,
    ),
    Column(
        key="office", label=gettext_lazy("召集单位"), value=lambda row: row.office.short_name
    ),
    Column(key="state", label=gettext_lazy("状态"), value=lambda row: row.get_state_display()),
    Column(
        key="came",
        label=gettext_lazy("到会 / 应到"),
        value=lambda row: f"{row.came}/{row.asked}",  # type: ignore[attr-defined]
        numeric=True,
    ),
    Column(
        key="undone",
        label=gettext_lazy("未办结 / 议定"),
        value=lambda row: f"{row.undone}/{row.decided}",  # type: ignore[attr-defined]
        numeric=True,
    ),
]
FILTERS = [
    Filter(key="title", label=gettext_lazy("会议"), lookup="title__icontains"),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=MeetingState.choices,
    ),
    Filter(key="since", label=gettext_lazy("起"), lookup="begins_at__gte", kind="since"),
]


def meetings(request: HttpRequest) -> HttpResponseBase:
    """List the meetings, what of them the reader owes, and when they come again."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.meetings_listed(actor),
        COLUMNS,
        FILTERS,
        order=("-begins_at", "-id"),
        name="meetings",
        link=lambda row: reverse("monitoring:meeting", args=[row.pk]),
    )
    return listing(
        request,
        table,
        "monitoring/meetings.html",
        title=_("联席会议"),
        live="monitoring.meeting monitoring.joint",
        plans=list(queries.meeting_plans()),
        may_call=actor.may(Permission.CALL_MEETING),
        **owed_of(actor),
    )


def owed_of(actor: Actor) -> dict[str, Any]:
    """What of joint meetings waits for the reader's own bodies."""
    return {
        "unanswered": queries.seats_unanswered_by(actor),
        "decisions": [
            (one, queries.is_overdue(one)) for one in queries.decisions_owed_by(actor)
        ],
        "unsigned": queries.minutes_unsigned_by(actor),
    }


def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_MEETING)
    offices = _own_offices(actor)
    form = forms.CallForm(offices, request.POST or None, initial={"office": offices.first()})

    def run(data: dict[str, Any]) -> JointMeeting:
        data.pop("expected_version", None)
        topics = data.pop("topics").splitlines()
        data["bodies"] = list(data["bodies"])
        return actions.call_meeting(actor, topics=topics, **data)

    return deed(
        request,
        form,
        run=run,
        to=lambda made: reverse("monitoring:meeting", args=[made.pk]),
        context={"back": reverse("monitoring:meetings")},
    )


def plan(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Lay down when a meeting comes again, or change it."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_MEETING)
    row = queries.meeting_plan_with(pk) if pk else None
    if row:
        rules.demand_office_of(actor, row.office)
    offices = _own_offices(actor)
    names = ("name", "office", "day", "at", "place", "ahead_days", "in_force", "months")
    initial: dict[str, Any] = {"office": offices.first()}
    if row:
        initial = {name: getattr(row, name) for name in names}
        initial["bodies"] = list(row.bodies.values_list("pk", flat=True))
        initial["expected_version"] = row.version

    def run(data: dict[str, Any]) -> MeetingPlan:
        used, version = data.pop("idempotency_key"), data.pop("expected_version", 0)
        data["bodies"] = list(data["bodies"])
        return actions.set_meeting_plan(
            actor,
            spec=actions.MeetingPlanSpec(**data),
            plan=row,
            expected_version=version,
            idempotency_key=used,
        )

    back = reverse("monitoring:meetings")
    return deed(
        request,
        forms.PlanForm(offices, request.POST or None, initial=initial),
        run=run,
        to=back,
        context={"back": back},
    )


def edit_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change when a meeting comes again."""
    return plan(request, pk)


def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one meeting: agenda, who comes, what is known, what is said and decided, the minutes."""
    actor = actor_of(request)
    row = queries.meeting_for(actor, pk)
    holds = actor.may(Permission.CALL_MEETING) and rules.works_for(actor, row.office_id)
    seats = queries.seats_of(row)
    own = set(queries.own_bodies(actor))
    decisions = queries.decisions_of(row)
    is_on = row.state in queries.TO_COME
    since = []
    if row.packed_at and row.state != MeetingState.SIGNED:
        now = queries.pack_of(row, clock.now(ACTUAL))
        since = queries.changed_since(row.pack, now)
    context = {
        "row": row,
        "holds": holds,
        "is_on": is_on,
        "is_open": row.state == MeetingState.OPEN,
        "may_decide": holds and row.state in {MeetingState.OPEN, MeetingState.CLOSED},
        "may_sign": actor.may(Permission.SIGN_MINUTES) and row.state == MeetingState.CLOSED,
        "may_add": is_on and (holds or any(one.body_id in own for one in seats)),
        "seats": [(one, one.body_id in own, list(one.opinions.all())) for one in seats],
        "missing": [one for one in seats if not one.came_at],
        "topics": queries.topics_of(row),
        "minutes": sum(one.minutes for one in queries.topics_of(row)),
        "decisions": [(one, one.owner_id in own, queries.is_overdue(one)) for one in decisions],
        "since": since,
        "now": clock.now(ACTUAL),
    }
    return render(request, "monitoring/meeting.html", context)


def paper(request: HttpRequest, pk: UUID) -> FileResponse:
    """Hand out the minutes as Word."""
    row = queries.meeting_for(actor_of(request), pk)
    content = joint_minutes_docx(
        row,
        queries.seats_of(row),
        queries.topics_of(row),
        queries.decisions_of(row),
        made_at=clock.now(ACTUAL),
    )
    name = _("%(meeting)s纪要") % {"meeting": row.title}
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{name}.docx", content_type=DOCX
    )


def _own_offices(actor: Actor) -> Any:
    return organization.all_bodies().filter(
        kind=BodyKind.HEADQUARTERS_OFFICE, pk__in=queries.own_bodies(actor)
    )
