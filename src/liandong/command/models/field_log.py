"""What those on the spot write down for themselves, and how command there changes hands."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.field_post import FieldGroup, FieldPost
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned


class FieldLogLine(models.Model):
    """现场记录: one thing a group or the field headquarters noted, when it happened and when it came in.

    What it says stands in the journal alone, in the entry about this line. ``key`` is what the
    writer's device or paper calls it: sent again, it is the same line. ``cut_off``: written while
    nothing could be sent, and merged afterwards.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field_post = models.ForeignKey(FieldPost, on_delete=models.PROTECT, related_name="log")
    group = models.ForeignKey(
        FieldGroup,
        verbose_name=_("工作组"),
        null=True,
        on_delete=models.PROTECT,
        related_name="log",
    )
    key = models.CharField(max_length=64)
    happened_at = models.DateTimeField(_("发生时间"))
    entered_at = models.DateTimeField(_("记入时间"))
    entered_by = models.CharField(_("记入"), max_length=120)
    cut_off = models.BooleanField(_("断网期间补录"), default=False)

    class Meta:
        verbose_name = _("现场记录")
        ordering = ["happened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["field_post", "key"], name="one_line_of_a_log_a_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%F %R}"


class FieldHandover(Versioned):
    """现场交接: command on the spot given by one post, signed, and taken by another, signed.

    ``sheet`` is what stood open when it was given: ``{people, resting, orders, adjustments}``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field_post = models.ForeignKey(
        FieldPost, on_delete=models.PROTECT, related_name="handovers"
    )
    from_post = models.ForeignKey(
        "organization.Post", on_delete=models.PROTECT, related_name="+"
    )
    to_post = models.ForeignKey("organization.Post", on_delete=models.PROTECT, related_name="+")
    sheet = models.JSONField(_("交接单"))
    unsolved = models.TextField(_("没有解决的事"))
    given_by = models.CharField(_("交班签字"), max_length=120)
    given_at = models.DateTimeField(_("交班时间"))
    taken_by = models.CharField(_("接班签字"), max_length=120, blank=True)
    taken_at = models.DateTimeField(_("接班时间"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("现场交接")
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["field_post"],
                condition=Q(taken_at=None, lapsed_at=None),
                name="one_field_handover_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_post} → {self.to_post}"

    @property
    def is_waiting(self) -> bool:
        """Whether it was given, nobody has taken it, and headquarters has put no other in command."""
        return self.taken_at is None and self.lapsed_at is None
