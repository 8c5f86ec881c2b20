"""The way of a version of a plan through the county: what was asked, said, signed, filed, drilled."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models import Body
from liandong.plans.models.plan import PlanVersion
from liandong.plans.states import (
    AlignedWith,
    Answer,
    Conclusion,
    DrillKind,
    Openness,
    Outcome,
    RevisionReason,
    Signatory,
    VersionState,
)


class Kept(models.Model):
    """Something written down about a version: by whom, when, and by which paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    round = models.PositiveIntegerField(_("轮次"))
    paper = models.CharField(_("文号"), max_length=100, blank=True)
    by = models.CharField(_("登记人"), max_length=200)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.plan_version}"


class Passage(Kept):
    """走过的一步: a version passed from one state into another, and why."""

    was = models.CharField(_("原状态"), max_length=20, choices=VersionState)
    stage = models.CharField(_("状态"), max_length=20, choices=VersionState)
    reason = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("走过的一步")


class Opinion(Kept, Versioned):
    """书面意见: asked of a unit, given by it or written down for it, and what became of it."""

    body = models.ForeignKey(
        Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("答复期限"))
    answer = models.CharField(_("答复"), max_length=10, choices=Answer, blank=True)
    text = models.TextField(_("意见"), blank=True)
    answer_paper = models.CharField(_("复函文号"), max_length=100, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=200, blank=True)
    is_taken_up = models.BooleanField(_("采纳"), null=True, blank=True)
    settled_reason = models.CharField(_("采纳情况说明"), max_length=500, blank=True)
    settled_by = models.CharField(_("认定人"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("认定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("书面意见")
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version", "round", "body"], name="opinion_asked_once"
            )
        ]
        indexes = [models.Index(fields=["body", "answer"], name="opinion_owed")]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self.answer == Answer.AGREE or self.settled_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its round still runs."""
        version = self.plan_version
        return version.state == VersionState.OPINIONS and version.round == self.round

    def is_late(self, today: date) -> bool:
        """Whether the unit has let its day go by."""
        return not self.answer and self.due_on < today

    def is_settleable(self, today: date) -> bool:
        """Whether somebody has to say what becomes of it, or what silence means."""
        return (
            self.is_open and not self.is_settled and (bool(self.answer) or self.is_late(today))
        )


class ExpertReview(Kept):
    """专家论证: who was heard, and what they concluded."""

    reviewed_on = models.DateField(_("论证日期"))
    experts = models.TextField(_("专家"))
    conclusion = models.CharField(_("结论"), max_length=20, choices=Conclusion)
    points = models.TextField(_("意见要点"), blank=True)

    class Meta:
        verbose_name = _("专家论证")


class Alignment(Kept):
    """衔接: brought into line with another plan, or with whoever coordinates plans."""

    aligned_on = models.DateField(_("衔接日期"))
    aligned_with = models.CharField(_("与什么衔接"), max_length=20, choices=AlignedWith)
    whom = models.CharField(_("对方"), max_length=200)
    result = models.TextField(_("结果"))

    class Meta:
        verbose_name = _("衔接")


class Examination(Kept):
    """审核: the points that hold; ``remark`` says what is the matter with the others."""

    examined_on = models.DateField(_("审核日期"))
    points = ArrayField(models.CharField(max_length=20), verbose_name=_("符合的要点"))
    has_passed = models.BooleanField(_("审核通过"))
    remark = models.TextField(_("审核意见"), blank=True)

    class Meta:
        verbose_name = _("审核")


class Approval(Kept):
    """审批: who signed, for whom."""

    signed_on = models.DateField(_("签发日期"))
    signatory = models.CharField(_("以谁的名义"), max_length=30, choices=Signatory)
    signed_by = models.CharField(_("签发人"), max_length=200)
    remark = models.TextField(_("批示"), blank=True)

    class Meta:
        verbose_name = _("审批")


class Filing(Kept):
    """备案: what was sent to whom; the receipt, once it has come, is a row of its own."""

    filed_with = models.CharField(_("备案机关"), max_length=200)
    papers = models.CharField(_("报送材料"), max_length=200)
    sent_on = models.DateField(_("报送日期"))
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)
    receipt = models.CharField(_("备案回执号"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("备案")


class Publication(Kept):
    """公开: how far, where, or on what ground not."""

    openness = models.CharField(_("公开方式"), max_length=20, choices=Openness)
    published_on = models.DateField(_("公开日期"))
    address = models.CharField(_("网址或载体"), max_length=300, blank=True)
    ground = models.CharField(_("不公开或只公开简本的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("公开")


class PlanDrill(Kept):
    """演练: the plan was drilled."""

    drilled_on = models.DateField(_("演练日期"))
    kind = models.CharField(_("演练形式"), max_length=20, choices=DrillKind)
    remark = models.TextField(_("情况和发现的问题"), blank=True)

    class Meta:
        verbose_name = _("预案演练")


class Evaluation(Kept):
    """评估: what was found, and whether the plan stays as it is."""

    evaluated_on = models.DateField(_("评估日期"))
    findings = models.TextField(_("评估情况"))
    outcome = models.CharField(_("结论"), max_length=20, choices=Outcome)
    reasons = ArrayField(
        models.CharField(max_length=20, choices=RevisionReason),
        verbose_name=_("修订的情形"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("预案评估")
