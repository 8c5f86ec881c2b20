"""Rows of messaging: ways to people, messages, and a receipt for each way tried."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.messaging.states import Channel, CheckResult, ReceiptState
from liandong.organization.models import Person, Post


class ContactPoint(Versioned):
    """联系方式: one way to a person, or to a post whoever holds it. ``rank`` 1 is tried first.

    ``is_stale`` marks one that somebody found not to work (空号, 停机, 退信); it is shown, not used.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_points"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_points"
    )
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    address = models.CharField(_("号码或地址"), max_length=200)
    rank = models.PositiveSmallIntegerField(_("顺序"), default=1)
    verified_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    is_stale = models.BooleanField(_("已失效"), default=False)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("联系方式")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(post=None), name="contact_point_has_one_owner"
            ),
            models.UniqueConstraint(
                fields=["person", "channel", "address"],
                condition=Q(retired_at=None),
                name="contact_point_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["post", "channel", "address"],
                condition=Q(retired_at=None),
                name="contact_point_once_a_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{Channel(self.channel).label} {self.address}"


class ContactCheck(models.Model):
    """试拨: a number or address was tried once; what came of it, and who answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, related_name="checks"
    )
    result = models.CharField(_("结果"), max_length=12, choices=CheckResult)
    answered_by = models.CharField(_("接听人"), max_length=60, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("试拨人"), max_length=200)

    class Meta:
        verbose_name = _("试拨")
        indexes = [models.Index(fields=["contact_point", "-at"], name="check_latest")]

    def __str__(self) -> str:
        return str(CheckResult(self.result).label)


class Message(Scoped):
    """消息: something a post has to be told, whoever holds it then. About any subject of any app."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="messages")
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    subject_kind = models.CharField(max_length=100, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    incident = models.CharField(max_length=64, blank=True)
    is_urgent = models.BooleanField(_("紧急"), default=False)
    link = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(_("发出时间"))
    sender = models.CharField(_("发送人"), max_length=200)

    class Meta(Scoped.Meta):
        verbose_name = _("消息")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["subject_kind", "subject_id"], name="message_subject"),
            models.Index(fields=["to_post", "-sent_at"], name="message_to_post"),
            models.Index(fields=["realm", "-sent_at", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(Versioned):
    """回执: what is known of one message on one way to one person, or to a post's own mailbox.

    ``begun_at`` stands while an attempt is in hand, on the real clock; it is written before the
    attempt, apart from every transaction, so that a process that dies leaves it behind.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts"
    )
    name = models.CharField(_("收件人"), max_length=100)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    address = models.CharField(_("号码或地址"), max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ReceiptState, default=ReceiptState.QUEUED
    )
    attempts = models.PositiveIntegerField(_("已试次数"), default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(_("原因"), max_length=500, blank=True)
    queued_at = models.DateTimeField(_("登记时间"))
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("已阅时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("回执")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person", "channel", "address"],
                name="receipt_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(
                fields=["person", "message"],
                name="receipt_unread",
                condition=Q(channel=Channel.IN_APP) & ~Q(state=ReceiptState.READ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {Channel(self.channel).label}"

    @property
    def idempotency_key(self) -> str:
        """What every channel is told, so that one receipt is one message at the other end."""
        return str(self.id)

    @property
    def is_broken_off(self) -> bool:
        """An attempt was begun and its end is not known (or it is running just now)."""
        return self.state == ReceiptState.QUEUED and self.begun_at is not None
