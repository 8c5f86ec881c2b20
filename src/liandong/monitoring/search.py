"""What of monitoring can be found: stations by name, code and river; warnings as far as one sees them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel.search.indexing import Searchable, searched, subject
from liandong.kernel.wording import listed
from liandong.monitoring import queries
from liandong.monitoring.events import (
    StationRegistered,
    WarningAdjusted,
    WarningDiscarded,
    WarningDrafted,
    WarningIssued,
    WarningLifted,
)
from liandong.monitoring.models import (
    Station,
    Warning,  # noqa: A004 -- the county's word for it
)
from liandong.monitoring.states import StationKind, WarningState


def _stations() -> QuerySet[Station]:
    return queries.stations()


def _warnings() -> QuerySet[Warning]:
    return Warning.objects.select_related("issuing_body")


@searched(
    "monitoring.station",
    label=_("测站"),
    icon="antenna",
    rows=_stations,
    after={StationRegistered: subject},
)
def station(row: Station) -> Searchable:
    """A station."""
    return Searchable(
        title=row.name,
        detail=listed(
            part for part in (str(StationKind(row.kind).label), row.river, row.code) if part
        ),
        names=[row.code, row.river],
        url=reverse("monitoring:station", args=[row.code]),
        audience={"county"},
        weight=20,
    )


@searched(
    "monitoring.warning",
    label=_("预警"),
    icon="alert-triangle",
    rows=_warnings,
    after={
        WarningDrafted: subject,
        WarningIssued: subject,
        WarningAdjusted: lambda fact: [fact.subject_id, fact.replaces],
        WarningLifted: subject,
        WarningDiscarded: subject,
    },
)
def warning(row: Warning) -> Searchable:
    """A warning in whatever state it is, seen by whom its list shows it to."""
    state = WarningState(row.state)
    return Searchable(
        title=str(row) if row.level else row.category,
        detail=listed(part for part in (str(state.label), row.scope) if part),
        names=[row.scope],
        url=reverse("monitoring:warning", args=[row.pk]),
        realm=row.realm,
        audience=row.audience,
        weight=40 if state == WarningState.ISSUED else 5,
        at=row.drafted_at,
    )
