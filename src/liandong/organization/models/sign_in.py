"""What the county asks of whoever signs in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.versions import Versioned


class SignInPolicy(Versioned):
    """登录要求: one row. Whoever holds one of these roles proves themselves twice at the door."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    second_factor_roles = ArrayField(
        models.CharField(max_length=30), blank=True, verbose_name=_("要求第二因素的角色")
    )

    class Meta:
        verbose_name = _("登录要求")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_sign_in_policy")
        ]

    def __str__(self) -> str:
        return "、".join(self.second_factor_roles)
