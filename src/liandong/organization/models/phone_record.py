"""The duty telephone's book: what was said, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.organization.states import PhoneRecordState


class PhoneRecord(Scoped, Versioned):
    """电话记录: one call to or from the duty desk, with the eight things a record states.

    When, from whom, from which number, when it happened, where, what, losses, measures and wants.
    ``subject_*`` is what an app above made of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField(_("日期"))
    ordinal = models.PositiveIntegerField(_("次数"))
    called_at = models.DateTimeField(_("来电时间"))
    caller = models.CharField(_("来电单位、人"), max_length=120)
    number = models.CharField(_("电话"), max_length=40, blank=True)
    occurred = models.CharField(_("事发时间"), max_length=60, blank=True)
    place = models.CharField(_("地点"), max_length=300, blank=True)
    what = models.TextField(_("事件"))
    losses = models.CharField(_("伤亡损失"), max_length=500, blank=True)
    measures = models.CharField(_("已采取措施、需要"), max_length=1000, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=PhoneRecordState, default=PhoneRecordState.OPEN
    )
    outcome = models.CharField(_("处理结果"), max_length=500, blank=True)
    recorded_by = models.CharField(_("记录人"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))
    closed_by = models.CharField(_("办结人"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_name = models.CharField(_("转为"), max_length=200, blank=True)
    subject_url = models.CharField(max_length=300, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("电话记录")
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "day", "ordinal"], name="phone_records_counted_by_day"
            )
        ]
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "-called_at"], name="phone_record_listed"),
            models.Index(
                fields=["realm", "called_at"],
                condition=Q(state=PhoneRecordState.OPEN),
                name="phone_record_open",
            ),
        ]

    def __str__(self) -> str:
        return f"电话{self.day:%m%d}-{self.ordinal:02}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state == PhoneRecordState.OPEN
