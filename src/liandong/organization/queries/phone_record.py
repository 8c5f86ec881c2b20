"""The duty telephone's book."""

from uuid import UUID

from django.db.models import QuerySet

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization.models import PhoneRecord
from liandong.organization.states import PhoneRecordState


def visible_phone_records(actor: Actor) -> QuerySet[PhoneRecord]:
    """Records the actor may see."""
    return visible(PhoneRecord.objects.all(), actor)


def phone_record_for(actor: Actor, pk: UUID) -> PhoneRecord:
    """Return a record the actor may see; raises ``Missing``."""
    row = visible_phone_records(actor).filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条电话记录。"), remedy=_("请从电话记录列表进入。"))
    return row


def open_phone_records(actor: Actor) -> QuerySet[PhoneRecord]:
    """Records about which something is still to be done, the oldest first."""
    rows = visible_phone_records(actor).filter(state=PhoneRecordState.OPEN)
    return rows.order_by("called_at", "id")
