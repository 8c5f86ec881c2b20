"""Input of rounds of nil reports."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.states import NilReturnState
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.web.forms import DeedForm


class AskRoundForm(DeedForm):
    """What is asked of whom, and by when."""

    title = _("要求零报告")
    verb = _("发出")
    busy = _("正在发出")
    done = _("已发出，没有报的到时再催")
    widths: ClassVar[dict[str, str]] = {"minutes": "half"}

    question = forms.CharField(label=_("要报什么"), max_length=300)
    minutes = forms.IntegerField(
        label=_("限时（分钟）"), min_value=1, max_value=1440, initial=60
    )
    bodies = forms.MultipleChoiceField(
        label=_("要哪些乡镇报"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """All townships are asked, unless somebody ticks fewer."""
        super().__init__(*args, **kwargs)
        self.known = {
            str(one.pk): one for one in organization.bodies_by_kind(BodyKind.TOWNSHIP)
        }
        field = self.fields["bodies"]
        field.choices = [(key, one.short_name) for key, one in self.known.items()]  # type: ignore[attr-defined]
        self.initial.setdefault("bodies", list(self.known))

    def arguments(self) -> dict[str, Any]:
        """A round that is yet to be has no version; bodies are rows."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["bodies"] = [self.known[key] for key in values["bodies"]]
        return values


class AnswerReturnForm(DeedForm):
    """Whether all is well."""

    title = _("零报告")
    verb = _("报送")
    busy = _("正在报送")
    done = _("已报送")

    state = forms.ChoiceField(
        label=_("情况"),
        choices=[one for one in NilReturnState.choices if one[0] != NilReturnState.AWAITED],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("有情况的写明"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("何处、何事、多少人；没问到的写“未问到”"),
    )
