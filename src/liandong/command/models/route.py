"""Routes drawn on the map of an incident."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from shapely import LineString

from liandong.command.models.incident import Incident
from liandong.command.states import RouteKind, RouteState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned


class Route(Versioned):
    """线路: a line that people move along, keep off, or hold; whoever sees its incident sees it.

    ``points``: pairs of longitude and latitude in WGS-84. It is not redrawn: one that was wrong
    is withdrawn, and another drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="routes")
    kind = models.CharField(_("类别"), max_length=20, choices=RouteKind)
    name = models.CharField(_("名称"), max_length=60)
    points = models.JSONField(_("各点"))
    length_m = models.PositiveIntegerField(_("长度（米）"))
    state = models.CharField(
        _("状态"), max_length=20, choices=RouteState, default=RouteState.DRAWN
    )
    drawn_by = models.CharField(_("绘制"), max_length=120)
    drawn_at = models.DateTimeField(_("绘制时间"))
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("线路")
        indexes = [models.Index(fields=["incident", "state", "-drawn_at"], name="route_listed")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def line(self) -> LineString:
        """The route as a line in degrees."""
        return LineString(self.points)
