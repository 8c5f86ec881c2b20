"""Warnings: those in force, and those that wait for somebody to issue them."""

from django.db.models import QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Level, WarningState


def active_warnings(realm: str) -> QuerySet[Warning]:
    """The warnings in force, newest first. For code that decides; pages ask ``warnings_for``."""
    rows = Warning.objects.filter(realm=realm, state=WarningState.ISSUED)
    return rows.select_related("issuing_body").order_by("-published_at", "-pk")


def overdue_warnings(realm: str) -> QuerySet[Warning]:
    """The warnings in force whose time is over: to be prolonged or lifted by a person."""
    return active_warnings(realm).filter(expires_at__lte=clock.now(realm))


def warnings_for(actor: Actor) -> QuerySet[Warning]:
    """The warnings an actor may see, in every state, newest first."""
    return visible(Warning.objects.select_related("issuing_body"), actor).order_by("-pk")


def drafts_for(actor: Actor) -> list[Warning]:
    """The proposed warnings that this actor could issue, oldest first."""
    if not actor.may(Permission.ISSUE_WARNING):
        return []
    drafts = warnings_for(actor).filter(state=WarningState.DRAFT).order_by("pk")
    return [draft for draft in drafts if may_issue(actor, draft)]


def may_issue(actor: Actor, warning: Warning) -> bool:
    """Say whether the actor may issue for the body and hazard of a warning."""
    body = str(warning.issuing_body_id or "")
    return actor.may(Permission.ISSUE_WARNING, body=body, hazard=warning.hazard)


def may_lift(actor: Actor, warning: Warning) -> bool:
    """Say whether the actor may lift a warning of this body and hazard."""
    body = str(warning.issuing_body_id or "")
    return actor.may(Permission.LIFT_WARNING, body=body, hazard=warning.hazard)


def elements(warning: Warning) -> list[tuple[str, object]]:
    """The eight elements by their names (《突发事件应对法》第六十四条), as they stand."""
    return [
        (_("类别"), warning.category),
        (_("级别"), warning.level and Level(warning.level).label),
        (_("起始时间"), warning.starts_at),
        (_("可能影响范围"), warning.scope),
        (_("警示事项"), warning.cautions),
        (_("应采取的措施"), warning.measures),
        (_("发布单位"), warning.issuing_body),
        (_("发布时间"), warning.published_at),
    ]


def warning_with(pk: str) -> Warning | None:
    """One warning, for code that decides; None where there is none."""
    return Warning.objects.select_related("issuing_body").filter(pk=pk).first()
