"""Input of messaging's pages."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.messaging.actions.by_hand import BY_HAND
from liandong.messaging.states import Channel, CheckResult, ReceiptState
from liandong.organization import queries as organization
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker

LISTED = [Channel.MOBILE, Channel.PHONE, Channel.EMAIL]


class ReadForm(DeedForm):
    """The reader's own word that a message was read."""

    title = _("签阅消息")
    verb = _("已阅")
    busy = _("正在签阅")


class ResendForm(DeedForm):
    """Another try at an e-mail."""

    title = _("重发邮件")
    verb = _("重发")
    busy = _("正在安排")
    done = _("已安排重发")


class OutcomeForm(DeedForm):
    """What a telephone call brought to light."""

    title = _("记下核实结果")
    verb = _("记下")
    done = _("已记下")

    state = forms.ChoiceField(
        label=_("结果"),
        choices=[
            (ReceiptState.DELIVERED.value, _("已通知到本人")),
            (ReceiptState.FAILED.value, _("没有通知到")),
        ],
    )
    trouble = forms.CharField(
        label=_("原因"),
        required=False,
        max_length=500,
        help_text=_("没有通知到时必填，例如“无人接听，已打 3 次”"),
    )


class ContactPointForm(DeedForm):
    """A new way to a person or a post."""

    title = _("登记联系方式")
    verb = _("登记")
    done = _("已登记")
    widths: ClassVar[dict[str, str]] = {"channel": "third", "address": "third", "rank": "third"}

    channel = forms.ChoiceField(
        label=_("渠道"), choices=[(one.value, one.label) for one in LISTED]
    )
    address = forms.CharField(label=_("号码或地址"), max_length=200)
    rank = forms.IntegerField(
        label=_("顺序"), min_value=1, max_value=9, initial=1, help_text=_("1 最先使用")
    )


class RetireForm(DeedForm):
    """A way that is used no more."""

    title = _("停用联系方式")
    verb = _("停用")
    done = _("已停用")
    dangerous = True


class CheckForm(DeedForm):
    """What a test call came to."""

    title = _("记下试拨结果")
    verb = _("记下")
    done = _("已记下试拨结果")
    widths: ClassVar[dict[str, str]] = {"result": "half", "answered_by": "half"}

    result = forms.ChoiceField(label=_("试拨结果"), choices=CheckResult.choices)
    answered_by = forms.CharField(label=_("谁接的"), max_length=60, required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class AnswerForm(DeedForm):
    """Somebody has answered on another way than the voice call."""

    title, verb, done = _("登记应答"), _("登记"), _("已登记应答，不再呼叫。")
    widths: ClassVar[dict[str, str]] = {"way": "half", "answered_at": "half"}

    way = forms.ChoiceField(
        label=_("应答方式"), choices=[(one.value, one.label) for one in BY_HAND]
    )
    answered_at = forms.DateTimeField(
        label=_("应答时间"), required=False, help_text=_("对方答话的时间；登记时间自动记下")
    )
    answered_by = forms.CharField(
        label=_("应答人"),
        max_length=60,
        required=False,
        help_text=_("不填为本人；代接的写清是谁"),
    )
    read_back = forms.CharField(
        label=_("复述"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class AbsenceForm(DeedForm):
    """Whoever went did not find them."""

    title, verb, done = _("没有找到人"), _("登记"), _("已登记，仍在未叫应名单上。")

    trouble = forms.CharField(
        label=_("情况"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    goer = forms.ModelChoiceField(
        label=_("改由谁去"),
        queryset=organization.people_here(),
        widget=Picker,
        required=False,
    )


class StopForm(DeedForm):
    """Dial nobody any more."""

    title, verb, done, dangerous = _("停止叫应"), _("停止"), _("已停止，不再拨出。"), True

    reason = forms.CharField(label=_("理由"), max_length=500)


class RetireListingForm(DeedForm):
    """Somebody is taken off the call list."""

    title, verb, done, dangerous = _("移出叫应名单"), _("移出"), _("已移出。"), True


class ContactTestForm(DeedForm):
    """Test calls to a part of the call list."""

    title, verb, done = _("试呼"), _("开始试呼"), _("已开始试呼。")

    percent = forms.IntegerField(
        label=_("试呼比例（%）"),
        min_value=1,
        max_value=100,
        initial=10,
        help_text=_("先试最久没有核实的；每人只呼一次，不派人上门"),
    )
