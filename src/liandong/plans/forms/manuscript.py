"""Input of manuscripts as wholes: begun, and given up."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.problems import Invalid, Problem
from liandong.plans.forms.document import KINDS
from liandong.plans.forms.place import KEY, Choices, offer
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


class OpenManuscriptForm(DeedForm):
    """起草预案."""

    title, verb, done = _("起草预案"), _("开始写"), ""
    widths: ClassVar[dict[str, str]] = {
        "key": "half",
        "kind": "half",
        "hazard": "half",
        "headquarters": "half",
    }
    name = forms.CharField(
        label=_("名称"), max_length=200, help_text=_("例如 示例县森林火灾应急预案")
    )
    key = forms.CharField(
        label=_("代号"),
        max_length=64,
        validators=[KEY],
        help_text=_("英文小写，定了不改，如 forest-fire"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=KINDS, initial="special")
    hazard = forms.ChoiceField(label=_("灾种"), widget=Picker)
    headquarters = forms.ChoiceField(label=_("由哪个指挥部指挥"), widget=Picker)

    anew = forms.BooleanField(
        label=_("仍从空白写起，存入草案时成为那部预案的新一版"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, hazards: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["hazard"], [("", _("请选灾种")), *hazards])
        offer(self.fields["headquarters"], [("", _("请选指挥部")), *bodies])

    def refuse(self, problem: Problem) -> None:
        """A key that is taken can still be meant: whoever has been told is asked."""
        super().refuse(problem)
        if isinstance(problem, Invalid) and "key" in problem.fields:
            self.fields["anew"].widget = forms.CheckboxInput()


class DiscardForm(DeedForm):
    """废弃文稿."""

    title, verb, done = _("废弃文稿"), _("废弃"), _("已废弃；存过的草案还在。")
    dangerous = True
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea)
