"""Incidents, and the register that numbers them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.states import IncidentState, Severity
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Register(models.Model):
    """编号簿: the number given last, in a year of a realm. Its row is the lock of whoever numbers."""

    realm = models.CharField(max_length=64)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "year"], name="one_register_a_year")
        ]

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.last}号"


class Incident(Scoped, Versioned):
    """突发事件: one emergency in its realm, from opening to close.

    Severity and the level of its responses are fields of their own, who commands is told by its
    command terms: none is derived from another. Four anchors are kept, because reports count from different ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("编号"), max_length=60)
    title = models.CharField(_("名称"), max_length=200)
    hazard = models.CharField(_("灾种代码"), max_length=20)
    severity = models.PositiveSmallIntegerField(
        _("事件级别"), choices=Severity, null=True, blank=True
    )
    # When the county came to know how severe it is; reports owed for that count from here.
    graded_at = models.DateTimeField(_("定级时间"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=IncidentState, default=IncidentState.OPEN
    )
    occurred_at = models.DateTimeField(_("发生时间"), null=True, blank=True)
    discovered_at = models.DateTimeField(_("发现时间"), null=True, blank=True)
    received_at = models.DateTimeField(_("接报时间"))
    leader_informed_at = models.DateTimeField(_("负责人接报时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=300, blank=True)
    # WGS-84; both or neither: nobody may yet know where it is.
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    townships = ArrayField(
        models.CharField(max_length=60), verbose_name=_("涉及乡镇"), default=list, blank=True
    )
    source = models.CharField(_("信息来源"), max_length=200, blank=True)
    warning = models.CharField(max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(_("登记时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    # Where it lives now, however often it was merged on the way; its own rows stay where they are.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )

    class Meta(Scoped.Meta):
        verbose_name = _("突发事件")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "-opened_at"], name="incident_listed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["realm", "number"], name="one_number_an_incident"),
            models.UniqueConstraint(
                fields=["realm", "warning"],
                condition=~Q(warning=""),
                name="one_incident_a_warning",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="incident_position_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=IncidentState.MERGED, merged_into__isnull=False)
                | ~Q(state=IncidentState.MERGED) & Q(merged_into=None),
                name="merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether orders may still be given in it."""
        return self.state == IncidentState.OPEN

    @property
    def lives_in(self) -> "Incident":
        """The incident in which it goes on: itself, or the one it was merged into."""
        return self.merged_into or self

    @property
    def scopes(self) -> frozenset[str]:
        """Who sees its head: the duty desk, whoever belongs to it, and everyone who was ordered."""
        return frozenset({"duty", f"incident:{self.pk}", *self.audience})
