"""Issuing warnings: by the unit itself, or once a second person has approved; adjusting is issuing anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.monitoring import queries
from liandong.monitoring.actions.warning_claims import (
    ask,
    audience,
    body_of,
    check,
    claimed,
    demand,
    given,
)
from liandong.monitoring.events import (
    ApprovalFellOverdue,
    WarningAdjusted,
    WarningIssued,
    WarningReturned,
    WarningSubmitted,
)
from liandong.monitoring.models import (
    IssuingRule,
    Warning,  # noqa: A004 -- the county's word for it
)
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.rainstorm import is_higher
from liandong.monitoring.states import WARNING_MOVES, WarningState
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post

KIND = "monitoring.warning"
APPROVAL_DUE, EXPIRES = "monitoring.approval_due", "monitoring.warning_expires"


@action(Permission.ISSUE_WARNING)
def issue_warning(
    actor: Actor,
    *,
    warning: Warning,
    expected_version: int,
    category: str | None = None,
    level: str | None = None,
    starts_at: datetime | None = None,
    expires_at: datetime | None = None,
    scope: str | None = None,
    cautions: str | None = None,
    measures: str | None = None,
    issuing_body: Body | None = None,
    areas: Sequence[str] | None = None,
    idempotency_key: str = "",
) -> Warning:
    """Issue a proposed warning as it stands, or with the elements that are given now.

    Publishes ``WarningIssued``, or ``WarningAdjusted`` when it takes the place of one in force. Where
    the county wants a second person's approval it goes to them first: ``WarningSubmitted``, and the
    state of what is returned says so. Refuses a warning that lacks one of the eight elements, naming
    it (《突发事件应对法》第六十四条), whoever may not issue for its body, and any that is not a draft.
    """
    draft = claimed(actor, warning)
    WARNING_MOVES.check(draft.state, WarningState.ISSUED)
    if draft.state == WarningState.SUBMITTED:
        raise _waits(draft)
    # The proposal's own body first: naming another is no way around it.
    demand(actor, Permission.ISSUE_WARNING, draft)
    said = given(
        category=category,
        level=level,
        starts_at=starts_at,
        expires_at=expires_at,
        scope=scope,
        cautions=cautions,
        measures=measures,
        issuing_body=issuing_body,
        areas=areas,
    )
    for name, value in said.items():
        setattr(draft, name, value)
    demand(actor, Permission.ISSUE_WARNING, draft)
    check(draft)
    former = _former(actor, draft)
    rule = queries.rule_for(draft)
    if rule and not queries.sits_above(actor, rule.approver):
        _submit(actor, draft, rule, expected_version, said)
    else:
        _publish(actor, draft, former, expected_version, said)
    return draft


@action(Permission.ADJUST_WARNING)
def adjust_warning(
    actor: Actor,
    *,
    warning: Warning,
    expected_version: int,
    category: str | None = None,
    level: str | None = None,
    starts_at: datetime | None = None,
    expires_at: datetime | None = None,
    scope: str | None = None,
    cautions: str | None = None,
    measures: str | None = None,
    issuing_body: Body | None = None,
    areas: Sequence[str] | None = None,
    reason: str = "",
    idempotency_key: str = "",
) -> Warning:
    """Adjust a warning in force and issue it anew (《突发事件应对法》第七十条): returns the new one.

    Publishes ``WarningAdjusted``; where a second person approves, ``WarningSubmitted``, and the former
    stays in force until they have. Refuses what ``issue_warning`` refuses, and one not in force.
    """
    former = claimed(actor, warning)
    WARNING_MOVES.check(former.state, WarningState.ADJUSTED)
    new = _copy(former, clock.now(actor.realm), reason)
    for name, value in given(
        category=category,
        level=level,
        starts_at=starts_at,
        expires_at=expires_at,
        scope=scope,
        cautions=cautions,
        measures=measures,
        issuing_body=issuing_body,
        areas=areas,
    ).items():
        setattr(new, name, value)
    demand(actor, Permission.ADJUST_WARNING, former)
    demand(actor, Permission.ADJUST_WARNING, new)
    check(new)
    former.change(expected_version=expected_version)
    new.audience = audience(new, issued=False)
    new.save(force_insert=True)
    rule = queries.rule_for(new)
    if rule and not queries.sits_above(actor, rule.approver):
        _submit(actor, new, rule, new.version, {})
    else:
        _publish(actor, new, former, new.version, {})
    return new


@action(Permission.APPROVE_WARNING)
def approve_warning(
    actor: Actor, *, warning: Warning, expected_version: int, idempotency_key: str = ""
) -> Warning:
    """Approve a warning that waits for it: it is in force at once.

    Publishes ``WarningIssued`` or ``WarningAdjusted``. Refuses who confirmed it, whoever sits neither
    at the approving post nor above it, and one that does not wait.
    """
    row = _waiting(actor, warning)
    check(row)
    _publish(
        actor, row, _former(actor, row), expected_version, {"approved_by": actor.label[:200]}
    )
    return row


@action(Permission.APPROVE_WARNING)
def return_warning(
    actor: Actor,
    *,
    warning: Warning,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Warning:
    """Give a warning that waits for approval back to its unit. Publishes ``WarningReturned``.

    Refuses a blank reason, and whoever may not approve it.
    """
    row = _waiting(actor, warning)
    ask(reason)
    # Of one weather there is one proposal: a newer one has taken its place.
    state = WarningState.DISCARDED if queries.has_proposal(row) else WarningState.DRAFT
    row.change(expected_version=expected_version, state=state, returned_reason=reason.strip())
    drop_timers(realm=row.realm, subject_kind=KIND, subject_id=str(row.pk), kind=APPROVAL_DUE)
    fact = WarningReturned(
        subject_id=str(row.pk),
        category=row.category,
        level=row.level,
        body_id=body_of(row),
        reason=reason.strip(),
    )
    happened(fact, audience=row.audience)
    return row


@action(Permission.DRAFT_WARNING)
def urge_approval(actor: Actor, *, warning: Warning, idempotency_key: str = "") -> Warning:
    """Tell the next post above that a warning still waits for approval. Publishes ``ApprovalFellOverdue``.

    It is not issued by that. Does nothing where it waits no more.
    """
    row = claimed(actor, warning)
    if row.state != WarningState.SUBMITTED or row.approver is None:
        return row
    told = [
        post
        for post in (*queries.approvers(row.approver)[:2], *organization.leading_posts()[:1])
        if not organization.is_vacant(post)
    ]
    for post in dict.fromkeys(told):
        _ask_for_approval(row, post, _("到时未批：%(warning)s") % {"warning": row}, actor.realm)
    fact = ApprovalFellOverdue(
        subject_id=str(row.pk),
        category=row.category,
        level=row.level,
        body_id=body_of(row),
        approver=_name(row.approver),
        told="、".join(_name(post) for post in dict.fromkeys(told)),
    )
    happened(fact, audience=row.audience)
    return row


def _waiting(actor: Actor, warning: Warning) -> Warning:
    """A warning that waits, held for whoever may approve it."""
    row = claimed(actor, warning)
    WARNING_MOVES.check(row.state, WarningState.DRAFT)
    if queries.is_submitter(actor, row):
        raise Forbidden(
            _("提请人不能批准自己提请的预警。"), remedy=_("请批准岗位的其他人员办理。")
        )
    if not queries.may_approve(actor, row):
        raise Forbidden(
            _("这条预警由“%(post)s”批准。") % {"post": _name(row.approver)},
            remedy=_("请该岗位或其上级岗位办理。"),
        )
    return row


def _submit(
    actor: Actor,
    draft: Warning,
    rule: IssuingRule,
    expected_version: int,
    said: Mapping[str, Any],
) -> None:
    """Lay it before the approving post; past an empty chair, before the next above."""
    now = clock.now(actor.realm)
    due = now + timedelta(minutes=rule.minutes)
    post = _staffed(rule.approver)
    seats = {f"post:{one.pk}" for one in queries.approvers(post)}
    draft.change(
        expected_version=expected_version,
        **said,
        state=WarningState.SUBMITTED,
        approver=post,
        submitted_at=now,
        submitted_by=actor.label[:200],
        submitter=actor.person or actor.account,
        returned_reason="",
        audience=sorted({*audience(draft, issued=False), *seats}),
    )
    _ask_for_approval(draft, post, _("请批准：%(warning)s") % {"warning": draft}, actor.realm)
    set_timer(
        APPROVAL_DUE, realm=draft.realm, due_at=due, subject_kind=KIND, subject_id=str(draft.pk)
    )
    fact = WarningSubmitted(
        subject_id=str(draft.pk),
        category=draft.category,
        hazard=draft.hazard,
        level=draft.level,
        body_id=body_of(draft),
        replaces=str(draft.replaces_id or ""),
        approver=_name(post),
        due_at=due.isoformat(),
    )
    happened(fact, audience=draft.audience)


def _staffed(post: Post) -> Post:
    for one in (*queries.approvers(post), *organization.leading_posts()):
        if not organization.is_vacant(one):
            return one
    raise Forbidden(
        _("“%(post)s”空缺，它的上级岗位也空缺，没有人可以批准。") % {"post": _name(post)},
        remedy=_("请先在组织页安排任职，或改定发布审批。"),
    )


def _ask_for_approval(row: Warning, post: Post, title: str, realm: str) -> None:
    send_message(
        system_actor("node", _("监测值守"), realm, Messaging.SEND_MESSAGE),
        to_post=post,
        title=title[:200],
        text=f"{row.scope}\n{row.cautions}\n{row.measures}",
        subject_kind=KIND,
        subject_id=str(row.pk),
        audience=["duty"],
        urgent=True,
        link=f"/monitoring/warnings/{row.pk}/",
    )


def _former(actor: Actor, draft: Warning) -> Warning | None:
    """The warning it takes the place of; of what readings proposed, the one in force by then.

    While a proposal waits for approval another may have been made of the same weather, and issued.
    """
    if draft.replaces:
        return claimed(actor, draft.replaces)
    if draft.crossing_id is None:
        return None
    rows = queries.active_warnings(actor.realm).select_for_update(of=("self",))
    former = rows.filter(hazard=draft.hazard, issuing_body=draft.issuing_body).first()
    if former and is_higher(former.level, draft.level):
        raise IllegalMove(
            _("“%(former)s”正在生效，级别更高。") % {"former": former},
            place=str(draft),
            remedy=_("请退回或放弃这一条；要降级请调整生效的那一条。"),
        )
    return former


def _publish(
    actor: Actor,
    draft: Warning,
    former: Warning | None,
    expected_version: int,
    said: Mapping[str, Any],
) -> None:
    if former:
        WARNING_MOVES.check(former.state, WarningState.ADJUSTED)
        former.change(expected_version=former.version, state=WarningState.ADJUSTED)
        _drop_clocks(former)
        said = {**said, "replaces": former, "chain": former.chain}
    draft.change(
        expected_version=expected_version,
        **said,
        state=WarningState.ISSUED,
        published_at=clock.now(actor.realm),
        audience=audience(draft, issued=True),
    )
    _drop_clocks(draft)
    if draft.expires_at:
        set_timer(
            EXPIRES,
            realm=draft.realm,
            due_at=draft.expires_at,
            subject_kind=KIND,
            subject_id=str(draft.pk),
        )
    _tell_published(draft, former)


def _drop_clocks(row: Warning) -> None:
    drop_timers(realm=row.realm, subject_kind=KIND, subject_id=str(row.pk))


def _waits(draft: Warning) -> Forbidden:
    return Forbidden(
        _("这条预警正等“%(post)s”批准。") % {"post": _name(draft.approver)},
        remedy=_("请等批准，或请对方退回后修改。"),
    )


def _name(post: Post | None) -> str:
    return f"{post.body} {post.title}" if post else ""


def _copy(former: Warning, now: datetime, reason: str) -> Warning:
    """A new warning that says what a former one said."""
    return Warning(
        id=uuid7(),
        realm=former.realm,
        hazard=former.hazard,
        chain=former.chain,
        replaces=former,
        category=former.category,
        level=former.level,
        starts_at=former.starts_at,
        expires_at=former.expires_at,
        scope=former.scope,
        cautions=former.cautions,
        measures=former.measures,
        issuing_body=former.issuing_body,
        areas=former.areas,
        crossing=former.crossing,
        drafted_at=now,
        reason=reason,
    )


def _tell_published(warning: Warning, former: Warning | None) -> None:
    said: dict[str, Any] = {
        "subject_id": str(warning.pk),
        "category": warning.category,
        "hazard": warning.hazard,
        "level": warning.level,
        "body_id": body_of(warning),
        "starts_at": warning.starts_at.isoformat() if warning.starts_at else "",
        "published_at": warning.published_at.isoformat() if warning.published_at else "",
        "expires_at": warning.expires_at.isoformat() if warning.expires_at else "",
        "scope": warning.scope,
        "areas": list(warning.areas),
        "cautions": warning.cautions,
        "measures": warning.measures,
        "chain": str(warning.chain),
        "approved_by": warning.approved_by,
    }
    if former is None:
        happened(WarningIssued(**said), audience=warning.audience)
        return
    fact = WarningAdjusted(**said, former_level=former.level, replaces=str(former.pk))
    happened(fact, audience=warning.audience)
