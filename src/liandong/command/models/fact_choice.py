"""Which of several tellings of a figure counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.kernel.ids import uuid7
from liandong.kernel.visibility import Scoped


class FactChoice(Scoped):
    """核定: of what tellers said of a figure, the value a person settled on; the last one counts.

    ``value`` is a JSON scalar as facts keep it, ``source`` and ``said_at`` are whose word it was
    and when; ``others`` what the other tellers had said by then, as a page shows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="choices")
    name = models.CharField(_("事实"), max_length=64)
    value = models.JSONField(_("值"))
    source = models.CharField(_("来源"), max_length=200)
    said_at = models.DateTimeField(_("观测时间"))
    others = models.JSONField(_("其他说法"), default=list)
    reason = models.CharField(_("依据"), max_length=500)
    chosen_by = models.CharField(_("核定"), max_length=120)
    chosen_at = models.DateTimeField(_("核定时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("核定")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["incident", "name", "-chosen_at"], name="choice_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
