"""Input of those who give orders: to one, to many, in parts, in other words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.command_term import CitingForm
from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.forms.minutes import MinutesField
from liandong.command.forms.order_phrase import PhraseField
from liandong.command.models import ActionPlan, Order, OrderPhrase
from liandong.command.rules.order import PROOFS
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.web.files import ManyFilesField
from liandong.web.forms import DeedForm
from liandong.web.maps.picking import PlacedForm

MOST_PARTS = 6
ASKED = _("部队、上级和外县，以及没有纳入响应的垂管单位、企业，按商请发出，对方可以不答应")
ORDER_OF_TERMS = (
    "text",
    "place",
    "acknowledge_within",
    "finish_within",
    "needs_proof",
    "papers",
    "after",
    "lon",
    "lat",
    "read_from",
)


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

    phrase = PhraseField(label=_("常用指令"), required=False)
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
    after = forms.ChoiceField(
        label=_("等哪条指令完成后才开始"),
        required=False,
        help_text=_("完成限从那条完成时起算；在此之前可以复诵、接受"),
    )

    def __init__(
        self,
        *args: Any,
        before: Iterable[Order] = (),
        phrases: Iterable[OrderPhrase] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = self.fields["phrase"]
        if isinstance(kept, PhraseField):
            kept.offer(rows := list(phrases))
            if not rows:
                del self.fields["phrase"]
        self._before = {str(one.pk): one for one in before}
        named = [
            (pk, f"{one} {one.to_body} {one.text[:30]}") for pk, one in self._before.items()
        ]
        self.fields["after"].choices = [("", _("不等")), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """An order that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values.pop("phrase", None)
        values["after"] = self._before.get(values["after"])
        return values


class IssueForm(CitingForm, TermsForm):
    """An order to one post, which may carry out what a superior told the county to do."""

    title = _("下达指令")
    verb = _("下达指令")
    done = _("指令已下达，等待复诵")
    field_order = ("phrase", "to_post", "text", "superior_order", "cites_plan", *ORDER_OF_TERMS)

    to_post = PostField(label=_("接令岗位"), help_text=ASKED)
    cites_plan = forms.BooleanField(required=False, help_text=_("接令单位可以看到方案全文"))

    def __init__(
        self, *args: Any, action_plan: ActionPlan | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action_plan = action_plan
        if action_plan is None:
            del self.fields["cites_plan"]
        else:
            label = _("按%(plan)s下达") % {"plan": action_plan}
            self.fields["cites_plan"].label = label

    def arguments(self) -> dict[str, Any]:
        """The plan itself, where it is cited."""
        values = super().arguments()
        if values.pop("cites_plan", False):
            values["action_plan"] = self.action_plan
        return values


class DispatchForm(TermsForm):
    """An order to many bodies at once: some that go together, some by name, or both."""

    title = _("群发指令")
    verb = _("群发指令")
    done = _("已下达到各单位，等待复诵")
    field_order = ("groups", "units", "phrase", *ORDER_OF_TERMS)

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


class SplitForm(PostsForm):
    """Who does which part."""

    signs = True
    title = _("拆分给几个单位")
    verb = _("拆分")
    busy = _("正在拆分")
    done = _("已拆分，时限不变；原令仍由原单位汇总")
    widths: ClassVar[dict[str, str]] = {
        **{f"post_{at}": "third" for at in range(1, MOST_PARTS + 1)},
        **{f"text_{at}": "two-thirds" for at in range(1, MOST_PARTS + 1)},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Fields of a form are a class's; these are as many as there are parts.
        self.base_fields = {**self.base_fields, **_part_fields()}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """Each part that was filled in, as the action takes it."""
        values = super().arguments()
        places = range(1, MOST_PARTS + 1)
        said = [(values.pop(f"post_{at}"), values.pop(f"text_{at}")) for at in places]
        values["parts"] = [(post, text) for post, text in said if post]
        return values

    def clean(self) -> dict[str, Any]:
        """No part is lost because nobody was chosen for it."""
        values = super().clean() or {}
        for at in range(1, MOST_PARTS + 1):
            if (values.get(f"text_{at}") or "").strip() and not values.get(f"post_{at}"):
                self.add_error(f"post_{at}", _("请选由谁办"))
        return values


def _part_fields() -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for at in range(1, MOST_PARTS + 1):
        found[f"post_{at}"] = PostField(label=_("第%(n)d份由谁办") % {"n": at}, required=False)
        found[f"text_{at}"] = forms.CharField(
            label=_("办什么"), max_length=2000, required=False
        )
    return found


class AmendForm(PostsForm):
    """What is ordered instead, and why."""

    signs = True
    title = _("改令")
    verb = _("改令")
    busy = _("正在改令")
    done = _("已改令，原令作废，新令等待复诵")
    text = forms.CharField(label=_("改令内容"), widget=LONG, max_length=2000)
    to_post = PostField(label=_("改由谁办"), required=False, help_text=_("不改的不选"))
    finish_within = MinutesField(
        label=_("完成限（分钟）"), required=False, help_text=_("留空即照原来的时限")
    )
    reason = forms.CharField(label=_("改令原因"), widget=LONG, max_length=1000)
