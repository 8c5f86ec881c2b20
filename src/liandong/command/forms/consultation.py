"""Input of consultations: whom to call, what they answer and think, what is decided, the minutes."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsField, PostsForm
from liandong.command.forms.minutes import MinutesField
from liandong.command.states import AttendanceWay, InvitationAnswer, Stance
from liandong.sharing.models import Record
from liandong.web.forms import DeedForm

TALL = forms.Textarea({"rows": 6})


class ExpertsField(forms.MultipleChoiceField):
    """A choice of several experts of the register; cleans to their records."""

    def offer(self, experts: Iterable[Record]) -> None:
        """Say who may be chosen."""
        self.records = {one.number: one for one in experts}
        self.choices = [(number, _named(one)) for number, one in self.records.items()]

    def clean(self, value: Any) -> list[Record]:
        """The records that were chosen."""
        return [self.records[number] for number in super().clean(value)]


class CallForm(PostsForm):
    """Who is called to a consultation that goes on."""

    signs = True
    title = _("增加参会")
    verb = _("通知参会")
    busy = _("正在通知")
    done = _("已通知")

    attendees = PostsField(
        label=_("参会岗位"), widget=forms.SelectMultiple({"size": 10}), required=False
    )
    experts = ExpertsField(
        label=_("专家"),
        widget=forms.SelectMultiple({"size": 5}),
        required=False,
        help_text=_("专家没有账号，请电话通知，答复和意见由记录人代录"),
    )

    def __init__(self, *args: Any, experts: Iterable[Record] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["experts"]
        if isinstance(field, ExpertsField):
            field.offer(experts)
            if not field.choices:
                del self.fields["experts"]

    def arguments(self) -> dict[str, Any]:
        """The posts as a list; a consultation that is yet to be has no version."""
        values = super().arguments()
        values["attendees"] = list(values["attendees"])
        values.pop("expected_version", None)
        return values


class ConsultForm(CallForm):
    """Who is called together, where, and by which video link."""

    title = _("发起会商")
    verb = _("发起会商")
    busy = _("正在发起")
    done = _("会商已发起，已通知参会岗位")
    widths: ClassVar[dict[str, str]] = {"place": "half", "video_link": "half"}

    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    video_link = forms.CharField(
        label=_("视频会议地址"),
        max_length=500,
        required=False,
        help_text=_("没有的留空；粘贴 https:// 开头的整行网址"),
    )


class AnswerForm(DeedForm):
    """Whether and how somebody takes part."""

    title, verb, busy = _("答复参会"), _("答复"), _("正在答复")
    done = _("已答复")
    widths: ClassVar[dict[str, str]] = {"deputy": "half", "reason": "half"}

    answer = forms.ChoiceField(
        label=_("怎样参加"), choices=InvitationAnswer.choices, widget=forms.RadioSelect
    )
    deputy = forms.CharField(
        label=_("代参会人"),
        max_length=60,
        required=False,
        help_text=_("派人代参加时填写姓名职务"),
    )
    reason = forms.CharField(
        label=_("不能参加的原因"), max_length=200, required=False, help_text=_("不能参加时填写")
    )


class JoinForm(DeedForm):
    """That somebody is there, and by which way."""

    title, verb, busy = _("到会"), _("记到会"), _("正在登记")
    done = _("已记到会")

    way = forms.ChoiceField(
        label=_("参会方式"), choices=AttendanceWay.choices, widget=forms.RadioSelect
    )
    came_at = forms.DateTimeField(
        label=_("到会时间"), required=False, help_text=_("留空即现在")
    )


class LeaveForm(DeedForm):
    """That somebody left."""

    title, verb, busy = _("离会"), _("记离会"), _("正在登记")
    done = _("已记离会")

    left_at = forms.DateTimeField(
        label=_("离会时间"), required=False, help_text=_("留空即现在")
    )


class OpinionForm(DeedForm):
    """What somebody thinks; the moment only where it is written down for somebody else."""

    title, verb, busy = _("发表意见"), _("记入意见"), _("正在记入")
    done = _("意见已记入")

    stance = forms.ChoiceField(
        label=_("意见"), choices=Stance.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("内容"),
        widget=LONG,
        max_length=4000,
        required=False,
        help_text=_("原话；有不同意见或附条件的必填，或附书面意见"),
    )
    paper = forms.FileField(
        label=_("书面意见"), required=False, help_text=_("专家署名的意见可附扫描件或照片")
    )
    told_at = forms.DateTimeField(
        label=_("口述时间"), required=False, help_text=_("代录时填写对方口述的时刻")
    )

    def __init__(self, *args: Any, on_behalf: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_behalf:
            del self.fields["told_at"]

    def arguments(self) -> dict[str, Any]:
        """An opinion has no version: a later one stands beside it."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class ItemForm(PostsForm):
    """What is decided, who answers for it, until when."""

    title, verb, busy = _("记议定事项"), _("记入事项"), _("正在记入")
    done = _("议定事项已记入")
    widths: ClassVar[dict[str, str]] = {"due_at": "half", "by": "half"}

    decision = forms.CharField(label=_("事项"), widget=LONG, max_length=1000)
    owner = PostField(label=_("责任岗位"))
    due_at = forms.DateTimeField(label=_("时限"), required=False)
    by = forms.CharField(
        label=_("时限说明"),
        max_length=120,
        required=False,
        help_text=_("没有钟点的写到什么情况为止，如“响应终止前”"),
    )

    def arguments(self) -> dict[str, Any]:
        """An item that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class WithdrawItemForm(DeedForm):
    """Why an item holds no longer."""

    title, verb, busy = _("撤销议定事项"), _("撤销"), _("正在撤销")
    done = _("已撤销")
    dangerous = True

    reason = forms.CharField(label=_("撤销原因"), max_length=300)


class OrderItemForm(PostsForm):
    """An item as an order, as it was decided unless changed."""

    signs = True
    title, verb, busy = _("下达为指令"), _("下达指令"), _("正在下达")
    done = _("指令已下达，等待复诵")
    widths: ClassVar[dict[str, str]] = {"acknowledge_within": "half", "finish_within": "half"}

    to_post = PostField(label=_("接令岗位"))
    text = forms.CharField(label=_("内容"), widget=LONG, max_length=2000)
    acknowledge_within = MinutesField(label=_("复诵限（分钟）"), initial=10)
    finish_within = MinutesField(label=_("完成限（分钟）"), required=False)


class SettleItemForm(DeedForm):
    """What came of an item."""

    title, verb, busy = _("办结议定事项"), _("办结"), _("正在登记")
    done = _("已办结")

    outcome = forms.CharField(label=_("办理结果"), widget=LONG, max_length=1000)


class MinutesForm(DeedForm):
    """The minutes: drafted from what is on record, corrected by whoever keeps them."""

    title = _("会商纪要")
    verb = _("保存纪要")
    busy = _("正在保存")
    done = _("纪要已保存")

    chair = forms.CharField(label=_("主持"), max_length=120, required=False)
    situation = forms.CharField(label=_("情况"), widget=TALL, max_length=4000, required=False)
    findings = forms.CharField(label=_("研判结论"), widget=TALL, max_length=4000)
    dissent = forms.CharField(label=_("不同意见"), widget=LONG, max_length=4000, required=False)


class CloseConsultationForm(DeedForm):
    """That the consultation is over."""

    title = _("结束会商")
    verb = _("结束会商")


class SignMinutesForm(DeedForm):
    """One's name under the minutes."""

    signs = True
    title, verb, busy = _("签发会商纪要"), _("签发纪要"), _("正在签发")
    done = _("纪要已签发")


def _named(record: Record) -> str:
    workplace = str(record.values.get("workplace", "")).strip()
    return f"{record.name}（{workplace}）" if workplace else record.name
