"""Input about handing on what came in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


class TransferForm(DeedForm):
    """To whom, and what they should know."""

    title = _("移送")
    verb = _("移送")
    busy = _("正在移送")
    done = _("已移送；对方接收以前仍由您负责")

    to_body = forms.ChoiceField(
        label=_("移送单位"),
        widget=Picker,
        help_text=_("主管单位、毗邻县或上级机关；单位没有联络员的，请电话告知"),
    )
    text = forms.CharField(label=_("移送内容"), widget=LONG, max_length=4000)
    reason = forms.CharField(label=_("移送理由"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies: dict[str, Body] = {str(one.pk): one for one in organization.all_bodies()}
        named = [(pk, str(one)) for pk, one in self.bodies.items()]
        field = self.fields["to_body"]
        field.choices = [("", _("请选单位")), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The body itself; a transfer that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["to_body"] = self.bodies[values["to_body"]]
        return values


class AcceptForm(DeedForm):
    """That it is taken over."""

    title = _("接收移送")
    verb = _("接收")
    done = _("已接收")

    told_by = forms.CharField(
        label=_("对方答复人（代录）"),
        max_length=120,
        required=False,
        help_text=_("值班员代录电话答复时必填，写姓名、职务"),
    )
    answer = forms.CharField(label=_("说明"), max_length=500, required=False)


class RefuseForm(DeedForm):
    """Why it is sent back."""

    title = _("退回移送")
    verb = _("退回")
    dangerous = True
    done = _("已退回")

    told_by = forms.CharField(label=_("对方答复人（代录）"), max_length=120, required=False)
    answer = forms.CharField(label=_("退回理由"), max_length=500)


class ReadBackForm(DeedForm):
    """That it was said back."""

    title = _("向对方复诵")
    verb = _("对方已确认")
    done = _("已记录复诵")

    def arguments(self) -> dict[str, Any]:
        """A call is never changed and has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values
