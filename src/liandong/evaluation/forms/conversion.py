"""Input when a drill becomes real."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.evaluation import queries
from liandong.evaluation.forms.drill import ButtonForm
from liandong.evaluation.models import Drill
from liandong.plans.language import dictionary
from liandong.sharing.registers.hazards import HAZARDS


class ConvertForm(ButtonForm):
    """What is real, and which of what was played is true."""

    dangerous = True
    title, verb, busy = _("演练转实战"), _("转为实战"), _("正在转为实战")
    done = _("已转为实战：事件已登记，演练已结束，名单内各岗位已通知")
    widths: ClassVar[dict[str, str]] = {"hazard": "half", "source": "half"}
    field_order = ("name", "hazard", "source", "place", "facts")

    name = forms.CharField(label=_("事件名称"), max_length=200)
    hazard = forms.ChoiceField(label=_("类别"), choices=list(HAZARDS.items()))
    source = forms.CharField(label=_("信息来源"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=300, required=False)
    facts = forms.MultipleChoiceField(
        label=_("演练中记下、现在属实的情况"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不勾选的一概不带入实战"),
    )

    def __init__(self, *args: Any, drill: Drill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dictionary()
        # By name and value: what has changed since it was shown is not what was ticked.
        self.played = {
            f"{name}={value}": (name, value)
            for name, value in queries.facts_played(drill).items()
            if name in known
        }
        shown = [
            (
                f"{name}={value}",
                f"{known[name].label} {known[name].show(known[name].read(value))}",
            )
            for name, value in self.played.values()
        ]
        self.fields["facts"].choices = shown  # type: ignore[attr-defined]
        if not shown:
            self.fields.pop("facts")

    def arguments(self) -> dict[str, Any]:
        """Values instead of names."""
        values = super().arguments()
        chosen = dict(self.played[one] for one in values.get("facts", ()))
        return values | {"title": values.pop("name"), "facts": chosen}
