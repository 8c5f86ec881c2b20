"""Who answers for what: reservoirs, slopes, households, dams, each with its people by name."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.person import Person
from liandong.organization.models.post import Post
from liandong.organization.states import ResponsibilityRole


class Responsibility(Versioned):
    """责任关系: a person, or a post whoever holds it, answers for an object of an app above.

    With both, the person answers as holder of the post, and no longer once they left it. The
    object stands here as plain values: its kind, its id and the name it had.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object_kind = models.CharField(_("对象类别"), max_length=60)
    object_id = models.CharField(_("对象编号"), max_length=64)
    object_name = models.CharField(_("责任对象"), max_length=200)
    role = models.CharField(_("责任"), max_length=20, choices=ResponsibilityRole)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responsibilities",
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="responsibilities"
    )
    from_at = models.DateTimeField(_("开始"))
    until_at = models.DateTimeField(_("截止"), null=True, blank=True)

    class Meta:
        verbose_name = _("责任关系")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(post__isnull=False),
                name="responsibility_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                name="responsibility_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["object_kind", "object_id", "role", "person", "post"],
                condition=Q(until_at=None),
                nulls_distinct=False,
                name="responsible_once",
            ),
        ]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="responsibility_of_object"),
            models.Index(fields=["person", "until_at"], name="responsibility_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.object_name} {self.get_role_display()}"
