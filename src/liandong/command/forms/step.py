"""Input about the steps of a plan that is being carried out, and about what it asks of somebody."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.forms.minutes import MinutesField
from liandong.command.queries.step import Offer
from liandong.command.states import OrderKind
from liandong.kernel.wording import gettext as words
from liandong.plans.language import Step
from liandong.web.forms import DeedForm


class DropForm(DeedForm):
    """Why a step is left out."""

    signs = True
    title = _("取消措施")
    verb = _("取消这项措施")
    busy = _("正在取消")
    done = _("已取消")
    dangerous = True
    reason = forms.CharField(
        label=_("理由"),
        widget=LONG,
        max_length=500,
        help_text=_("在办的指令一并撤回；另一部预案也要用的保留"),
    )


class ReassignForm(PostsForm):
    """To whom a step is given, and why."""

    signs = True
    title = _("改派措施")
    verb = _("改派")
    busy = _("正在改派")
    done = _("已改派，等待复诵")
    to_post = PostField(label=_("改由谁办"))
    finish_within = MinutesField(
        label=_("完成限（分钟）"), required=False, help_text=_("留空按预案")
    )
    reason = forms.CharField(label=_("理由"), widget=LONG, max_length=500)


class AddForm(PostsForm):
    """A step the plan does not have."""

    signs = True
    title = _("增加措施")
    verb = _("增加措施")
    busy = _("正在增加")
    done = _("已增加，前置措施完成后自动下达")
    widths: ClassVar[dict[str, str]] = {
        "kind": "half",
        "to_post": "half",
        "acknowledge_within": "half",
        "finish_within": "half",
    }
    kind = forms.ChoiceField(label=_("类别"), choices=OrderKind.choices)
    to_post = PostField(label=_("交给谁"))
    text = forms.CharField(label=_("内容"), widget=LONG, max_length=2000)
    acknowledge_within = MinutesField(label=_("复诵限（分钟）"), required=False)
    finish_within = MinutesField(label=_("完成限（分钟）"), required=False)
    after = forms.MultipleChoiceField(
        label=_("在哪些措施完成之后"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("不选即刻下达"),
    )
    reason = forms.CharField(label=_("理由"), widget=LONG, max_length=500)

    def __init__(self, *args: Any, steps: Sequence[Step] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = self.fields["after"]
        assert isinstance(after, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        after.choices = [(one.id, one.text[:60]) for one in steps if one.do != "report"]


class ReissueForm(DeedForm):
    """That a recalled step is wanted after all."""

    signs = True
    title = _("重新下达")
    verb = _("重新下达")
    busy = _("正在下达")
    done = _("已重新下达，等待复诵")


class AlternativeForm(DeedForm):
    """Which of the plan's alternatives is ordered instead."""

    signs = True
    title = _("按预案改派")
    verb = _("改派")
    busy = _("正在改派")
    done = _("已按预案改派，等待复诵")
    place = forms.TypedChoiceField(
        label=_("预案写明的替代办法"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, offers: Sequence[Offer] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.TypedChoiceField)  # noqa: S101 -- declared above
        place.choices = [(one.place, _said(one)) for one in offers]
        if offers:
            place.initial = offers[0].place


def _said(offer: Offer) -> str:
    return words("%(body)s %(post)s：%(text)s") % {
        "body": offer.address.body,
        "post": offer.address.post.title,
        "text": offer.address.words(offer.instead.text),
    }


class SettleForm(DeedForm):
    """What came of what the plan asked for."""

    signs = True
    title = _("办结")
    verb = _("办结")
    busy = _("正在办结")
    done = _("已办结")
    outcome = forms.CharField(
        label=_("办理结果"),
        widget=LONG,
        max_length=1000,
        help_text=_("写明作了什么决定、谁已应答，或为什么不办"),
    )


class PrecautionForm(DeedForm):
    """Which measures are taken while a warning is in force."""

    signs = True
    title = _("决定预警期措施")
    verb = _("决定采取")
    busy = _("正在决定")
    done = _("已决定，指令已下达")
    steps = forms.MultipleChoiceField(
        label=_("采取的措施"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label=_("说明"),
        widget=LONG,
        max_length=500,
        required=False,
        help_text=_("没有选的措施，写明为什么"),
    )

    def __init__(self, *args: Any, offered: Sequence[Step] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = self.fields["steps"]
        assert isinstance(steps, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        steps.choices = [
            (one.id, words("%(text)s（%(cite)s）") % {"text": one.text, "cite": _cite(one)})
            for one in offered
        ]
        steps.initial = [one.id for one in offered]


def _cite(step: Step) -> str:
    return step.source.cite.split("；")[0] if step.source else ""


class PassOverForm(DeedForm):
    """Why none of the measures is taken."""

    signs = True
    title = _("不采取预警期措施")
    verb = _("不采取")
    done = _("已记下")
    dangerous = True
    reason = forms.CharField(label=_("理由"), widget=LONG, max_length=500)
