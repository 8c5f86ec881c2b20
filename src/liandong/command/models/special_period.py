"""Times in which a law gives powers that it gives at no other time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from shapely import Polygon

from liandong.command.models.incident import Incident
from liandong.command.states import SpecialPeriodKind, SpecialPeriodState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.kernel.wording import listed


class SpecialPeriod(Scoped, Versioned):
    """特殊时期: declared by whom the law names, for an area and a time, ended by a decision of its own.

    ``townships`` empty and no ``points``: the whole county. ``points``: the corners of an area in
    WGS-84, longitude first. ``ends_at`` empty: until lifted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="special_periods"
    )
    kind = models.CharField(_("种类"), max_length=30, choices=SpecialPeriodKind)
    declared_by = models.CharField(_("宣布机关"), max_length=120)
    paper = models.CharField(_("文号"), max_length=60)
    words = models.TextField(_("事项和要求"))
    townships = ArrayField(
        models.CharField(max_length=60), verbose_name=_("乡镇"), default=list, blank=True
    )
    points = models.JSONField(_("范围各点"), default=list, blank=True)
    starts_at = models.DateTimeField(_("起"))
    ends_at = models.DateTimeField(_("止"), null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(_("延长次数"), default=0)
    state = models.CharField(
        _("状态"),
        max_length=20,
        choices=SpecialPeriodState,
        default=SpecialPeriodState.IN_FORCE,
    )
    entered_by = models.CharField(_("登记"), max_length=120)
    entered_at = models.DateTimeField(_("登记时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    lifted_by = models.CharField(_("解除机关"), max_length=120, blank=True)
    lifted_paper = models.CharField(_("解除文号"), max_length=60, blank=True)
    lifted_reason = models.TextField(_("解除理由"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("特殊时期")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "-starts_at"], name="period_in_force"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="period_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return _("%(kind)s（%(area)s）") % {"kind": self.get_kind_display(), "area": self.area}

    @property
    def area(self) -> str:
        """Where it holds, in words."""
        if self.townships:
            return listed(self.townships)
        return str(_("图上划定范围") if self.points else _("全县"))

    @property
    def shape(self) -> Polygon | None:
        """Where it holds as an area in degrees; None where it is said in words only."""
        return Polygon(self.points) if self.points else None

    @property
    def is_in_force(self) -> bool:
        """Whether it stands as declared, also before it begins."""
        return self.state == SpecialPeriodState.IN_FORCE
