"""Records, and how much of each somebody sees."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import scopes_of
from liandong.kernel.wording import gettext as _
from liandong.sharing.models import Inspection, Record
from liandong.sharing.permissions import Permission
from liandong.sharing.states import RecordState, Sensitivity


def visible_to(actor: Actor) -> QuerySet[Record]:
    """The records an actor may see, in whatever realm: registers are the same in a drill."""
    rows = Record.objects.all()
    if EVERYTHING in actor.scopes:
        return rows
    return rows.filter(audience__overlap=scopes_of(actor))


def entitled(actor: Actor, record: Record) -> bool:
    """Whether an actor sees the sensitive fields of a record too."""
    return (
        record.sensitivity == Sensitivity.OPEN
        or bool({f"body:{record.body_id}", EVERYTHING} & actor.scopes)
        or actor.may(Permission.READ_SENSITIVE, body=str(record.body_id))
    )


def shown_values(
    actor: Actor, record: Record, values: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What an actor sees of a record's values, or of other ones of its, by key; the rest is absent."""
    register, kept = record.register, record.values if values is None else values
    hidden = frozenset() if entitled(actor, record) else register.sensitive
    return {
        field.key: kept[field.key]
        for field in register.fields
        if field.key in kept and field.key not in hidden
    }


def records_of(body: UUID) -> QuerySet[Record, UUID]:
    """The keys of a body's records."""
    return Record.objects.filter(body=body).values_list("pk", flat=True)


def record_by_number(actor: Actor, number: str) -> Record:
    """The record of a number. Raises ``Missing`` where there is none the actor may see."""
    record = visible_to(actor).select_related("body").filter(number=number).first()
    if record is None:
        raise Missing(
            _("没有编号为“%(number)s”的登记。") % {"number": number[:40]},
            place=_("编号"),
            remedy=_("请核对编号，或从登记簿的列表进入。"),
        )
    return record


def today() -> date:
    """The day the county is in: registers go by it in drills as well."""
    return localtime(clock.now(ACTUAL)).date()


def inspections_of(record: Record, *, limit: int = 20) -> list[Inspection]:
    """The inspections of a record, newest first."""
    return list(Inspection.objects.filter(record=record).order_by("-done_on", "-id")[:limit])


def alike(actor: Actor, record: Record) -> QuerySet[Record]:
    """Other records of the register that may speak of the same thing: the same name, or the same cell."""
    same = Q(name=record.name) | (Q(cell=record.cell) if record.cell else Q(pk__in=[]))
    rows = visible_to(actor).filter(same, kind=record.kind, state=RecordState.CURRENT)
    return rows.exclude(pk=record.pk).order_by("sort_key", "id")
