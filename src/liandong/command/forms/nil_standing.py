"""Input of nil rounds that a clock asks for."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.states import ResponseLevel
from liandong.web.forms import DeedForm


class NilStandingForm(DeedForm):
    """At which hour, of what, in which incidents, between which days."""

    title = _("定时零报告")
    verb = _("设定")
    done = _("已设定")
    widths: ClassVar[dict[str, str]] = {
        "at": "half",
        "minutes": "half",
        "hazard": "half",
        "level": "half",
        "from_on": "half",
        "until_on": "half",
    }

    question = forms.CharField(label=_("要报什么"), max_length=300)
    at = forms.TimeField(label=_("每天几点"), help_text=_("如 17:00"))
    minutes = forms.IntegerField(label=_("多少分钟内报"), min_value=1, max_value=1440)
    hazard = forms.CharField(label=_("灾种代码（空为全部）"), max_length=20, required=False)
    level = forms.ChoiceField(
        label=_("响应级别（及以上）"),
        choices=[("", _("不限，事件没结束就问")), *ResponseLevel.choices],
        required=False,
    )
    from_on = forms.DateField(label=_("自（空为不限）"), required=False)
    until_on = forms.DateField(label=_("至（空为不限）"), required=False)

    def arguments(self) -> dict[str, Any]:
        """One that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class WithdrawNilStandingForm(DeedForm):
    """That the clock asks no longer."""

    dangerous = True
    title = _("停用定时零报告")
    verb = _("停用")
    done = _("已停用")

    reason = forms.CharField(label=_("停用原因"), widget=LONG, max_length=500)
