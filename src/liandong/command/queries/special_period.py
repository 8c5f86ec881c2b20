"""Special periods: in force, past, what is owed for them, and what plans may take from them."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from liandong.command.models import CongressFiling, Incident, SpecialPeriod
from liandong.command.states import SpecialPeriodState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def visible_special_periods(actor: Actor) -> QuerySet[SpecialPeriod]:
    """The special periods an actor may see, the newest first."""
    rows = SpecialPeriod.objects.select_related("incident")
    return visible(rows.order_by("-starts_at", "-id"), actor)


def periods_in_force(actor: Actor, at: datetime) -> QuerySet[SpecialPeriod]:
    """Those of them whose powers may be used at a moment."""
    return visible_special_periods(actor).filter(_holding(at))


def periods_of(incident: Incident, at: datetime) -> list[SpecialPeriod]:
    """Every period in force in an incident's realm; whether it covers the incident is a rule's."""
    rows = SpecialPeriod.objects.filter(_holding(at), realm=incident.realm)
    return list(rows.order_by("starts_at"))


def special_period_for(actor: Actor, pk: UUID | str) -> SpecialPeriod:
    """Return one; raises ``Missing``."""
    try:
        found = visible_special_periods(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这个特殊时期，或者您所在岗位看不到它。"), remedy=_("请从特殊时期页进入。")
        )
    return found


def visible_filings(actor: Actor) -> QuerySet[CongressFiling]:
    """What has to be filed with the people's congress, the most urgent first."""
    rows = CongressFiling.objects.select_related("special_period")
    return visible(rows.order_by("due_at", "id"), actor)


def filing_for(actor: Actor, pk: UUID | str) -> CongressFiling:
    """Return one; raises ``Missing``."""
    try:
        found = visible_filings(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这项备案，或者您所在岗位看不到它。"), remedy=_("请从特殊时期页进入。")
        )
    return found


def _holding(at: datetime) -> Q:
    return Q(state=SpecialPeriodState.IN_FORCE, starts_at__lte=at) & (
        Q(ends_at=None) | Q(ends_at__gt=at)
    )
