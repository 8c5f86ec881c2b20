"""Posts, and the roles that they hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.actors import EVERYTHING
from liandong.kernel.ids import uuid7
from liandong.kernel.permissions import Role
from liandong.kernel.versions import Versioned
from liandong.organization.models.body import Body


class Post(Versioned):
    """岗位: a chair in a body. Orders go to posts, and posts hold the rights; people come and go.

    ``superior`` is the next rung of the ladder that an unanswered order climbs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("标识"), max_length=130, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("岗位名称"), max_length=60)
    superior = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="juniors"
    )
    rank = models.PositiveIntegerField(_("序位"), default=0)
    is_liaison = models.BooleanField(_("联络岗"), default=False)

    class Meta:
        verbose_name = _("岗位")
        indexes = [models.Index(fields=["body", "rank"], name="post_listed")]

    def __str__(self) -> str:
        return self.title


class PostRole(models.Model):
    """A role that a post holds, for one body and hazard or for all."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    body = models.CharField(max_length=36, default=EVERYTHING)
    hazard = models.CharField(max_length=20, default=EVERYTHING)

    class Meta:
        verbose_name = _("岗位角色")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "role", "body", "hazard"], name="post_role_once"
            )
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
