"""Shifts: who sits at the duty desk, and which leader is in charge, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.body import Body
from liandong.organization.models.person import Person
from liandong.organization.states import ShiftRole


class Shift(Versioned):
    """班次: a person at the desk or in charge of it, from one moment to another.

    A shift says who answers now; what they may do, the posts they hold say. One that was taken
    off the roster keeps its row, with the moment. ``body`` is whose desk it is: a unit's or
    township's, and the county's own where none is named. ``rule`` is what it was laid by.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="shifts"
    )
    rule = models.ForeignKey(
        "organization.RosterRule",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="shifts",
    )
    role = models.CharField(_("班别"), max_length=10, choices=ShiftRole)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shifts")
    from_at = models.DateTimeField(_("接班时间"))
    until_at = models.DateTimeField(_("交班时间"))
    note = models.CharField(_("备注"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("班次")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="shift_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["role", "person", "from_at"],
                condition=Q(withdrawn_at=None),
                name="shift_once",
            ),
        ]
        indexes = [models.Index(fields=["from_at", "until_at"], name="shift_when")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}{self.from_at:%F %H:%M}"
