"""Input about those who are on the spot."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.models import FieldPost
from liandong.command.queries import Party, Someone
from liandong.command.rules.field_people import (
    LARGEST_PARTY,
    LONGEST_SHIFT_HOURS,
    burns_forest,
    read_newcomers,
)
from liandong.command.states import FieldPresenceState, Fitness
from liandong.organization import queries as organization
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker

LONGEST_VERSION = 10


class SignInForm(DeedForm):
    """Who came, from where, how many, by what names; and what was asked of them."""

    title = _("到场签到")
    verb = _("签到")
    busy = _("正在签到")
    done = _("已签到")
    widths: ClassVar[dict[str, str]] = {
        "unit": "half",
        "headcount": "half",
        "group": "half",
        "job": "half",
        "person": "half",
        "at": "half",
        "insured": "half",
        "geared": "half",
    }

    unit = forms.CharField(
        label=_("单位、队伍"), max_length=120, help_text=_("如河口镇民兵应急连、蓝天救援队")
    )
    headcount = forms.IntegerField(
        label=_("人数"),
        min_value=1,
        max_value=LARGEST_PARTY,
        required=False,
        help_text=_("留空按名单计"),
    )
    group = forms.ChoiceField(label=_("编入工作组"), required=False)
    job = forms.CharField(
        label=_("任务"), max_length=120, required=False, help_text=_("如驾驶、医疗、开路")
    )
    listed = forms.CharField(
        label=_("人员名单"),
        widget=forms.Textarea({"rows": 5}),
        max_length=20_000,
        required=False,
        help_text=_("一行一人：姓名 电话 年龄。叫不出名字的只计人数"),
    )
    person = forms.ChoiceField(label=_("或本县通讯录里的人"), required=False, widget=Picker)
    at = forms.DateTimeField(
        label=_("到场时间"), required=False, help_text=_("留空即现在；代录、补录时填写")
    )
    fitness = forms.ChoiceField(
        label=_("是否适宜扑火"),
        choices=[("", _("还没有问")), *Fitness.choices],
        required=False,
        help_text=_("《森林防火条例》第三十五条：不得动员残疾人、孕妇和未成年人"),
    )
    insured = forms.BooleanField(label=_("已买人身意外伤害保险"), required=False)
    geared = forms.BooleanField(label=_("防护装备齐全"), required=False)
    waiver = forms.CharField(
        label=_("保险或装备没齐、仍须上场的理由"),
        widget=LONG,
        max_length=500,
        required=False,
        help_text=_("由现场指挥长填写"),
    )

    def __init__(self, field_post: FieldPost, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in field_post.groups.all()}
        named = [(key, one.name) for key, one in self.groups.items()]
        self.fields["group"].choices = [("", _("指挥部")), *named]  # type: ignore[attr-defined]
        people = [(str(one.pk), one.name) for one in organization.people_here()]
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]
        if not burns_forest(field_post.incident):
            del self.fields["fitness"]

    def arguments(self) -> dict[str, Any]:
        """The list read; a number left blank is that of the names."""
        values = super().arguments()
        values.pop("expected_version", None)
        listed = read_newcomers(values.pop("listed"))
        chosen = values.pop("person")
        person = organization.people_here().filter(pk=chosen).first() if chosen else None
        values["person"], values["people"] = person, [] if person else listed
        values["headcount"] = (1 if person else values["headcount"] or len(listed)) or 0
        values["group"] = self.groups.get(values["group"])
        return values


class PeopleField(forms.MultipleChoiceField):
    """People by key and the version that was seen; whether it still is the one, the action asks."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "choices-many"})
    offered: Sequence[str] = ()

    def valid_value(self, value: Any) -> bool:
        """Whether somebody offered is meant, in whatever version."""
        key, _dot, version = str(value).partition(".")
        offered = {str(one).partition(".")[0] for one in self.offered}
        return key in offered and version.isdecimal() and len(version) < LONGEST_VERSION


class PeopleForm(DeedForm):
    """Which of those who are there, and when."""

    offered: ClassVar[frozenset[FieldPresenceState]] = frozenset()

    people = PeopleField(label=_("人员"))
    at = forms.DateTimeField(
        label=_("时间"), required=False, help_text=_("留空即现在；代录、补录时填写")
    )

    def __init__(self, parties: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [
            (one.value, f"{_called(one)} · {party.row.unit}")
            for party in parties
            for one in party.here
            if one.row.state in self.offered
        ]
        field = self.fields["people"]
        assert isinstance(field, PeopleField)  # noqa: S101 -- declared above
        field.choices, field.offered = shown, [value for value, _name in shown]

    def arguments(self) -> dict[str, Any]:
        """Each chosen one with the version that was seen; the deed is about them, not one row."""
        values = super().arguments()
        values.pop("expected_version", None)
        parts = (one.split(".") for one in values["people"])
        values["people"] = [(UUID(key), int(version)) for key, version in parts]
        return values


class RestForm(PeopleForm):
    """Who rests."""

    title = _("轮休")
    verb = _("登记轮休")
    busy = _("正在登记")
    done = _("已登记轮休")
    offered = frozenset({FieldPresenceState.AT_WORK})


class ResumeForm(PeopleForm):
    """Who works again."""

    title = _("轮休后返岗")
    verb = _("登记返岗")
    busy = _("正在登记")
    done = _("已返岗，班时重新起算")
    offered = frozenset({FieldPresenceState.RESTING})


class SignOutForm(PeopleForm):
    """Who left."""

    title = _("签退离场")
    verb = _("签退")
    busy = _("正在签退")
    done = _("已签退")
    offered = frozenset({FieldPresenceState.AT_WORK, FieldPresenceState.RESTING})


class ShiftForm(DeedForm):
    """How long somebody works before they rest."""

    title = _("定班时")
    verb = _("定班时")
    busy = _("正在办理")
    done = _("已定班时")

    hours = forms.IntegerField(
        label=_("连续在岗不超过（小时）"), min_value=1, max_value=LONGEST_SHIFT_HOURS
    )
    reason = forms.CharField(label=_("理由"), widget=LONG, max_length=500)


def _called(one: Someone) -> str:
    return one.name or str(_("第 %(n)d 人") % {"n": one.row.ordinal + 1})
