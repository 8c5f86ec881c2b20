"""Where accounts are signed in, and who is on duty at a shared machine."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.organization.models.account import Account
from liandong.organization.models.person import Person


class AccountSession(models.Model):
    """登录: one browser in which an account is signed in. Housekeeping; the journal keeps who came.

    Its key stands in the browser's session; ``ended_at`` ends that session with its next request.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    era = models.PositiveIntegerField()
    browser = models.CharField(_("设备与浏览器"), max_length=100)
    address = models.CharField(_("地址"), max_length=45)
    since = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近使用"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("登录")
        indexes = [
            models.Index(fields=["account", "ended_at", "seen_at"], name="session_of_account")
        ]

    def __str__(self) -> str:
        return self.browser


class Attendance(models.Model):
    """签到: somebody on duty at a duty-room machine, from signing on to signing off."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    since = models.DateTimeField(_("签到时间"))
    until = models.DateTimeField(_("签退时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("签到")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "person"], condition=Q(until=None), name="on_duty_once_a_desk"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.desk_id}"
