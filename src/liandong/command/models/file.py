"""Files handed in to an incident as a whole; those about an order stand with its notes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.kernel.ids import uuid7
from liandong.kernel.visibility import Scoped


class IncidentFile(Scoped):
    """事件资料: a photograph, map or paper of an incident, what it shows, and who handed it in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("kernel.File", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.CharField(_("交件"), max_length=120)
    at = models.DateTimeField(_("收存时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("事件资料")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["incident", "-at"], name="incident_files_listed"),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file)
