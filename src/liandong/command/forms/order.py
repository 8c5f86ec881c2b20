"""Input about an order that was given, from those who got it and those who gave it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.forms.minutes import MinutesField
from liandong.command.queries import name_of
from liandong.command.states import CounterAnswer
from liandong.kernel.wording import as_kept
from liandong.organization.models import Post
from liandong.web.files import ManyFilesField
from liandong.web.forms import DeedForm
from liandong.web.maps.picking import PlacedForm

LARGEST_AMOUNT = 10_000_000


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


class AgreeForm(AcceptForm):
    """That what was asked for will be done."""

    title = _("答应商请")
    verb = _("答应")
    busy = _("正在答复")
    done = _("已答复指挥部")


class RefuseForm(DeclineForm):
    """That what was asked for will not be done, as is the right of whoever was only asked."""

    title = _("不能协助")
    verb = _("答复不能协助")
    busy = _("正在答复")
    done = _("已答复指挥部")


class ProgressForm(ToldForm, PlacedForm):
    """How far it has come: in words, in figures, where."""

    must_be_placed = False
    title = _("报进展")
    verb = _("报进展")
    busy = _("正在上报")
    done = _("已报")
    widths: ClassVar[dict[str, str]] = {
        "amount": "third",
        "amount_of": "third",
        "unit": "third",
        "lon": "third",
        "lat": "third",
        "read_from": "third",
    }
    field_order = ("text", "amount", "amount_of", "unit", "proof", "lon", "lat", "read_from")

    text = forms.CharField(label=_("进展情况"), widget=LONG, max_length=2000)
    amount = forms.IntegerField(
        label=_("已办"),
        min_value=0,
        max_value=LARGEST_AMOUNT,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("如已转移 120"),
    )
    amount_of = forms.IntegerField(
        label=_("共"),
        min_value=0,
        max_value=LARGEST_AMOUNT,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    unit = forms.CharField(
        label=_("单位"), max_length=10, required=False, help_text=_("人、户、袋、公里")
    )
    proof = ManyFilesField(label=_("照片或文件"), required=False)


class FinishForm(ProgressForm):
    """That it is done."""

    title = _("报完成")
    verb = _("报完成")
    done = _("已报完成，等待核验")
    text = forms.CharField(label=_("完成情况"), widget=LONG, max_length=2000)


class HandOnForm(PostsForm):
    """Who below the unit does it."""

    title = _("转交下级办理")
    verb = _("转交")
    busy = _("正在转交")
    done = _("已转交，时限不变；本单位仍要汇总报完成")
    to_post = PostField(label=_("转交给"))
    text = forms.CharField(
        label=_("交代什么"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("留空即照原令"),
    )

    def __init__(self, *args: Any, below: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), name_of(one)) for one in below]
        self.fields["to_post"].choices = [("", _("请选岗位")), *named]  # type: ignore[attr-defined]


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


class CounterRequestForm(CounterForm):
    """What is asked for instead; nobody insists on a request."""

    title = _("改请")
    verb = _("改请")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accepted = CounterAnswer.ACCEPTED
        self.fields["answer"].choices = [(accepted.value, accepted.label)]  # type: ignore[attr-defined]
        self.initial.setdefault("answer", accepted.value)
