"""What of the registers can be found: records by name, number, address and township."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel.search.indexing import Searchable, searched, subject
from liandong.kernel.wording import listed
from liandong.organization.events import BodyRenamed
from liandong.sharing import queries
from liandong.sharing.events import (
    RecordChanged,
    RecordEntered,
    RecordRestored,
    RecordsMerged,
    RecordWithdrawn,
)
from liandong.sharing.models import Record
from liandong.sharing.states import RecordState


@searched(
    "sharing.record",
    label=_("登记"),
    icon="database",
    rows=lambda: Record.objects.filter(state=RecordState.CURRENT).select_related("body"),
    after={
        RecordEntered: subject,
        RecordChanged: subject,
        RecordWithdrawn: subject,
        RecordRestored: subject,
        RecordsMerged: subject,
        BodyRenamed: lambda fact: queries.records_of(UUID(fact.subject_id)),
    },
)
def record(row: Record) -> Searchable:
    """A record, by what everybody who sees it may read of it: sensitive fields are not among it."""
    told = [str(row.register.title), row.number, row.body.short_name]
    return Searchable(
        title=row.name,
        detail=listed(one for one in (*told, row.address) if one),
        names=[row.number, row.address],
        url=reverse("sharing:record", args=[row.number]),
        audience=row.audience,
        weight=20,
    )
