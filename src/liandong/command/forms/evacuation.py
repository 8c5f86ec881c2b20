"""Input about those who have to leave their homes."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.field_people import PeopleField
from liandong.command.forms.incident import LONG
from liandong.command.queries import Filling, Village
from liandong.command.rules.evacuation import read_households
from liandong.command.states import HOUSEHOLD_MOVES, HouseholdState
from liandong.organization.models import Body
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


class ListHouseholdsForm(DeedForm):
    """Which households of a place have to leave."""

    title = _("登记转移清单")
    verb = _("登记清单")
    busy = _("正在登记")
    done = _("已登记转移清单")
    widths: ClassVar[dict[str, str]] = {
        "township": "half",
        "place": "half",
        "leader": "half",
        "leader_phone": "half",
    }

    township = forms.ChoiceField(label=_("乡镇"))
    place = forms.CharField(label=_("村、组"), max_length=120)
    leader = forms.CharField(label=_("转移责任人"), max_length=60)
    leader_phone = forms.CharField(label=_("责任人电话"), max_length=40, required=False)
    listed = forms.CharField(
        label=_("转移清单"),
        widget=forms.Textarea({"rows": 8}),
        max_length=40_000,
        help_text=_("一行一户：户主 人数 电话 需要帮助的情况，如 王五 3 13800000001 一人卧床"),
    )

    def __init__(self, townships: Sequence[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.townships = {str(one.pk): one for one in townships}
        self.fields["township"].choices = [  # type: ignore[attr-defined]
            (key, one.short_name) for key, one in self.townships.items()
        ]

    def arguments(self) -> dict[str, Any]:
        """The list read."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["households"] = read_households(values.pop("listed"))
        values["township"] = self.townships[values["township"]]
        return values


class MoveHouseholdsForm(DeedForm):
    """What became of which households."""

    title = _("登记转移情况")
    verb = _("登记")
    busy = _("正在登记")
    done = _("已登记，转移人数已更新")
    widths: ClassVar[dict[str, str]] = {"state": "half", "shelter": "half", "at": "half"}

    state = forms.ChoiceField(label=_("情况"), choices=HouseholdState.choices)
    shelter = forms.ChoiceField(
        label=_("安置点"), required=False, widget=Picker, help_text=_("留空即投亲靠友")
    )
    people = PeopleField(label=_("户"))
    words = forms.CharField(
        label=_("补充情况"),
        widget=LONG,
        max_length=500,
        required=False,
        help_text=_("不愿转移的，写明为什么、谁去劝过"),
    )
    at = forms.DateTimeField(
        label=_("时间"), required=False, help_text=_("留空即现在；代录、补录时填写")
    )

    def __init__(
        self,
        villages: Sequence[Village],
        fillings: Sequence[Filling],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        homes = [(village, home) for village in villages for home in village.homes]
        shown = [
            (
                home.value,
                _("%(place)s %(head)s %(n)d 人（%(state)s）")
                % {
                    "place": village.row.place,
                    "head": home.head,
                    "n": home.row.people,
                    "state": HouseholdState(home.row.state).label,
                },
            )
            for village, home in homes
            if HOUSEHOLD_MOVES.table[HouseholdState(home.row.state)]
        ]
        field = self.fields["people"]
        assert isinstance(field, PeopleField)  # noqa: S101 -- declared above
        field.choices, field.offered = shown, [value for value, _label in shown]
        self.records = {str(one.row.pk): one.row for one in fillings}
        self.fields["shelter"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *(
                (
                    str(one.row.pk),
                    _("%(name)s（还能住 %(free)d 人）")
                    % {"name": one.row.name, "free": one.free},
                )
                for one in fillings
            ),
        ]

    def arguments(self) -> dict[str, Any]:
        """Each chosen household with the version that was seen."""
        values = super().arguments()
        values.pop("expected_version", None)
        parts = (one.split(".") for one in values.pop("people"))
        values["households"] = [(UUID(key), int(version)) for key, version in parts]
        values["shelter"] = self.records.get(values["shelter"])
        return values
