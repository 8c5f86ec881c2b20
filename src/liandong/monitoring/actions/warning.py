"""Warnings: proposed, issued by a person, adjusted and issued anew, lifted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring import rules
from liandong.monitoring.events import (
    LiftingProposed,
    WarningAdjusted,
    WarningDiscarded,
    WarningDrafted,
    WarningIssued,
    WarningLifted,
)
from liandong.monitoring.models import Crossing, Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import WARNING_MOVES, WarningState
from liandong.organization.models import Body

EVERYBODY = ("county", "public")


@action(Permission.DRAFT_WARNING)
def draft_warning(
    actor: Actor,
    *,
    hazard: str,
    category: str,
    level: str,
    starts_at: datetime | None = None,
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
            body_id=_body(warning),
            replaces=str(replaces.pk) if replaces else "",
            reason=reason,
        ),
        audience=warning.audience,
    )
    return warning


@action(Permission.ISSUE_WARNING)
def issue_warning(
    actor: Actor,
    *,
    warning: Warning,
    expected_version: int,
    category: str | None = None,
    level: str | None = None,
    starts_at: datetime | None = None,
    scope: str | None = None,
    cautions: str | None = None,
    measures: str | None = None,
    issuing_body: Body | None = None,
    areas: Sequence[str] | None = None,
    idempotency_key: str = "",
) -> Warning:
    """Issue a proposed warning as it stands, or with the elements that are given now.

    Publishes ``WarningIssued``, or ``WarningAdjusted`` when it takes the place of one in force.
    Refuses a warning that lacks one of the eight elements, naming it (《突发事件应对法》第六十四条),
    whoever may not issue for its body, and any that is not a draft.
    """
    draft = _claimed(actor, warning)
    WARNING_MOVES.check(draft.state, WarningState.ISSUED)
    # The proposal's own body first: naming another is no way around it.
    _demand(actor, Permission.ISSUE_WARNING, draft)
    given = _given(
        category=category,
        level=level,
        starts_at=starts_at,
        scope=scope,
        cautions=cautions,
        measures=measures,
        issuing_body=issuing_body,
        areas=areas,
    )
    for name, value in given.items():
        setattr(draft, name, value)
    _demand(actor, Permission.ISSUE_WARNING, draft)
    _check(draft)
    former = _claimed(actor, draft.replaces) if draft.replaces else None
    if former:
        _supersede(former, former.version)
    _publish(actor, draft, expected_version, given)
    _tell_published(draft, former)
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
    scope: str | None = None,
    cautions: str | None = None,
    measures: str | None = None,
    issuing_body: Body | None = None,
    areas: Sequence[str] | None = None,
    reason: str = "",
    idempotency_key: str = "",
) -> Warning:
    """Adjust a warning in force and issue it anew (《突发事件应对法》第七十条): returns the new one.

    Publishes ``WarningAdjusted``. Refuses what ``issue_warning`` refuses, and one not in force.
    """
    former = _claimed(actor, warning)
    WARNING_MOVES.check(former.state, WarningState.ADJUSTED)
    new = _copy(former, clock.now(actor.realm), reason)
    given = _given(
        category=category,
        level=level,
        starts_at=starts_at,
        scope=scope,
        cautions=cautions,
        measures=measures,
        issuing_body=issuing_body,
        areas=areas,
    )
    for name, value in given.items():
        setattr(new, name, value)
    _demand(actor, Permission.ADJUST_WARNING, former)
    _demand(actor, Permission.ADJUST_WARNING, new)
    _check(new)
    _supersede(former, expected_version)
    new.state, new.audience = WarningState.ISSUED, _audience(new, issued=True)
    new.published_at = clock.now(actor.realm)
    new.save(force_insert=True)
    _tell_published(new, former)
    return new


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
    row = _claimed(actor, warning)
    WARNING_MOVES.check(row.state, WarningState.LIFTED)
    _demand(actor, Permission.LIFT_WARNING, row)
    _ask(reason)
    now = clock.now(actor.realm)
    row.change(
        expected_version=expected_version,
        state=WarningState.LIFTED,
        ended_at=now,
        lifting_reason=reason,
    )
    happened(
        WarningLifted(
            subject_id=str(row.pk),
            category=row.category,
            hazard=row.hazard,
            level=row.level,
            body_id=_body(row),
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
    row = _claimed(actor, warning)
    WARNING_MOVES.check(row.state, WarningState.DISCARDED)
    _demand(actor, Permission.DISCARD_WARNING, row)
    _ask(reason)
    row.change(
        expected_version=expected_version, state=WarningState.DISCARDED, lifting_reason=reason
    )
    happened(
        WarningDiscarded(
            subject_id=str(row.pk),
            category=row.category,
            level=row.level,
            body_id=_body(row),
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
    row = _claimed(actor, warning)
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
            body_id=_body(row),
            reason=reason,
        ),
        audience=_audience(row, issued=False),
    )
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
    warning.audience = _audience(warning, issued=False)
    warning.save(force_insert=True)
    return warning


def _copy(former: Warning, now: datetime, reason: str) -> Warning:
    """A new warning that says what a former one said."""
    return Warning(
        realm=former.realm,
        hazard=former.hazard,
        chain=former.chain,
        replaces=former,
        category=former.category,
        level=former.level,
        starts_at=former.starts_at,
        scope=former.scope,
        cautions=former.cautions,
        measures=former.measures,
        issuing_body=former.issuing_body,
        areas=former.areas,
        crossing=former.crossing,
        drafted_at=now,
        reason=reason,
    )


def _claimed(actor: Actor, warning: Warning) -> Warning:
    """The row as it is now, in the actor's realm, held until the deed is done."""
    rows = Warning.objects.select_for_update(of=("self",)).select_related("replaces")
    row = rows.filter(pk=warning.pk, realm=actor.realm).first()
    if row is None:
        raise Missing(_("没有这条预警。"), remedy=_("请从预警列表进入。"))
    return row


def _given(**elements: Any) -> dict[str, Any]:
    """Those of the elements that somebody gave; the others stay as they are."""
    given = {name: value for name, value in elements.items() if value is not None}
    return given | ({"areas": list(given["areas"])} if "areas" in given else {})


def _demand(actor: Actor, permission: Permission, warning: Warning) -> None:
    """Ask whether the actor may for this body and hazard; system actors propose and never issue."""
    if actor.kind != "person":
        raise Forbidden(
            _("预警由人发布、调整和解除。"), remedy=_("请发布单位有权限的人员办理。")
        )
    actor.demand(permission, body=_body(warning), hazard=warning.hazard)


def _check(warning: Warning) -> None:
    missing = rules.missing_elements(warning)
    if missing:
        raise Invalid(
            _("警报缺少：%(what)s。") % {"what": listed(missing.values())},
            place=_("预警八要素"),
            remedy=_("《突发事件应对法》第六十四条要求写明，请补齐后再发布。"),
            fields={
                name: _("请填写%(what)s（第六十四条）") % {"what": label}
                for name, label in missing.items()
            },
        )


def _ask(reason: str) -> None:
    if not reason.strip():
        raise Invalid(
            _("没有写理由。"),
            place=_("理由"),
            remedy=_("请写明理由，便于事后复盘。"),
            fields={"reason": _("请填写理由")},
        )


def _supersede(former: Warning, expected_version: int) -> None:
    WARNING_MOVES.check(former.state, WarningState.ADJUSTED)
    former.change(expected_version=expected_version, state=WarningState.ADJUSTED)


def _publish(
    actor: Actor, draft: Warning, expected_version: int, given: Mapping[str, Any]
) -> None:
    draft.change(
        expected_version=expected_version,
        **given,
        state=WarningState.ISSUED,
        published_at=clock.now(actor.realm),
        audience=_audience(draft, issued=True),
    )


def _audience(warning: Warning, *, issued: bool) -> list[str]:
    """A proposal is its body's and the duty desk's; a warning in force is everybody's."""
    body = _body(warning)
    seen = {"duty", *([f"body:{body}"] if body else []), *(EVERYBODY if issued else ())}
    return sorted(seen)


def _body(warning: Warning) -> str:
    return str(warning.issuing_body_id or "")


def _tell_published(warning: Warning, former: Warning | None) -> None:
    said: dict[str, Any] = {
        "subject_id": str(warning.pk),
        "category": warning.category,
        "hazard": warning.hazard,
        "level": warning.level,
        "body_id": _body(warning),
        "starts_at": warning.starts_at.isoformat() if warning.starts_at else "",
        "published_at": warning.published_at.isoformat() if warning.published_at else "",
        "scope": warning.scope,
        "areas": list(warning.areas),
        "cautions": warning.cautions,
        "measures": warning.measures,
        "chain": str(warning.chain),
    }
    if former is None:
        happened(WarningIssued(**said), audience=warning.audience)
        return
    fact = WarningAdjusted(**said, former_level=former.level, replaces=str(former.pk))
    happened(fact, audience=warning.audience)
