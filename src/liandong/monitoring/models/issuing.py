"""Who issues what by itself, and what a second person approves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.monitoring.states import Level


class IssuingRule(Versioned):
    """发布审批: from this level up, a warning goes out only when this post has approved it.

    Without a row a unit issues by itself. ``body`` empty means every unit, ``hazard`` is the
    beginning of a class code, blank for any.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(
        "organization.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hazard = models.CharField(_("灾种代码"), max_length=5, blank=True)
    level = models.CharField(_("级别"), max_length=1, choices=Level)
    approver = models.ForeignKey(
        "organization.Post", on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveIntegerField(_("多少分钟内批"), default=10)
    cite = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("发布审批")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "hazard", "level"],
                name="issuing_rule_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return _("%(level)s及以上由%(post)s批准") % {
            "level": Level(self.level).label,
            "post": self.approver,
        }


class WarningTemplate(Versioned):
    """拟稿用语: what the county says of a hazard at a level, instead of the program's own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hazard = models.CharField(_("灾种代码"), max_length=5)
    level = models.CharField(_("级别"), max_length=1, choices=Level)
    category = models.CharField(_("类别"), max_length=40)
    cautions = models.TextField(_("警示事项"))
    measures = models.TextField(_("应采取的措施"))

    class Meta:
        verbose_name = _("拟稿用语")
        constraints = [
            models.UniqueConstraint(fields=["hazard", "level"], name="warning_template_once")
        ]

    def __str__(self) -> str:
        return f"{self.category}{Level(self.level).label}"
