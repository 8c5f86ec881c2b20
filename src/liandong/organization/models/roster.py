"""How the roster is laid: rules of rotation, swaps, and years of holidays entered by hand."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.person import Person
from liandong.organization.models.shift import Shift
from liandong.organization.states import RosterDays, ShiftRole, SwapState


class RosterRule(Versioned):
    """轮值规则: on some days, from a time of day for some hours, people take turns.

    ``people`` is the order that was set; ``queue`` is whose turn it is, the next one first.
    Several rules make a roster: day and night, leaders, holidays each have their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("名称"), max_length=60)
    role = models.CharField(_("班别"), max_length=10, choices=ShiftRole)
    days = models.CharField(_("哪些天"), max_length=10, choices=RosterDays)
    at = models.TimeField(_("接班时间"))
    hours = models.PositiveSmallIntegerField(_("时长"))
    people = ArrayField(models.UUIDField(), verbose_name=_("轮流的人"))
    queue = ArrayField(models.UUIDField())
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("轮值规则")

    def __str__(self) -> str:
        return self.title


class Swap(Versioned):
    """换班: somebody asks somebody else to take a shift, perhaps for one of theirs in return."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="swaps")
    in_return = models.ForeignKey(
        Shift, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("原因"), max_length=200)
    state = models.CharField(max_length=10, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField(_("提出时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("换班")
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state=SwapState.ASKED), name="swap_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} → {self.asked_of_id}"


class CalendarYear(Versioned):
    """放假安排: a year's holidays and made-up weekends as the notice gave them, entered by hand."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    holidays = ArrayField(models.DateField(), verbose_name=_("放假的日子"))
    workdays = ArrayField(models.DateField(), blank=True, verbose_name=_("调休上班的日子"))
    basis = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("放假安排")

    def __str__(self) -> str:
        return str(self.year)
