"""Field headquarters, and the groups that work in them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import FieldPostKind, FieldPostState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped

# No paper of the county says how long somebody works on the spot before they rest; pages mark it as assumed.
ASSUMED_SHIFT_HOURS = 8


class FieldPost(Scoped, Versioned):
    """现场指挥部: who commands on the spot, and in which groups; one at a time in an incident.

    Where somebody is sent alone, ``kind`` is a commissioner's, and there are no groups until it is
    expanded.
    Opened, and withdrawn, by a decision of its own: neither follows from the response.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="field_posts")
    kind = models.CharField(
        _("形式"),
        max_length=20,
        choices=FieldPostKind,
        default=FieldPostKind.HEADQUARTERS,
    )
    name = models.CharField(_("名称"), max_length=120)
    place = models.CharField(_("地点"), max_length=300)
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    commander = models.ForeignKey(
        "organization.Post",
        verbose_name=_("现场指挥长"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("状态"), max_length=20, choices=FieldPostState, default=FieldPostState.OPEN
    )
    # How long somebody works there before they rest; none: what the county assumes.
    shift_hours = models.PositiveSmallIntegerField(_("班时（小时）"), null=True, blank=True)
    opened_by = models.CharField(_("设立"), max_length=120)
    opened_at = models.DateTimeField(_("设立时间"))
    closed_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    closed_reason = models.TextField(_("撤销情况"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("现场指挥部")
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(state=FieldPostState.OPEN),
                name="one_open_field_post",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="field_post_position_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it commands on the spot."""
        return self.state == FieldPostState.OPEN

    @property
    def is_commissioner(self) -> bool:
        """Whether somebody was sent there alone."""
        return self.kind == FieldPostKind.COMMISSIONER

    @property
    def shift(self) -> timedelta:
        """How long somebody works there before they rest."""
        return timedelta(hours=self.shift_hours or ASSUMED_SHIFT_HOURS)


class FieldGroup(models.Model):
    """现场工作组: who leads a group of a field headquarters, and which bodies work in it.

    ``members``: ``[{body, name}]``. Changed by whoever has seen its field headquarters' version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field_post = models.ForeignKey(FieldPost, on_delete=models.PROTECT, related_name="groups")
    key = models.CharField(_("标识"), max_length=64)
    name = models.CharField(_("名称"), max_length=60)
    order = models.PositiveSmallIntegerField(_("次序"))
    leader = models.ForeignKey(
        "organization.Post",
        verbose_name=_("组长"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    members = models.JSONField(_("成员单位"), default=list)

    class Meta:
        verbose_name = _("现场工作组")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["field_post", "key"], name="one_group_a_key")
        ]

    def __str__(self) -> str:
        return self.name
