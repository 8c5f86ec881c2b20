"""Input of messaging's pages."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.messaging.states import Channel, CheckResult, ReceiptState
from liandong.web.forms import DeedForm

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
