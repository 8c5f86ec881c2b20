"""The county's list of whom a warning must reach by voice."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.messaging.states import Tier, Urgency
from liandong.organization.models import Person, Post


class CallListing(Versioned):
    """叫应名单的一行: a person, or a post whoever holds it, who must answer for a place.

    ``area`` is a division code of 6, 9 or 12 digits: a warning for the township reaches its villages
    too, and one for a village reaches its township and county. No ``hazards``: every hazard.
    ``superior`` goes to the door when nobody answers; blank: who is above in the same place.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="call_listings"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="call_listings"
    )
    tier = models.PositiveSmallIntegerField(_("层级"), choices=Tier)
    area = models.CharField(_("行政区划代码"), max_length=12)
    area_name = models.CharField(_("地方"), max_length=60)
    hazards = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    from_urgency = models.PositiveSmallIntegerField(
        _("起叫级别"), choices=Urgency, default=Urgency.ORANGE
    )
    order = models.PositiveIntegerField(_("顺序"), default=0)
    deputy = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    superior = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("叫应名单")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(post=None), name="call_listing_has_one_owner"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "area"],
                condition=Q(retired_at=None),
                nulls_distinct=False,
                name="call_listing_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area"], name="call_listing_area", condition=Q(retired_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_name} {self.person or self.post}"
