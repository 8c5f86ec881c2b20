"""A call-out, whom it calls, and each time a number was dialed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.messaging.models.call_list import CallListing
from liandong.messaging.states import (
    OPEN_ATTEMPTS,
    AnswerWay,
    AttemptState,
    CalleeState,
    CallOutcome,
    CallOutState,
    Tier,
    Urgency,
)
from liandong.organization.models import Person, Post


class CallOut(Scoped, Versioned):
    """叫应: people are called about a subject until each has answered or somebody goes to them.

    ``chain`` is what call-outs about one and the same thing have in common: whoever answered in the
    chain at this urgency or a higher one is not called again. ``is_test`` marks a 试呼.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    chain = models.CharField(max_length=64, blank=True)
    incident = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=300, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("语音内容"))
    seconds = models.PositiveSmallIntegerField(_("语音时长（秒）"))
    hazard = models.CharField(_("灾种代码"), max_length=20, blank=True)
    urgency = models.PositiveSmallIntegerField(_("级别"), choices=Urgency)
    areas = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    is_test = models.BooleanField(_("试呼"), default=False)
    state = models.CharField(
        max_length=10, choices=CallOutState, default=CallOutState.RUNNING, editable=False
    )
    started_at = models.DateTimeField(_("开始时间"))
    started_by = models.CharField(_("发起人"), max_length=200)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    reason = models.CharField(_("停止理由"), max_length=500, blank=True)

    class Meta(Scoped.Meta):
        abstract = False
        verbose_name = _("叫应")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["subject_kind", "subject_id"], name="call_out_subject"),
            models.Index(fields=["realm", "-started_at"], name="call_out_newest"),
            models.Index(
                fields=["realm"],
                name="call_out_running",
                condition=Q(state=CallOutState.RUNNING),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Callee(Versioned):
    """被叫应人: one person, or a vacant post, in one call-out.

    ``rungs`` are the numbers to dial one after another, planned at the start: own ones, then the
    deputy's; ``rung`` is the next and ``number`` what stands there. ``turn`` is the place in the
    fair order. ``answered_at`` is when they answered, ``recorded_at`` when the node learned of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call_out = models.ForeignKey(CallOut, on_delete=models.PROTECT, related_name="callees")
    listing = models.ForeignKey(
        CallListing, null=True, on_delete=models.PROTECT, related_name="callees"
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="callees"
    )
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="callees")
    name = models.CharField(_("姓名"), max_length=100)
    tier = models.PositiveSmallIntegerField(_("层级"), choices=Tier)
    area = models.CharField(max_length=12)
    area_name = models.CharField(_("地方"), max_length=60)
    town = models.CharField(max_length=9)
    turn = models.PositiveIntegerField()
    rungs: "models.JSONField[list[dict[str, Any]]]" = models.JSONField(default=list)
    rung = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(_("号码"), max_length=40, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=CalleeState, default=CalleeState.WAITING
    )
    tries = models.PositiveSmallIntegerField(_("已拨次数"), default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        _("最近一次结果"), max_length=12, choices=CallOutcome, blank=True
    )
    way = models.CharField(_("应答方式"), max_length=10, choices=AnswerWay, blank=True)
    answered_at = models.DateTimeField(_("应答时间"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    answered_by = models.CharField(_("应答人"), max_length=100, blank=True)
    read_back = models.CharField(_("复述"), max_length=500, blank=True)
    noted_by = models.CharField(_("登记人"), max_length=200, blank=True)
    goer = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    goer_name = models.CharField(_("上门人"), max_length=100, blank=True)
    goer_number = models.CharField(max_length=40, blank=True)
    go_by = models.DateTimeField(_("上门时限"), null=True, blank=True)
    goer_told_at = models.DateTimeField(null=True)
    trouble = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("被叫应人")
        constraints = [
            models.UniqueConstraint(
                fields=["call_out", "person"],
                condition=Q(person__isnull=False),
                name="callee_once",
            )
        ]
        indexes = [
            models.Index(fields=["call_out", "state", "tries", "turn"], name="callee_in_turn"),
            models.Index(fields=["person"], name="callee_person"),
            models.Index(fields=["number"], name="callee_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number_shown(self) -> str:
        """The number to dial by hand: what is next, else the first there was."""
        first = self.rungs[0]["number"] if self.rungs else ""
        return self.number or str(first)


class CallAttempt(models.Model):
    """一次呼叫: a number dialed once. Its id is the key by which the gateway knows it.

    It is written and committed before the gateway hears of it, and told under the same key as
    often as needed: a process that dies in between makes neither a second call nor none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    callee = models.ForeignKey(Callee, on_delete=models.PROTECT, related_name="attempts")
    number = models.CharField(_("号码"), max_length=40)
    name = models.CharField(_("接听对象"), max_length=100)
    is_deputy = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=AttemptState, default=AttemptState.CLAIMED, editable=False
    )
    outcome = models.CharField(_("结果"), max_length=12, choices=CallOutcome, blank=True)
    claimed_at = models.DateTimeField(_("排上时间"))
    placed_at = models.DateTimeField(_("拨出时间"), null=True)
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    heard_seconds = models.PositiveSmallIntegerField(_("听了几秒"), default=0)
    digit = models.CharField(_("按键"), max_length=4, blank=True)
    trouble = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("一次呼叫")
        constraints = [
            models.UniqueConstraint(
                fields=["callee"],
                condition=Q(state__in=OPEN_ATTEMPTS),
                name="one_open_attempt_a_callee",
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "number"],
                name="attempt_open",
                condition=Q(state__in=OPEN_ATTEMPTS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.claimed_at:%F %T}"


class VoiceChannel(models.Model):
    """语音线路: whether the gateway answers, as seen from one realm; housekeeping.

    ``away_since`` stands while it does not; until ``retry_at`` it is left alone.
    """

    realm = models.CharField(primary_key=True, max_length=64)
    away_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("语音线路")

    def __str__(self) -> str:
        return self.trouble or self.realm
