"""Input about an order, from those who give it and from those who got it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.rules.order import PROOFS
from liandong.command.states import CounterAnswer
from liandong.kernel.wording import as_kept
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.web.files import ManyFilesField
from liandong.web.forms import DeedForm
from liandong.web.maps.picking import PlacedForm

LONGEST_MINUTES = 60 * 24 * 30
ASKED = _("部队、上级和外县，以及没有纳入响应的垂管单位、企业，按商请发出，对方可以不答应")
ORDER_OF_TERMS = (
    "text",
    "place",
    "acknowledge_within",
    "finish_within",
    "needs_proof",
    "papers",
    "lon",
    "lat",
    "read_from",
)


class MinutesField(forms.IntegerField):
    """A length in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LONGEST_MINUTES, **kwargs)

    def clean(self, value: Any) -> timedelta | None:
        """Minutes as a length of time; none for none."""
        minutes = super().clean(value)
        return timedelta(minutes=minutes) if minutes else None


class TermsForm(PlacedForm, PostsForm):
    """What an order says, whoever gets it."""

    must_be_placed = False
    signs = True
    busy = _("正在下达")
    widths: ClassVar[dict[str, str]] = {
        "acknowledge_within": "half",
        "finish_within": "half",
        "lon": "third",
        "lat": "third",
        "read_from": "third",
    }

    text = forms.CharField(
        label=_("内容"),
        widget=LONG,
        max_length=2000,
        help_text=_(
            "动作、对象、地点、时限。商请部队的，写明灾害种类、时间、地域、危害程度、已采取的措施和需用的兵力装备"
        ),
    )
    place = forms.CharField(label=_("地点"), max_length=300, required=False)
    acknowledge_within = MinutesField(label=_("复诵限（分钟）"), initial=10)
    finish_within = MinutesField(label=_("完成限（分钟）"), required=False)
    needs_proof = forms.MultipleChoiceField(
        label=_("完成时须附"),
        choices=list(PROOFS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    papers = ManyFilesField(label=_("附件"), required=False)

    def arguments(self) -> dict[str, Any]:
        """An order that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class IssueForm(TermsForm):
    """An order to one post."""

    title = _("下达指令")
    verb = _("下达指令")
    done = _("指令已下达，等待复诵")
    field_order = ("to_post", *ORDER_OF_TERMS)

    to_post = PostField(label=_("接令岗位"), help_text=ASKED)


class DispatchForm(TermsForm):
    """An order to many bodies at once: some that go together, some by name, or both."""

    title = _("群发指令")
    verb = _("群发指令")
    done = _("已下达到各单位，等待复诵")
    field_order = ("groups", "units", *ORDER_OF_TERMS)

    groups = forms.MultipleChoiceField(
        label=_("成批选"), widget=forms.CheckboxSelectMultiple, required=False
    )
    units = forms.MultipleChoiceField(
        label=_("逐个选"),
        widget=forms.CheckboxSelectMultiple({"class": "choices-many"}),
        required=False,
        help_text=ASKED,
    )

    def __init__(
        self,
        *args: Any,
        groups: Mapping[str, Sequence[Body]],
        labels: Mapping[str, str],
        units: Iterable[Body],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._groups = groups
        self._units = {str(body.pk): body for body in units}
        listed = [
            (key, f"{labels[key]} {len(bodies)}") for key, bodies in groups.items() if bodies
        ]
        named = [(pk, body.short_name) for pk, body in self._units.items()]
        self.fields["groups"].choices = listed  # type: ignore[attr-defined]
        self.fields["units"].choices = named  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The receiving post of each body that was chosen, one way or the other, once."""
        values = super().arguments()
        chosen = {
            body.pk: body for key in values.pop("groups") for body in self._groups[key]
        } | {self._units[pk].pk: self._units[pk] for pk in values.pop("units")}
        values["to_posts"] = organization.liaisons(chosen.values())
        return values


class RecallDispatchForm(DeedForm):
    """Why it is taken back from all."""

    signs = True
    title = _("撤回整批指令")
    verb = _("全部撤回")
    busy = _("正在撤回")
    done = _("没有完成的都已撤回")
    dangerous = True
    reason = forms.CharField(label=_("撤回原因"), widget=LONG, max_length=1000)

    def arguments(self) -> dict[str, Any]:
        """Whoever answered meanwhile is told all the same: a dispatch has no version."""
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


class CounterRequestForm(CounterForm):
    """What is asked for instead; nobody insists on a request."""

    title = _("改请")
    verb = _("改请")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accepted = CounterAnswer.ACCEPTED
        self.fields["answer"].choices = [(accepted.value, accepted.label)]  # type: ignore[attr-defined]
        self.initial.setdefault("answer", accepted.value)
