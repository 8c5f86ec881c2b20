"""Warnings: proposed, put aside, lifted; issuing them stands beside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.ids import uuid7
from liandong.kernel.timers import drop_timers
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.monitoring.actions.warning_claims import ask, audience, body_of, claimed, demand
from liandong.monitoring.events import (
    LiftingProposed,
    WarningDiscarded,
    WarningDrafted,
    WarningExpired,
    WarningLifted,
)
from liandong.monitoring.models import Crossing, Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import WARNING_MOVES, WarningState
from liandong.organization import queries as organization
from liandong.organization.models import Body

KIND = "monitoring.warning"


@action(Permission.DRAFT_WARNING)
def draft_warning(
    actor: Actor,
    *,
    hazard: str,
    category: str,
    level: str,
    starts_at: datetime | None = None,
    expires_at: datetime | None = None,
    scope: str = "",
    cautions: str = "",
    measures: str = "",
    issuing_body: Body | None = None,
    areas: Sequence[str] = (),
    crossing: Crossing | None = None,
    replaces: Warning | None = None,
    reason: str = "",
    idempotency_key: str = "",
) -> Warning:
    """Propose a warning, or the adjusting of one in force, to its body. Publishes ``WarningDrafted``.

    It may be incomplete; issuing asks for what is missing. A proposal made from readings takes the
    place of an earlier one that still waits for the same body and hazard.
    """
    if replaces:
        WARNING_MOVES.check(replaces.state, WarningState.ADJUSTED)
    said = {
        "category": category,
        "level": level,
        "starts_at": starts_at,
        "expires_at": expires_at,
        "scope": scope,
        "cautions": cautions,
        "measures": measures,
        "areas": list(areas),
        "crossing": crossing,
        "reason": reason,
        "replaces": replaces,
        "drafted_at": clock.now(actor.realm),
    }
    waiting = _waiting(actor, hazard, issuing_body) if crossing else None
    if waiting:
        waiting.change(expected_version=waiting.version, **said)
        warning = waiting
    else:
        warning = _new(actor, hazard, issuing_body, said)
    happened(
        WarningDrafted(
            subject_id=str(warning.pk),
            category=category,
            hazard=hazard,
            level=level,
            body_id=body_of(warning),
            replaces=str(replaces.pk) if replaces else "",
            reason=reason,
        ),
        audience=warning.audience,
    )
    return warning


@action(Permission.LIFT_WARNING)
def lift_warning(
    actor: Actor,
    *,
    warning: Warning,
    expected_version: int,
    reason: str,
    idempotency_key: str = "",
) -> Warning:
    """Lift a warning whose danger has passed (《突发事件应对法》第七十条). Publishes ``WarningLifted``.

    Refuses one that is not in force, whoever may not lift for its body, and a blank reason.
    """
    row = claimed(actor, warning)
    WARNING_MOVES.check(row.state, WarningState.LIFTED)
    demand(actor, Permission.LIFT_WARNING, row)
    ask(reason)
    now = clock.now(actor.realm)
    row.change(
        expected_version=expected_version,
        state=WarningState.LIFTED,
        ended_at=now,
        lifting_reason=reason,
    )
    drop_timers(realm=row.realm, subject_kind=KIND, subject_id=str(row.pk))
    happened(
        WarningLifted(
            subject_id=str(row.pk),
            category=row.category,
            hazard=row.hazard,
            level=row.level,
            body_id=body_of(row),
            lifted_at=now.isoformat(),
            reason=reason,
            chain=str(row.chain),
        ),
        audience=row.audience,
    )
    return row


@action(Permission.DISCARD_WARNING)
def discard_warning(
    actor: Actor,
    *,
    warning: Warning,
    expected_version: int,
    reason: str,
    idempotency_key: str = "",
) -> Warning:
    """Put a proposed warning aside. Publishes ``WarningDiscarded``; refuses one that was issued."""
    row = claimed(actor, warning)
    WARNING_MOVES.check(row.state, WarningState.DISCARDED)
    demand(actor, Permission.DISCARD_WARNING, row)
    ask(reason)
    row.change(
        expected_version=expected_version, state=WarningState.DISCARDED, lifting_reason=reason
    )
    happened(
        WarningDiscarded(
            subject_id=str(row.pk),
            category=row.category,
            level=row.level,
            body_id=body_of(row),
            reason=reason,
        ),
        audience=row.audience,
    )
    return row


@action(Permission.DRAFT_WARNING)
def propose_lifting(
    actor: Actor, *, warning: Warning, reason: str, idempotency_key: str = ""
) -> Warning:
    """Tell a warning's body that it could be lifted; it stays in force. Publishes ``LiftingProposed``."""
    row = claimed(actor, warning)
    WARNING_MOVES.check(row.state, WarningState.LIFTED)
    row.change(
        expected_version=row.version,
        lifting_proposed_at=clock.now(actor.realm),
        lifting_reason=reason,
    )
    happened(
        LiftingProposed(
            subject_id=str(row.pk),
            category=row.category,
            level=row.level,
            body_id=body_of(row),
            reason=reason,
        ),
        audience=audience(row, issued=False),
    )
    return row


@action(Permission.DRAFT_WARNING)
def note_expiry(actor: Actor, *, warning: Warning, idempotency_key: str = "") -> Warning:
    """Tell a warning's body that its time is over; it stays in force. Publishes ``WarningExpired``.

    Does nothing where it is in force no more, or was prolonged.
    """
    row = claimed(actor, warning)
    now = clock.now(actor.realm)
    if row.state != WarningState.ISSUED or row.expires_at is None or row.expires_at > now:
        return row
    liaison = organization.liaison_of(row.issuing_body) if row.issuing_body else None
    if liaison and not organization.is_vacant(liaison):
        send_message(
            system_actor("node", _("监测值守"), actor.realm, Messaging.SEND_MESSAGE),
            to_post=liaison,
            title=_("有效期已到，请延续或解除：%(warning)s") % {"warning": row},
            text=row.scope or str(row),
            subject_kind=KIND,
            subject_id=str(row.pk),
            audience=["duty"],
            link=f"/monitoring/warnings/{row.pk}/",
        )
    fact = WarningExpired(
        subject_id=str(row.pk),
        category=row.category,
        level=row.level,
        body_id=body_of(row),
        expires_at=row.expires_at.isoformat(),
    )
    happened(fact, audience=row.audience)
    return row


def _waiting(actor: Actor, hazard: str, body: Body | None) -> Warning | None:
    rows = Warning.objects.select_for_update().filter(
        realm=actor.realm,
        hazard=hazard,
        issuing_body=body,
        state=WarningState.DRAFT,
        crossing__isnull=False,
    )
    return rows.first()


def _new(actor: Actor, hazard: str, body: Body | None, said: Mapping[str, Any]) -> Warning:
    pk, replaces = uuid7(), said["replaces"]
    warning = Warning(
        id=pk,
        realm=actor.realm,
        hazard=hazard,
        issuing_body=body,
        chain=replaces.chain if replaces else pk,
        **said,
    )
    warning.audience = audience(warning, issued=False)
    warning.save(force_insert=True)
    return warning
