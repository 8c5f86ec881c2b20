"""Joint meetings: which one sees, who is invited, what is still open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import scopes_of
from liandong.kernel.wording import gettext as _
from liandong.monitoring.models import (
    JointMeeting,
    MeetingDecision,
    MeetingPlan,
    MeetingSeat,
    MeetingTopic,
)
from liandong.monitoring.queries.filings import own_bodies
from liandong.monitoring.states import DecisionState, MeetingState
from liandong.organization.models import Body

OPEN = (DecisionState.OPEN, DecisionState.ACCEPTED)
TO_COME = (MeetingState.CALLED, MeetingState.OPEN)


def visible_meetings(actor: Actor) -> QuerySet[JointMeeting]:
    """The meetings an actor was invited to, holds, or sees from the duty room. Also in a drill the county's own."""
    rows = JointMeeting.objects.select_related("office")
    if EVERYTHING in actor.scopes:
        return rows
    return rows.filter(audience__overlap=scopes_of(actor))


def meeting_for(actor: Actor, pk: UUID | str) -> JointMeeting:
    """One of them. Raises ``Missing``."""
    row = visible_meetings(actor).filter(pk=pk).first()
    if row is None:
        raise Missing(
            _("没有这次联席会议，或者本单位看不到它。"), remedy=_("请从联席会议列表进入。")
        )
    return row


def meetings_listed(actor: Actor) -> QuerySet[Any]:
    """The meetings with how many bodies are ``asked`` and ``coming``, and how many decisions are ``open``."""
    return visible_meetings(actor).annotate(
        asked=Count("seats", distinct=True),
        came=Count("seats", filter=Q(seats__came_at__isnull=False), distinct=True),
        decided=Count("decisions", distinct=True),
        undone=Count("decisions", filter=Q(decisions__state__in=OPEN), distinct=True),
    )


def seats_of(meeting: JointMeeting) -> list[MeetingSeat]:
    """Who was invited, in the order of bodies, with what they said."""
    rows = meeting.seats.select_related("body", "meeting").prefetch_related("opinions")
    return list(rows)


def seat_for(actor: Actor, pk: UUID | str) -> MeetingSeat:
    """A seat in a meeting that the actor sees. Raises ``Missing``."""
    rows = MeetingSeat.objects.select_related("meeting__office", "body")
    row = rows.filter(pk=pk, meeting__in=visible_meetings(actor)).first()
    if row is None:
        raise Missing(_("没有这个与会席位。"), remedy=_("请从联席会议进入。"))
    return row


def topics_of(meeting: JointMeeting) -> list[MeetingTopic]:
    """The agenda."""
    return list(meeting.topics.select_related("body", "file", "carried__owner"))


def decisions_of(meeting: JointMeeting) -> list[MeetingDecision]:
    """What a meeting decided."""
    return list(meeting.decisions.select_related("owner", "file", "meeting"))


def decision_for(actor: Actor, pk: UUID | str) -> MeetingDecision:
    """Something decided in a meeting that the actor sees. Raises ``Missing``."""
    rows = MeetingDecision.objects.select_related("meeting__office", "owner", "file")
    row = rows.filter(pk=pk, meeting__in=visible_meetings(actor)).first()
    if row is None:
        raise Missing(_("没有这个议定事项。"), remedy=_("请从联席会议进入。"))
    return row


def open_decisions(office: Body) -> list[MeetingDecision]:
    """What an office's meetings decided and is not done, the most urgent first."""
    rows = MeetingDecision.objects.filter(meeting__office=office, state__in=OPEN)
    return list(rows.select_related("owner", "meeting").order_by("due_on", "id"))


def decisions_owed_by(actor: Actor) -> list[MeetingDecision]:
    """What the actor's own bodies still have to do, the most urgent first."""
    rows = MeetingDecision.objects.filter(owner__in=own_bodies(actor), state__in=OPEN)
    return list(rows.select_related("owner", "meeting").order_by("due_on", "id"))


def seats_unanswered_by(actor: Actor) -> list[MeetingSeat]:
    """The invitations that the actor's own bodies have not answered."""
    rows = MeetingSeat.objects.filter(
        body__in=own_bodies(actor), answer="", meeting__state=MeetingState.CALLED
    )
    return list(rows.select_related("meeting", "body").order_by("meeting__begins_at", "id"))


def minutes_unsigned_by(actor: Actor) -> list[MeetingSeat]:
    """The minutes that the actor's own bodies have not signed for."""
    rows = MeetingSeat.objects.filter(
        body__in=own_bodies(actor), received_at=None, meeting__state=MeetingState.SIGNED
    )
    return list(rows.select_related("meeting", "body").order_by("meeting__signed_at", "id"))


def last_meeting_before(office: Body, at: datetime) -> JointMeeting | None:
    """The office's meeting before a moment that was held."""
    rows = JointMeeting.objects.filter(office=office, begins_at__lt=at, opened_at__isnull=False)
    return rows.order_by("-begins_at").first()


def meeting_plans() -> QuerySet[MeetingPlan]:
    """The plans in force, by name."""
    return MeetingPlan.objects.filter(in_force=True).select_related("office")


def meeting_plan_with(pk: UUID | str) -> MeetingPlan:
    """A plan by its id. Raises ``Missing``."""
    row = MeetingPlan.objects.select_related("office").filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这个会期。"), remedy=_("请从联席会议进入。"))
    return row


def meeting_with(pk: UUID | str) -> JointMeeting:
    """A meeting by its id, for handlers. Raises ``Missing``."""
    row = JointMeeting.objects.select_related("office").filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这次联席会议。"))
    return row


def decision_with(pk: UUID | str) -> MeetingDecision:
    """Something decided by its id, for the clock. Raises ``Missing``."""
    rows = MeetingDecision.objects.select_related("meeting__office", "owner")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这个议定事项。"))
    return row


def is_overdue(decision: MeetingDecision) -> bool:
    """Whether its day is over and it is not done."""
    return decision.is_open and localdate(clock.now(ACTUAL)) > decision.due_on
