"""Bodies of the county and the duties they carry."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.states import BodyKind, Management, Phase


class Body(Versioned):
    """机构: a committee, headquarters, office, unit, township, village, enterprise or neighbor.

    One body may hang out several boards (几块牌子): ``aliases``. An office of a headquarters has
    the headquarters as ``parent`` and sits in a unit: ``office_of``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(_("标识"), max_length=64, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40)
    aliases = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    kind = models.CharField(_("类别"), max_length=30, choices=BodyKind)
    management = models.CharField(
        _("管理体制"), max_length=20, choices=Management, default=Management.COUNTY
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    office_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    division_code = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    hazard = models.CharField(_("灾种代码"), max_length=20, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)
    # Merged into another, or abolished and its work given there; nothing more is sent to it.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    merged_at = models.DateTimeField(_("撤并时间"), null=True, blank=True)
    # Where it sits, in WGS-84; both or neither.
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("机构")
        indexes = [models.Index(fields=["kind", "order", "sort_key"], name="body_listed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="body_seat_whole",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="body_merged_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class Duty(Versioned):
    """职责: what a body has to do for a hazard in a phase; a cell of the duty matrix (职责矩阵).

    ``hazard`` is a class of GB/T 35561 or a beginning of one; ``*`` means every hazard.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="duties")
    hazard = models.CharField(_("灾种代码"), max_length=20, default="*")
    phase = models.CharField(_("阶段"), max_length=20, choices=Phase)
    text = models.TextField(_("职责"))

    class Meta:
        verbose_name = _("职责")
        constraints = [
            models.UniqueConstraint(fields=["body", "hazard", "phase"], name="duty_once")
        ]
        indexes = [models.Index(fields=["hazard", "phase"], name="duty_asked")]

    def __str__(self) -> str:
        return self.text[:40]
