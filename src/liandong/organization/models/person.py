"""People, and the posts they were appointed to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.post import Post


class Person(Versioned):
    """人员: somebody who may hold posts. How to reach them is kept by messaging.

    ``left_at`` is when they left the county's mechanism for good; their row stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("姓名"), max_length=60)
    sort_key = models.CharField(max_length=250, editable=False)
    left_at = models.DateTimeField(_("离开时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("人员")
        indexes = [models.Index(fields=["sort_key", "id"], name="person_listed")]

    def __str__(self) -> str:
        return self.name


class Appointment(Versioned):
    """任职: a person at a post from one moment to another, as its holder or as B角 (deputy).

    ``leave`` is the one during which they stand in for its holder, and with which it ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    is_deputy = models.BooleanField(_("B角"), default=False)
    from_at = models.DateTimeField(_("任职时间"))
    until_at = models.DateTimeField(_("离任时间"), null=True, blank=True)
    leave = models.ForeignKey(
        "organization.Leave",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stand_ins",
    )

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(is_deputy=False, until_at=None),
                name="one_holder_a_post",
            ),
            models.UniqueConstraint(
                fields=["post", "person"], condition=Q(until_at=None), name="one_chair_a_person"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                name="appointment_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "until_at"], name="appointment_of_person"),
            models.Index(fields=["post", "until_at"], name="appointment_at_post"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.post_id}"
