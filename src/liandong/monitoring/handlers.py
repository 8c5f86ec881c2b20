"""What monitoring does about its own crossings: it proposes; it never issues and never lifts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.events import Cause, on
from liandong.kernel.timers import Due, timer
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed, recorded
from liandong.messaging import queries as messaging
from liandong.messaging.actions import send_message, stop_call_out, tell_beside
from liandong.messaging.permissions import Permission as Messaging
from liandong.messaging.states import CallOutState
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    call_out_warning,
    call_planned_meeting,
    count_totals,
    draft_warning,
    meeting_decision,
    meeting_plan,
    propose_lifting,
    record_readings,
    ring_statistic_form,
    urge_decision,
)
from liandong.monitoring.actions.filing_round import DUE
from liandong.monitoring.events import (
    FilingsAsked,
    FilingsUrged,
    MeetingCalled,
    MeetingCanceled,
    MeetingDecided,
    MeetingDecisionUrged,
    MeetingMinutesSigned,
    ReadingJudged,
    ReadingsReceived,
    ThresholdCleared,
    ThresholdCrossed,
    WarningAdjusted,
    WarningIssued,
    WarningLifted,
)
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import UrgeStep, WarningState
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post
from liandong.web.times import moment


@on(ReadingsReceived)
def count_anew(fact: ReadingsReceived, cause: Cause) -> None:
    """Bring the totals up to what a batch brought. Twice is as once: hours are counted whole."""
    count_totals(cause.realm, fact.subject_id)


@on(ReadingJudged)
def count_judged(fact: ReadingJudged, cause: Cause) -> None:
    """Bring the totals up to what a person said of a reading."""
    count_totals(cause.realm)


@on(ThresholdCrossed)
def propose_warning(fact: ThresholdCrossed, cause: Cause) -> None:
    """Propose what a crossing calls for, unless a warning or a proposal says as much already."""
    proposal = queries.proposal_for(cause.realm, fact.crossing_id)
    if proposal is None:
        return
    draft_warning(_watch(cause), **proposal, idempotency_key=cause.key)


@on(ThresholdCleared)
def propose_end(fact: ThresholdCleared, cause: Cause) -> None:
    """Propose to lift, or to lower, the warnings that nothing holds up any more."""
    actor = _watch(cause)
    for warning in queries.warnings_without_cause(cause.realm, fact.threshold_id):
        propose_lifting(
            actor,
            warning=warning,
            reason=_passed(fact, warning),
            idempotency_key=f"{cause.key}/{warning.pk}",
        )


def _watch(cause: Cause) -> Actor:
    return system_actor("node", "监测值守", cause.realm, Permission.DRAFT_WARNING)


def _passed(fact: ThresholdCleared, warning: Warning) -> str:
    return f"{fact.station}已回落到 {fact.bound} {fact.unit} 以下（{fact.value} {fact.unit}），支持{warning}的阈值均已解除"


@on(WarningIssued)
def call_out_issued(fact: WarningIssued, cause: Cause) -> None:
    """Call people out at once where the county has it so; else people decide, from the desk."""
    _call_out(fact.subject_id, fact.level, cause)


@on(WarningAdjusted)
def call_out_adjusted(fact: WarningAdjusted, cause: Cause) -> None:
    """As when it was issued, whoever is newly owed a call."""
    _call_out(fact.subject_id, fact.level, cause)


@on(WarningLifted)
def end_call_outs(fact: WarningLifted, cause: Cause) -> None:
    """Dial nobody any more for what is lifted, and tell those who were called."""
    actor = _caller(cause)
    latest = None
    for call_out in messaging.call_outs_in_chain(cause.realm, fact.chain):
        latest = latest or call_out
        if call_out.state == CallOutState.RUNNING:
            stop_call_out(
                actor,
                call_out=call_out,
                reason=str(_("预警已解除")),
                expected_version=call_out.version,
                idempotency_key=f"{cause.key}/{call_out.pk}",
            )
    # Those of one that was stopped just now are told by that.
    if latest is not None and latest.state == CallOutState.FINISHED:
        with recorded():
            title = _("预警已解除：%(title)s") % {"title": latest.title}
        tell_beside(
            actor,
            call_out=latest,
            title=title,
            text=fact.reason,
            idempotency_key=f"{cause.key}/told",
        )


def _call_out(pk: str, level: str, cause: Cause) -> None:
    warning = queries.warning_with(pk)
    if not queries.calls_at_once(level) or warning is None:
        return
    if warning.state != WarningState.ISSUED or not queries.owed_calls(warning):
        return
    call_out_warning(_caller(cause), warning=warning, idempotency_key=cause.key)


def _caller(cause: Cause) -> Actor:
    return system_actor(
        "node",
        "预警叫应",
        cause.realm,
        Permission.CALL_OUT,
        Messaging.START_CALL_OUT,
        Messaging.STOP_CALL_OUT,
        Messaging.SEND_MESSAGE,
    )


@timer(DUE)
def ring_form(due: Due) -> None:
    """A period of a form ends, or somebody has been silent for long enough."""
    actor = system_actor("timer", "报送日历", due.realm, Permission.URGE_FILINGS)
    form = queries.statistic_form_with(due.subject_id)
    ring_statistic_form(actor, form=form, idempotency_key=due.key)


@on(FilingsAsked)
def tell_of_filings(fact: FilingsAsked, cause: Cause) -> None:
    """Tell each body that it is to file."""
    with recorded():
        title = _("请报送：%(form)s（%(period)s）") % _named(fact)
        text = _("请在期限前报送；没有情况的，点“零报告”。")
    for body in _bodies(fact.bodies):
        _write(cause, organization.liaison_of(body), body, title, text, _page(fact))


@on(FilingsUrged)
def tell_of_silence(fact: FilingsUrged, cause: Cause) -> None:
    """Remind each body; later tell its leader, at last the office, with whom to ring."""
    silent = _bodies(fact.bodies)
    with recorded():
        title = _("催报：%(form)s（%(period)s）") % _named(fact)
        if fact.step == UrgeStep.OFFICE:
            office = queries.statistic_form_with(fact.subject_id).office
            names = listed(body.short_name for body in silent)
            text = _("仍未报送：%(names)s。联系电话见报表页。") % {"names": names}
            _write(cause, organization.liaison_of(office), office, title, text, _page(fact))
            return
        text = (
            _("本单位的报送期限快到了，请及时报送。")
            if fact.step == UrgeStep.REMINDED
            else _("本单位已过期限仍未报送，请尽快办理。")
        )
    for body in silent:
        post = organization.liaison_of(body)
        if fact.step == UrgeStep.LEADER:
            post = _leader(body, post)
        _write(cause, post, body, title, text, _page(fact))


@timer(meeting_plan.DUE)
def call_by_the_calendar(due: Due) -> None:
    """A joint meeting comes near by its plan."""
    actor = system_actor("timer", "会议日历", due.realm, Permission.CALL_MEETING)
    plan = queries.meeting_plan_with(due.subject_id)
    call_planned_meeting(actor, plan=plan, idempotency_key=due.key)


@timer(meeting_decision.DUE)
def urge_what_was_decided(due: Due) -> None:
    """What a joint meeting decided is nearly due, or overdue."""
    actor = system_actor("timer", "会议日历", due.realm, Permission.URGE_FILINGS)
    decision = queries.decision_with(due.subject_id)
    urge_decision(actor, decision=decision, idempotency_key=due.key)


@on(MeetingCalled)
def invite(fact: MeetingCalled, cause: Cause) -> None:
    """Tell each body that it is invited."""
    with recorded():
        title = _("请参加：%(meeting)s") % {"meeting": fact.meeting}
        at = moment(datetime.fromisoformat(fact.begins_at))
        text = _("%(at)s，%(place)s。请答复能否参加。") % {
            "at": at,
            "place": fact.place or _("地点另行通知"),
        }
    _to_all(fact.bodies, cause, title, text, _meeting(fact.subject_id))


@on(MeetingCanceled)
def tell_of_cancelling(fact: MeetingCanceled, cause: Cause) -> None:
    """Tell each body that the meeting is off."""
    with recorded():
        title = _("会议取消：%(meeting)s") % {"meeting": fact.meeting}
    _to_all(fact.bodies, cause, title, fact.reason, _meeting(fact.subject_id))


@on(MeetingMinutesSigned)
def send_minutes(fact: MeetingMinutesSigned, cause: Cause) -> None:
    """Send the minutes to each body, to be signed for."""
    with recorded():
        title = _("请签收纪要：%(meeting)s") % {"meeting": fact.meeting}
        text = _("纪要已签发，请查看并签收；议定事项见值班台。")
    _to_all(fact.bodies, cause, title, text, _meeting(fact.subject_id))


@on(MeetingDecided)
def tell_of_decision(fact: MeetingDecided, cause: Cause) -> None:
    """Tell the body what it is to do."""
    with recorded():
        title = _("请办理议定事项：%(text)s") % {"text": fact.text[:100]}
        text = _("%(meeting)s议定，%(due)s前办结，请签收。") % {
            "meeting": fact.meeting,
            "due": fact.due_on,
        }
    _to_all([fact.body_id], cause, title, text, _meeting(fact.subject_id))


@on(MeetingDecisionUrged)
def tell_of_overdue(fact: MeetingDecisionUrged, cause: Cause) -> None:
    """Remind whoever has to do it, then their leader, at last the office."""
    page = _meeting(str(queries.decision_with(fact.subject_id).meeting_id))
    with recorded():
        title = _("催办议定事项：%(text)s") % {"text": fact.text[:100]}
        text = _("%(body)s：%(meeting)s议定的事项还没有办结。") % {
            "body": fact.body,
            "meeting": fact.meeting,
        }
    told = fact.office_id if fact.step == UrgeStep.OFFICE else fact.body_id
    for body in _bodies([told]):
        post = organization.liaison_of(body)
        if fact.step == UrgeStep.LEADER:
            post = _leader(body, post)
        _write(cause, post, body, title, text, page)


def _meeting(pk: str) -> str:
    return f"/monitoring/meetings/{pk}/"


def _to_all(ids: Iterable[str], cause: Cause, title: str, text: str, link: str) -> None:
    for body in _bodies(ids):
        _write(cause, organization.liaison_of(body), body, title, text, link)


def _named(fact: FilingsAsked | FilingsUrged) -> dict[str, str]:
    return {"form": fact.form, "period": fact.period_text}


def _page(fact: FilingsAsked | FilingsUrged) -> str:
    return f"/monitoring/filings/{fact.form_key}/"


def _bodies(ids: Iterable[str]) -> list[Body]:
    wanted = {UUID(one) for one in ids}
    return list(organization.all_bodies().filter(pk__in=wanted))


def _leader(body: Body, liaison: Post | None) -> Post | None:
    """Whoever stands above the liaison: their superior, else the first post of the body."""
    if liaison is not None and liaison.superior_id:
        return liaison.superior
    return next(iter(organization.posts_of_body(body)), liaison)


def _write(
    cause: Cause, post: Post | None, body: Body, title: str, text: str, link: str
) -> None:
    """Write to a post; a vacant one is told of by the setup page, not here."""
    if post is None or organization.is_vacant(post):
        return
    send_message(
        system_actor("node", "监测预警", cause.realm, Messaging.SEND_MESSAGE),
        to_post=post,
        title=title[:200],
        text=text,
        subject_kind="monitoring.filing",
        subject_id=str(body.pk),
        audience={f"body:{body.pk}"},
        link=link,
        idempotency_key=f"{cause.key}/{body.pk}",
    )


@on(ReadingsReceived)
def keep_air_index(fact: ReadingsReceived, cause: Cause) -> None:
    """Reckon the air quality index of the stations that keep one, and take it in like any reading."""
    due = queries.air_due(cause.realm, fact.subject_id)
    if not due:
        return
    actor = system_actor("node", "空气质量核算", cause.realm, Permission.RECORD_READINGS)
    record_readings(actor, readings=due, source="空气质量指数核算", idempotency_key=cause.key)
