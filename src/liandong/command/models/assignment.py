"""Who and what is out: a resource, given to an order or an incident for a time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.models.order import Order
from liandong.command.states import AssignmentState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Assignment(Scoped, Versioned):
    """力量调配: one resource is in one place at a time, in each realm by itself; the database holds to it.

    ``key`` names realm and resource. Ranges of text, unlike texts, can be excluded by what every
    PostgreSQL brings along: ``btree_gist`` is not in the one that is shipped. ``during`` without an
    end lasts until it is released; what is released keeps the time it really took.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="assignments")
    order = models.ForeignKey(
        Order, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    record = models.ForeignKey(
        "sharing.Record", null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "organization.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=120, editable=False)
    name = models.CharField(_("力量"), max_length=200)
    owner = models.CharField(_("所属单位"), max_length=100, blank=True)
    during = DateTimeRangeField(_("时段"))
    state = models.CharField(
        _("状态"), max_length=20, choices=AssignmentState, default=AssignmentState.ASSIGNED
    )
    assigned_by = models.CharField(_("调派"), max_length=120)
    assigned_at = models.DateTimeField(_("调派时间"))
    released_by = models.CharField(_("放回"), max_length=120, blank=True)
    released_at = models.DateTimeField(_("放回时间"), null=True, blank=True)
    reason = models.CharField(_("放回原因"), max_length=300, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("力量调配")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "incident"], name="assignment_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(record__isnull=False, person=None)
                | Q(record=None, person__isnull=False),
                name="assignment_of_one_thing",
            ),
            ExclusionConstraint(
                name="assignment_never_twice",
                expressions=[
                    (
                        Func(F("key"), F("key"), Value("[]"), function="command_text_range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state=AssignmentState.ASSIGNED),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_out(self) -> bool:
        """Whether it has not been given back."""
        return self.state == AssignmentState.ASSIGNED

    @property
    def whither(self) -> str:
        """With whom it is, in words."""
        if self.order:
            return f"{self.order.to_body} · {self.order}"
        return self.incident.title
