"""Input of the deeds by which a version goes from its draft to the archive."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import as_kept, listed
from liandong.kernel.wording import gettext as words
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.plans import queries
from liandong.plans.language.linting.naming import named_in
from liandong.plans.models import Opinion, PlanVersion
from liandong.plans.states import (
    PROCEDURES,
    AlignedWith,
    Answer,
    Conclusion,
    DrillKind,
    ExaminedPoint,
    Openness,
    Outcome,
    PaperKind,
    RevisionReason,
    Signatory,
    Weighty,
)
from liandong.web.files import ManyFilesField
from liandong.web.forms import DeedForm

ASKED = (
    BodyKind.SPECIAL_HEADQUARTERS,
    BodyKind.UNIT,
    BodyKind.PARTNER,
    BodyKind.TOWNSHIP,
    BodyKind.ENTERPRISE,
)


class OfVersionForm(DeedForm):
    """Input of a deed about a version; ``days`` are fields that begin with today."""

    days: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, version: PlanVersion, **kwargs: Any) -> None:
        initial = {"expected_version": version.version}
        super().__init__(
            *args, initial=initial | dict.fromkeys(self.days, queries.today()), **kwargs
        )
        self.suit(version)

    def suit(self, version: PlanVersion) -> None:
        """Offer what fits this version, and what the form begins with."""


def a_day(label: Any, **more: Any) -> forms.DateField:
    """A day that people write down."""
    return forms.DateField(label=label, **more)


def a_number(label: Any, **more: Any) -> forms.CharField:
    """The number of a paper, where there is one."""
    return forms.CharField(label=label, max_length=60, required=False, **more)


class AskOpinionsForm(OfVersionForm):
    """书面征求意见."""

    title, verb = _("书面征求意见"), _("发出")
    done = _("已发出，各单位的值班台上会提醒。")
    widths = {"due_on": "half", "paper": "half"}
    due_on = a_day(_("答复期限"))
    paper = a_number(_("征求意见函文号"))
    units = forms.ModelMultipleChoiceField(
        label=_("单位"),
        queryset=organization.all_bodies().none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        required=False,
        help_text=_("预案里写到的单位已经勾上"),
    )

    def suit(self, version: PlanVersion) -> None:
        asked = [one.body_id for one in queries.opinions_of(version)]
        rows = organization.all_bodies().filter(kind__in=ASKED).exclude(pk__in=asked)
        self.fields["units"].queryset = rows  # type: ignore[attr-defined]
        if not asked:
            named = {one.key.partition(".")[0] for one in named_in(queries.plan_of(version))}
            self.initial["units"] = list(
                rows.filter(key__in=named).values_list("pk", flat=True)
            )


class GiveOpinionForm(DeedForm):
    """答复意见."""

    title, verb, done = _("答复意见"), _("答复"), _("已答复。")
    widths = {"answer": "half", "answer_paper": "half"}
    answer = forms.ChoiceField(
        label=_("答复"), choices=[one for one in Answer.choices if one[0] != Answer.SILENT]
    )
    answer_paper = a_number(_("复函文号"), help_text=_("没有书面复函可不填"))
    text = forms.CharField(
        label=_("意见"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("同意的可不填；有意见的，写明改哪一处、怎么改"),
    )
    letters = ManyFilesField(
        label=_("复函扫描件"), required=False, help_text=_("单个不超过 20 MB")
    )


class PlanFilesForm(DeedForm):
    """收存材料."""

    title, verb, busy, done = _("收存材料"), _("收存"), _("正在收存"), _("材料已收存。")
    widths = {"what": "half", "caption": "half"}
    given = ManyFilesField(
        label=_("文件"), help_text=_("扫描件、照片、Word、Excel；单个不超过 20 MB")
    )
    what = forms.ChoiceField(label=_("是什么"), choices=PaperKind.choices)
    caption = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("例：县水利局复函")
    )

    def arguments(self) -> dict[str, Any]:
        """A file has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class SettleOpinionForm(DeedForm):
    """认定意见; of a unit that has not answered, what its silence means."""

    title, verb, done = _("认定意见"), _("认定"), _("已认定。")
    is_taken_up = forms.TypedChoiceField(
        label=_("是否采纳"),
        choices=[("yes", _("采纳")), ("no", _("不采纳"))],
        coerce=lambda text: text == "yes",
    )
    reason = forms.CharField(
        label=_("说明"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("改了哪里，或为什么不采纳"),
    )

    def __init__(self, *args: Any, opinion: Opinion, **kwargs: Any) -> None:
        super().__init__(*args, initial={"expected_version": opinion.version}, **kwargs)
        if not opinion.answer:
            self.initial["is_taken_up"] = "no"
            self.fields["is_taken_up"].widget = forms.HiddenInput()
            self.fields["reason"].help_text = _(
                "怎样联系过、按什么意见处理，例如“电话确认无意见”"
            )


class AdvanceForm(OfVersionForm):
    """转入下一步."""

    title, verb, done = _("转入下一步"), _("转入下一步"), _("已转入下一步。")


class ShortWayForm(OfVersionForm):
    """走简易程序."""

    title, verb, done = _("走简易程序"), _("走简易程序"), _("已转入审核审批。")
    untouched = forms.MultipleChoiceField(
        label=_("这次修订不涉及"),
        choices=Weighty.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("四项都不涉及，才能走简易程序（《突发事件应急预案管理办法》第三十六条）"),
    )
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea)

    def suit(self, version: PlanVersion) -> None:
        before = queries.versions_in_force().filter(key=version.key).first()
        if before and (touched := queries.weighty_changes(version, before)):
            said = words("与现行第 %(n)d 版比对，似有变动：%(what)s。请逐处核对。")
            what = listed(one.label for one in touched)
            self.fields["reason"].help_text = said % {"n": before.number, "what": what}


class ReturnForm(OfVersionForm):
    """退回起草."""

    title, verb, done = _("退回起草"), _("退回起草"), _("已退回起草，可以修改文本。")
    dangerous = True
    reason = forms.CharField(
        label=_("退回的理由"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("已经征求的意见、论证、审核都会留存，但要重新办理"),
    )


class ExpertReviewForm(OfVersionForm):
    """登记专家论证."""

    title, verb, done = _("登记专家论证"), _("登记"), _("专家论证已登记。")
    days = ("reviewed_on",)
    widths = {"reviewed_on": "half", "conclusion": "half"}
    reviewed_on = a_day(_("论证日期"))
    conclusion = forms.ChoiceField(label=_("结论"), choices=Conclusion.choices)
    experts = forms.CharField(
        label=_("专家"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("姓名、单位、职称，一行一人"),
    )
    points = forms.CharField(
        label=_("意见要点"), max_length=5000, required=False, widget=forms.Textarea
    )
    paper = a_number(_("论证意见文号"))


class AlignmentForm(OfVersionForm):
    """登记衔接."""

    title, verb, done = _("登记衔接"), _("登记"), _("衔接情况已登记。")
    days = ("aligned_on",)
    widths = {"aligned_on": "half", "aligned_with": "half"}
    aligned_with = forms.ChoiceField(label=_("与什么衔接"), choices=AlignedWith.choices)
    aligned_on = a_day(_("衔接日期"))
    whom = forms.CharField(
        label=_("对方"), max_length=200, help_text=_("单位和预案名称，例如 县人武部")
    )
    result = forms.CharField(label=_("结果"), max_length=2000, widget=forms.Textarea)
    paper = a_number(_("文号"))

    def suit(self, version: PlanVersion) -> None:
        done = queries.aligned_with(version)
        left = [one for one in PROCEDURES[version.kind].aligned_with if one not in done]
        if left:
            self.initial["aligned_with"] = left[0]


class ExamineForm(OfVersionForm):
    """审核."""

    title, verb, done = _("审核"), _("审核"), _("审核已登记。")
    days = ("examined_on",)
    widths = {"examined_on": "half", "paper": "half"}
    examined_on = a_day(_("审核日期"))
    paper = a_number(_("审核意见文号"))
    points = forms.MultipleChoiceField(
        label=_("符合的要点"),
        choices=ExaminedPoint.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("六点都符合才算通过（《突发事件应急预案管理办法》第二十四条）"),
    )
    remark = forms.CharField(
        label=_("审核意见"),
        max_length=5000,
        required=False,
        widget=forms.Textarea,
        help_text=_("有不符合的，写明是什么、怎么改"),
    )


class ApproveForm(OfVersionForm):
    """审批签发."""

    title, verb, done = _("审批签发"), _("签发"), _("已签发，可以印发。")
    days = ("signed_on",)
    widths = {"signatory": "half", "signed_by": "half", "signed_on": "half", "paper": "half"}
    signs = True
    signatory = forms.ChoiceField(label=_("以谁的名义"), choices=Signatory.choices)
    signed_by = forms.CharField(
        label=_("签发人"), max_length=200, help_text=_("职务和姓名，例如 县长 张三")
    )
    signed_on = a_day(_("签发日期"))
    paper = a_number(_("会议纪要或批示文号"))
    remark = forms.CharField(
        label=_("批示"), max_length=2000, required=False, widget=forms.Textarea
    )

    def suit(self, version: PlanVersion) -> None:
        procedure = PROCEDURES[version.kind]
        field = self.fields["signatory"]
        field.choices = [(one.value, one.label) for one in procedure.signed_by]  # type: ignore[attr-defined]
        if procedure.signing_basis:
            field.help_text = words("《突发事件应急预案管理办法》%(article)s") % {
                "article": procedure.signing_basis
            }


class IssueForm(OfVersionForm):
    """印发施行."""

    title, verb = _("印发施行"), _("印发施行")
    done = _("已印发，从现在起按它研判；备案和公开从印发日起算。")
    days = ("issued_on",)
    widths = {"paper": "half", "issued_on": "half"}
    paper = forms.CharField(
        label=_("文号"), max_length=60, help_text=_("例如 江政办发〔2026〕12号")
    )
    issued_on = a_day(_("印发日期"))


class FileForm(OfVersionForm):
    """备案."""

    title, verb, done = _("备案"), _("登记"), _("备案情况已登记。")
    days = ("sent_on",)
    widths = {"sent_on": "half", "paper": "half", "filed_on": "half", "receipt": "half"}
    filed_with = forms.CharField(label=_("备案机关"), max_length=200)
    papers = forms.CharField(label=_("报送材料"), max_length=200)
    sent_on = a_day(_("报送日期"))
    paper = a_number(_("报送函文号"))
    filed_on = a_day(
        _("备案日期"), required=False, help_text=_("收到回执后再填；没有填的仍算未备案")
    )
    receipt = a_number(_("备案回执号"))

    def suit(self, version: PlanVersion) -> None:
        last = version.filings.order_by("at", "id").last()
        whom = as_kept(PROCEDURES[version.kind].filed_with)()
        papers = as_kept(_("正式文本（含电子文本）、编制说明"))()
        self.initial["filed_with"] = last.filed_with if last else whom
        self.initial["papers"] = last.papers if last else papers


class PublishForm(OfVersionForm):
    """公开."""

    title, verb, done = _("公开"), _("登记"), _("公开情况已登记。")
    days = ("published_on",)
    widths = {"openness": "half", "published_on": "half"}
    openness = forms.ChoiceField(label=_("公开方式"), choices=Openness.choices)
    published_on = a_day(_("公开日期"))
    address = forms.CharField(
        label=_("网址或载体"),
        max_length=300,
        required=False,
        help_text=_("网址、公报期号，或怎样发给受影响的人"),
    )
    ground = forms.CharField(
        label=_("不公开或只公开简本的理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )


class PlanDrillForm(OfVersionForm):
    """登记演练."""

    title, verb, done = _("登记演练"), _("登记"), _("演练已登记。")
    days = ("drilled_on",)
    widths = {"drilled_on": "half", "kind": "half"}
    drilled_on = a_day(_("演练日期"))
    kind = forms.ChoiceField(label=_("演练形式"), choices=DrillKind.choices)
    remark = forms.CharField(
        label=_("情况和发现的问题"), max_length=5000, required=False, widget=forms.Textarea
    )


class EvaluateForm(OfVersionForm):
    """登记评估."""

    title, verb, done = _("登记评估"), _("登记"), _("评估已登记。")
    days = ("evaluated_on",)
    widths = {"evaluated_on": "half", "outcome": "half"}
    evaluated_on = a_day(_("评估日期"))
    outcome = forms.ChoiceField(label=_("结论"), choices=Outcome.choices)
    findings = forms.CharField(label=_("评估情况"), max_length=5000, widget=forms.Textarea)
    reasons = forms.MultipleChoiceField(
        label=_("修订的情形"),
        choices=RevisionReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("要修订或重新编制的，至少选一项"),
    )


class RepealForm(OfVersionForm):
    """废止."""

    title, verb, done = _("废止预案"), _("废止"), _("已废止。")
    dangerous = True
    signs = True
    reason = forms.CharField(
        label=_("废止的理由"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("废止后不再按它研判；正在执行的，按原版执行到结束。由新版替代的不用废止"),
    )
    paper = a_number(_("文号"))
