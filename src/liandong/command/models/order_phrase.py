"""What the county orders again and again, in its own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models import Post


class OrderPhrase(Versioned):
    """常用指令: words of an order kept ready, with whom it usually goes to and in what time.

    ``hazard`` is the beginning of a class code, blank for any. What ＿＿ stands for is filled in when
    the order is given. Drills use the same ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.CharField(_("指令内容"), max_length=500)
    hazard = models.CharField(_("灾种代码"), max_length=20, blank=True)
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True)
    acknowledge_within = models.DurationField(_("复诵限"), null=True, blank=True)
    finish_within = models.DurationField(_("完成限"), null=True, blank=True)
    needs_proof = models.JSONField(_("完成时须附"), default=list, blank=True)
    in_force = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("常用指令")
        constraints = [
            models.UniqueConstraint(
                fields=["text", "hazard"],
                condition=models.Q(in_force=True),
                name="one_phrase_once",
            )
        ]

    def __str__(self) -> str:
        return self.text
