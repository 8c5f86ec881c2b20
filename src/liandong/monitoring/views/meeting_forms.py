"""Forms of joint meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.monitoring.signals.meeting_days import MONTHS
from liandong.monitoring.states import SeatAnswer
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.web.forms import DeedForm

INVITED = (
    BodyKind.UNIT,
    BodyKind.TOWNSHIP,
    BodyKind.PARTNER,
    BodyKind.SPECIAL_HEADQUARTERS,
    BodyKind.HEADQUARTERS_OFFICE,
)


class BodiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Chooses those who may be invited."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        bodies = organization.all_bodies().filter(kind__in=INVITED, merged_into=None)
        super().__init__(queryset=bodies, **kwargs)


class _OfOffice(DeedForm):
    """A form in which one of the reader's own offices is chosen."""

    office = forms.ModelChoiceField(label=_("召集单位"), queryset=organization.all_bodies())

    def __init__(self, offices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class CallForm(_OfOffice):
    """召开联席会议."""

    title, verb, done = _("召开联席会议"), _("发出通知"), _("已通知各单位。")
    widths = {"office": "half", "begins_at": "half"}
    field_order = ("name", "office", "begins_at", "place", "topics", "bodies")

    name = forms.CharField(
        label=_("名称"), max_length=120, help_text=_("如：2026 年 12 月防汛联席会议")
    )
    begins_at = forms.DateTimeField(label=_("时间"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    topics = forms.CharField(
        label=_("议题"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("一行一个；以前没有办结的议定事项自动列入"),
    )
    bodies = BodiesField(label=_("与会单位"))

    def arguments(self) -> dict[str, Any]:
        """A form's own title stands in the way of the meeting's."""
        said = super().arguments()
        title = said.pop("name")
        return {**said, "title": title}


class PlanForm(_OfOffice):
    """设定会期."""

    title, verb, done = _("设定会期"), _("保存会期"), _("会期已设定，到时自动通知。")
    widths = {
        "name": "half",
        "office": "half",
        **dict.fromkeys(("day", "at", "ahead_days"), "third"),
    }
    field_order = (
        "name",
        "office",
        "months",
        "day",
        "at",
        "ahead_days",
        "place",
        "bodies",
        "in_force",
    )

    name = forms.CharField(label=_("名称"), max_length=60)
    months = forms.TypedMultipleChoiceField(
        label=_("月份"),
        coerce=int,
        choices=[(n, str(n)) for n in MONTHS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("每月开就全选；汛前会只选 4 月"),
    )
    day = forms.IntegerField(
        label=_("几日"),
        min_value=1,
        max_value=31,
        initial=5,
        help_text=_("遇休息日顺延"),
    )
    at = forms.TimeField(
        label=_("时间"), initial="09:00", widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ahead_days = forms.IntegerField(
        label=_("提前几天通知"), min_value=0, max_value=60, initial=7
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    bodies = BodiesField(label=_("与会单位"))
    in_force = forms.BooleanField(
        label=_("有效（取消勾选即停用）"), required=False, initial=True
    )


class AnswerForm(DeedForm):
    """答复会议通知."""

    title, verb, done = _("答复会议通知"), _("答复"), _("已答复。")
    answer = forms.ChoiceField(
        label=_("能否参加"), choices=SeatAnswer.choices, widget=forms.RadioSelect
    )
    delegate = forms.CharField(
        label=_("参会人"),
        max_length=60,
        required=False,
        help_text=_("代参加的必填"),
    )
    reason = forms.CharField(label=_("不能参加的原因"), max_length=200, required=False)


class TopicForm(DeedForm):
    """增加议题."""

    title, verb, done = _("增加议题"), _("增加"), _("议题已列入。")
    widths = {"minutes": "half"}
    subject = forms.CharField(label=_("议题"), max_length=200)
    minutes = forms.IntegerField(label=_("分钟"), min_value=1, max_value=480, initial=10)
    paper = forms.FileField(label=_("材料"), required=False)


class ArrivalForm(DeedForm):
    """到会登记."""

    title, verb, done = _("到会登记"), _("已到会"), _("已登记。")
    who = forms.CharField(label=_("参会人"), max_length=60, required=False)


class OpinionForm(DeedForm):
    """发表意见."""

    title, verb, done = _("发表意见"), _("记下意见"), _("意见已记下。")
    who = forms.CharField(label=_("发言人"), max_length=60, required=False)
    words = forms.CharField(
        label=_("意见"), max_length=4000, widget=forms.Textarea({"rows": 5})
    )


class DecisionForm(DeedForm):
    """议定事项."""

    title, verb, done = _("议定事项"), _("议定"), _("已议定，责任单位收到通知。")
    widths = {"owner": "half", "due_on": "half"}
    text = forms.CharField(
        label=_("事项和措施"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    owner = forms.ModelChoiceField(
        label=_("责任单位"),
        queryset=organization.all_bodies().filter(kind__in=INVITED, merged_into=None),
    )
    due_on = forms.DateField(label=_("期限"))


class FinishForm(DeedForm):
    """办结."""

    title, verb, done = _("办结议定事项"), _("办结"), _("已办结。")
    outcome = forms.CharField(
        label=_("办理结果"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    paper = forms.FileField(label=_("附件"), required=False)


class ReasonForm(DeedForm):
    """撤销、取消."""

    dangerous = True
    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


class WithdrawDecisionForm(ReasonForm):
    """撤销议定事项."""

    title, verb, done = _("撤销议定事项"), _("撤销"), _("已撤销。")


class CancelForm(ReasonForm):
    """取消会议."""

    title, verb, done = _("取消会议"), _("取消这次会议"), _("会议已取消，各单位收到通知。")


class FreezeForm(DeedForm):
    """固定资料包."""

    title, verb, done = _("固定会议资料"), _("固定资料"), _("资料已固定，之后的变化另列。")


class OpenForm(DeedForm):
    """开会."""

    title, verb, done = _("会议开始"), _("会议开始"), _("会议开始。")


class CloseForm(DeedForm):
    """散会."""

    title, verb, done = _("会议结束"), _("会议结束"), _("会议结束，纪要草稿已拟好。")


class MinutesForm(DeedForm):
    """整理纪要."""

    title, verb, done = _("整理纪要"), _("保存纪要"), _("纪要已保存。")
    chair = forms.CharField(label=_("主持"), max_length=120, required=False)
    situation = forms.CharField(
        label=_("情况通报"),
        max_length=20000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )
    findings = forms.CharField(
        label=_("研判意见"),
        max_length=20000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )


class SignMinutesForm(DeedForm):
    """签发纪要."""

    signs = True
    title, verb, done = _("签发纪要"), _("签发"), _("纪要已签发，发给各与会单位签收。")


class ReceiveForm(DeedForm):
    """签收纪要."""

    title, verb, done = _("签收纪要"), _("签收"), _("已签收。")


class AcceptForm(DeedForm):
    """签收议定事项."""

    title, verb, done = _("签收议定事项"), _("签收"), _("已签收，请按期办结。")
