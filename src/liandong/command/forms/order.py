"""Input about an order, from those who give it and from those who got it."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.command_term import CitingForm
from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.rules.order import PROOFS
from liandong.command.states import CounterAnswer
from liandong.kernel.wording import as_kept
from liandong.web.files import ManyFilesField
from liandong.web.forms import DeedForm

LONGEST_MINUTES = 60 * 24 * 30


class MinutesField(forms.IntegerField):
    """A length in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LONGEST_MINUTES, **kwargs)

    def clean(self, value: Any) -> timedelta | None:
        """Minutes as a length of time; none for none."""
        minutes = super().clean(value)
        return timedelta(minutes=minutes) if minutes else None


class IssueForm(CitingForm, PostsForm):
    """An order, which may carry out what a superior told the county to do."""

    signs = True
    title = _("下达指令")
    verb = _("下达指令")
    busy = _("正在下达")
    done = _("指令已下达，等待复诵")
    widths: ClassVar[dict[str, str]] = {"acknowledge_within": "half", "finish_within": "half"}
    field_order = ("to_post", "text", "superior_order")

    to_post = PostField(label=_("接令岗位"))
    text = forms.CharField(
        label=_("内容"), widget=LONG, max_length=2000, help_text=_("动作、对象、地点、时限")
    )
    acknowledge_within = MinutesField(label=_("复诵限（分钟）"), initial=10)
    finish_within = MinutesField(label=_("完成限（分钟）"), required=False)
    needs_proof = forms.MultipleChoiceField(
        label=_("完成时须附"),
        choices=list(PROOFS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def arguments(self) -> dict[str, Any]:
        """An order that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class ToldForm(DeedForm):
    """An answer that may have been told by telephone, at a moment of its own."""

    told = forms.DateTimeField(
        label=_("电话口述时间"), required=False, help_text=_("代录时填写对方口述的时刻")
    )

    def __init__(self, *args: Any, by_telephone: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = self.fields.pop("told")
        if by_telephone:
            self.fields["told"] = told


class DeliveryForm(ToldForm):
    """How it arrived."""

    title = _("记录送达")
    verb = _("记录送达")
    how = forms.CharField(label=_("怎样送达"), max_length=200, initial=as_kept(_("电话告知")))

    def arguments(self) -> dict[str, Any]:
        """Delivery leaves the version alone."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class ReadBackForm(ToldForm):
    """The order in the unit's own words."""

    title = _("复诵")
    verb = _("复诵")
    busy = _("正在复诵")
    done = _("已复诵，请接受或说明无法执行")
    text = forms.CharField(
        label=_("复诵内容"), widget=LONG, max_length=2000, help_text=_("数字、地点、时限说全")
    )


class AcceptForm(ToldForm):
    """The unit's word."""

    title = _("接受指令")
    verb = _("接受")
    busy = _("正在接受")
    done = _("已接受")
    text = forms.CharField(label=_("说明"), max_length=300, required=False)


class DeclineForm(ToldForm):
    """Why it cannot be done, and what could."""

    title = _("无法执行")
    verb = _("报无法执行")
    busy = _("正在上报")
    done = _("已报指挥部，请等答复")
    reason = forms.CharField(label=_("原因"), widget=LONG, max_length=1000)
    counter_proposal = forms.CharField(
        label=_("对案"),
        widget=LONG,
        max_length=1000,
        required=False,
        help_text=_("改怎么办、何时能办"),
    )


class ProgressForm(ToldForm):
    """How far it has come."""

    title = _("报进展")
    verb = _("报进展")
    busy = _("正在上报")
    done = _("已报")
    text = forms.CharField(label=_("进展情况"), widget=LONG, max_length=2000)
    proof = ManyFilesField(label=_("照片或文件"), required=False)


class FinishForm(ProgressForm):
    """That it is done."""

    title = _("报完成")
    verb = _("报完成")
    done = _("已报完成，等待核验")
    text = forms.CharField(label=_("完成情况"), widget=LONG, max_length=2000)


class CheckForm(DeedForm):
    """That somebody else saw it done."""

    signs = True
    title = _("核验")
    verb = _("核验通过")
    done = _("已核验")
    text = forms.CharField(label=_("核验情况"), max_length=300, required=False)


class ReturnForm(DeedForm):
    """Why it is not done as it should be."""

    signs = True
    title = _("退回")
    verb = _("退回")
    reason = forms.CharField(label=_("退回原因"), widget=LONG, max_length=1000)
    finish_within = MinutesField(label=_("重新限时（分钟）"), required=False)


class RecallForm(DeedForm):
    """Why it is taken back."""

    signs = True
    title = _("撤回指令")
    verb = _("撤回")
    done = _("已撤回")
    dangerous = True
    reason = forms.CharField(label=_("撤回原因"), widget=LONG, max_length=1000)


class CounterForm(PostsForm):
    """The headquarters' answer to what a unit proposed instead."""

    signs = True
    title = _("答复对案")
    verb = _("答复")
    busy = _("正在答复")
    done = _("已答复")
    answer = forms.ChoiceField(
        label=_("答复"), choices=CounterAnswer.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("改令内容"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("采纳对案时填写；留空即按对案原文"),
    )
    to_post = PostField(label=_("改由谁办"), required=False)
    finish_within = MinutesField(label=_("完成限（分钟）"), required=False)
    reason = forms.CharField(label=_("说明"), widget=LONG, max_length=1000)

    def arguments(self) -> dict[str, Any]:
        """The answer as the action knows it."""
        values = super().arguments()
        values["answer"] = CounterAnswer(values["answer"])
        return values
