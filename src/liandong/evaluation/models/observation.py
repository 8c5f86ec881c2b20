"""What was seen in a drill, and how far its objectives were met."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.evaluation.models.drill import Drill
from liandong.evaluation.models.inject import Inject
from liandong.evaluation.states import Grade, Met
from liandong.kernel.ids import uuid7


class Observation(models.Model):
    """评估记录: what somebody who watches saw, of whom or what, and how it was done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="observations")
    inject = models.ForeignKey(
        Inject,
        verbose_name=_("情景注入"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    about = models.CharField(_("对象"), max_length=120)
    grade = models.CharField(_("评定"), max_length=20, choices=Grade)
    words = models.TextField(_("看到的"))
    at = models.DateTimeField(_("演练时刻"))
    by = models.CharField(_("记录人"), max_length=120)

    class Meta:
        verbose_name = _("评估记录")

    def __str__(self) -> str:
        return f"{self.about} {self.get_grade_display()}"


class AimRating(models.Model):
    """目标评定: how far one objective was met; counted from 1 as the drill's plan lists them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="ratings")
    number = models.PositiveSmallIntegerField(_("序号"))
    met = models.CharField(_("达到程度"), max_length=20, choices=Met)
    words = models.CharField(_("说明"), max_length=500, blank=True)
    by = models.CharField(_("评定人"), max_length=120)

    class Meta:
        verbose_name = _("目标评定")
        constraints = [models.UniqueConstraint(fields=["drill", "number"], name="aim_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_met_display()}"
