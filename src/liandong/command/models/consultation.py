"""Consultations: who was called, what was known, what each said, what was decided, and the minutes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import AttendanceWay, ConsultationState, InvitationAnswer, Stance
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Consultation(Scoped, Versioned):
    """会商: who came together, what they found, who saw it otherwise, and who does what by when.

    ``pack`` is what was known when it was called: ``{at, position, sections}``, each section
    ``{key, title, head, rows: [{key, cells}]}``. It is never changed; what is known since is
    compared with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="consultations"
    )
    number = models.PositiveIntegerField(_("次数"))
    convened_by = models.CharField(_("召集"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    video_link = models.URLField(_("视频会议地址"), max_length=500, blank=True)
    pack = models.JSONField(_("资料包"), default=dict)
    chair = models.CharField(_("主持"), max_length=120, blank=True)
    situation = models.TextField(_("情况"), blank=True)
    findings = models.TextField(_("研判结论"), blank=True)
    dissent = models.TextField(_("不同意见"), blank=True)
    recorder = models.CharField(_("记录人"), max_length=120, blank=True)
    state = models.CharField(
        max_length=20, choices=ConsultationState, default=ConsultationState.OPEN
    )
    opened_at = models.DateTimeField(_("开始时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    signed_by = models.CharField(_("签发"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("会商")
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="consultations_counted")
        ]

    def __str__(self) -> str:
        return _("第%(number)d次会商") % {"number": self.number}

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state == ConsultationState.OPEN


class Attendee(Versioned):
    """参会人: a post that was called, or an expert of the register; what they answered, and when they were there.

    ``name`` is how they were called then. ``expert`` is the number in the register of experts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="attendees"
    )
    post = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    expert = models.CharField(_("专家编号"), max_length=30, blank=True)
    name = models.CharField(_("参会人"), max_length=200)
    answer = models.CharField(_("答复"), max_length=20, choices=InvitationAnswer, blank=True)
    deputy = models.CharField(_("代参会人"), max_length=60, blank=True)
    reason = models.CharField(_("不能参加的原因"), max_length=200, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    way = models.CharField(_("参会方式"), max_length=20, choices=AttendanceWay, blank=True)
    came_at = models.DateTimeField(_("到会时间"), null=True, blank=True)
    left_at = models.DateTimeField(_("离会时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("参会人")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "post"], name="one_chair_a_post_in_consultation"
            ),
            models.UniqueConstraint(
                fields=["consultation", "expert"],
                condition=~Q(expert=""),
                name="one_chair_an_expert_in_consultation",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_there(self) -> bool:
        """Whether they came and have not left."""
        return self.came_at is not None and self.left_at is None

    @property
    def said(self) -> list["ConsultationOpinion"]:
        """Their opinions, the oldest first; without a query where they were read along."""
        return list(self.opinions.all())


class ConsultationOpinion(models.Model):
    """会商意见: what somebody said, in their own words. A later one stands beside it and supersedes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attendee = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="opinions")
    stance = models.CharField(_("意见"), max_length=20, choices=Stance)
    words = models.TextField(_("内容"), blank=True)
    file = models.OneToOneField(
        "kernel.File", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.CharField(_("记录"), max_length=120)
    on_behalf = models.BooleanField(_("代录"), default=False)
    at = models.DateTimeField(_("时间"))
    told_at = models.DateTimeField(_("口述时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("会商意见")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} {self.words[:40]}".strip()


class ConsultationItem(Versioned):
    """议定事项: what was decided, who answers for it and by when; an order once it was made one.

    ``responsible`` is how the owner was called then. One without ``due_at`` says in ``by`` until when.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="items"
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    decision = models.TextField(_("事项"))
    owner = models.ForeignKey(
        "organization.Post",
        verbose_name=_("责任岗位"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    responsible = models.CharField(_("责任"), max_length=200)
    due_at = models.DateTimeField(_("时限"), null=True, blank=True)
    by = models.CharField(_("时限说明"), max_length=120, blank=True)
    order = models.ForeignKey(
        "command.Order", null=True, on_delete=models.PROTECT, related_name="items"
    )
    outcome = models.TextField(_("办理结果"), blank=True)
    settled_by = models.CharField(_("办结"), max_length=120, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("议定事项")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="consultation_items_counted"
            )
        ]

    def __str__(self) -> str:
        return _("议定事项%(number)d") % {"number": self.number}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it, or to make it an order."""
        return not (self.order_id or self.settled_at or self.withdrawn_reason)
