"""Leave: who is away from when to when, and who stands in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.person import Person


class Leave(Versioned):
    """请假: a person is away from one moment to another. Their chairs stay theirs.

    What comes to their posts goes to the deputies meanwhile, ``stand_in`` among them.
    ``ended_at`` is when they were back sooner (销假).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    stand_in = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in"
    )
    from_at = models.DateTimeField(_("开始"))
    until_at = models.DateTimeField(_("截止"))
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    entered_by = models.CharField(_("登记"), max_length=200)
    ended_at = models.DateTimeField(_("销假时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("请假")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="leave_ends_after_it_begins"
            )
        ]
        indexes = [
            models.Index(
                fields=["person", "from_at", "until_at"],
                condition=Q(ended_at=None),
                name="leave_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.from_at:%F} – {self.until_at:%F}"
