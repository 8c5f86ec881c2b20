"""What was ordered of many at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.kernel.ids import uuid7
from liandong.kernel.visibility import Scoped


class Dispatch(Scoped):
    """群发: one text to many units in one deed. Each unit has an order of its own; this binds them.

    Seen by the headquarters only: a unit sees its own order, not who else got one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="dispatches")
    text = models.TextField(_("内容"))
    issued_by = models.CharField(_("下达"), max_length=120)
    issued_at = models.DateTimeField(_("下达时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("群发")

    def __str__(self) -> str:
        return self.text[:60]
