"""Joint meetings: when they are held, who is invited, what was known, said and decided, the minutes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.monitoring.states import DecisionState, MeetingState, SeatAnswer, UrgeStep


class MeetingPlan(Versioned):
    """会期: in which months, on which day, a joint meeting is called by itself, so many days ahead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("名称"), max_length=60)
    office = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    bodies = models.ManyToManyField("organization.Body", related_name="+")
    months = ArrayField(models.PositiveSmallIntegerField())
    # In a shorter month its last day; on a day off the next working day.
    day = models.PositiveSmallIntegerField(_("日"))
    at = models.TimeField(_("时间"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    ahead_days = models.PositiveSmallIntegerField(_("提前几天通知"), default=7)
    in_force = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("会期")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class JointMeeting(Scoped, Versioned):
    """联席会议: departments come together, share what they know, and decide who does what by when.

    ``pack`` is what was known when it was frozen: ``{at, since, sections}``, each section
    ``{key, title, head, rows: [{key, cells}]}``; ``pack_digest`` is SHA-256 over it. It is never
    changed; what is known since is compared with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("名称"), max_length=120)
    plan = models.ForeignKey(
        MeetingPlan, null=True, on_delete=models.PROTECT, related_name="meetings"
    )
    office = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField(_("时间"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=MeetingState, default=MeetingState.CALLED
    )
    called_by = models.CharField(_("召集"), max_length=200)
    called_at = models.DateTimeField(_("通知时间"))
    pack = models.JSONField(_("资料包"), default=dict)
    pack_digest = models.CharField(_("摘要值"), max_length=64, blank=True)
    packed_at = models.DateTimeField(_("固定时间"), null=True)
    opened_at = models.DateTimeField(_("开始时间"), null=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    chair = models.CharField(_("主持"), max_length=120, blank=True)
    situation = models.TextField(_("情况通报"), blank=True)
    findings = models.TextField(_("研判意见"), blank=True)
    recorder = models.CharField(_("记录人"), max_length=200, blank=True)
    recorded_by = models.CharField(max_length=36, blank=True, editable=False)
    signed_by = models.CharField(_("签发"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True)

    class Meta(Scoped.Meta):
        verbose_name = _("联席会议")
        ordering = ["-begins_at", "-id"]
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["office", "begins_at"], name="meeting_of_office"),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingSeat(Versioned):
    """与会单位: a body that was invited; its answer, whether it came, and its receipt of the minutes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(JointMeeting, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("答复"), max_length=10, choices=SeatAnswer, blank=True)
    delegate = models.CharField(_("参会人"), max_length=60, blank=True)
    reason = models.CharField(_("不能参加的原因"), max_length=200, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    came_at = models.DateTimeField(_("到会时间"), null=True)
    received_by = models.CharField(_("签收人"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("签收时间"), null=True)

    class Meta:
        verbose_name = _("与会单位")
        ordering = ["body__order", "body__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "body"], name="meeting_seat_once")
        ]

    def __str__(self) -> str:
        return self.body.short_name


class MeetingOpinion(models.Model):
    """会议意见: what a body said, in its own words and by name. None is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(MeetingSeat, on_delete=models.PROTECT, related_name="opinions")
    words = models.TextField(_("意见"))
    by = models.CharField(_("发言人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("会议意见")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.words[:40]


class MeetingDecision(Versioned):
    """议定事项: what a joint meeting decided, which body does it by which day, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(
        JointMeeting, on_delete=models.PROTECT, related_name="decisions"
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("事项"))
    owner = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("期限"))
    state = models.CharField(
        _("状态"), max_length=10, choices=DecisionState, default=DecisionState.OPEN
    )
    urged = models.PositiveSmallIntegerField(
        _("催办"), choices=UrgeStep, default=UrgeStep.ASKED
    )
    accepted_by = models.CharField(_("签收人"), max_length=200, blank=True)
    accepted_at = models.DateTimeField(_("签收时间"), null=True)
    outcome = models.TextField(_("办理结果"), blank=True)
    file = models.OneToOneField(
        "kernel.File", null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_by = models.CharField(_("办结人"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("议定事项")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="meeting_decisions_counted"
            )
        ]
        indexes = [models.Index(fields=["owner", "state"], name="decision_of_body")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether its body still has to do something about it."""
        return self.state in {DecisionState.OPEN, DecisionState.ACCEPTED}


class MeetingTopic(models.Model):
    """议题: what is spoken about, by whom and how long; ``carried`` was decided before and is still open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(JointMeeting, on_delete=models.PROTECT, related_name="topics")
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("议题"), max_length=200)
    body = models.ForeignKey(
        "organization.Body", null=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(_("分钟"), default=10)
    file = models.OneToOneField(
        "kernel.File", null=True, on_delete=models.PROTECT, related_name="+"
    )
    carried = models.ForeignKey(
        MeetingDecision, null=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    class Meta:
        verbose_name = _("议题")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_topics_counted")
        ]

    def __str__(self) -> str:
        return self.title
