"""Input about missing people."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.models import MissingPerson
from liandong.command.queries import township_names
from liandong.command.states import MISSING_MOVES, MissingState
from liandong.web.forms import DeedForm


class ReportMissingForm(DeedForm):
    """Who is missing, and who says so."""

    title = _("登记失踪人员")
    verb = _("登记失踪")
    busy = _("正在登记")
    done = _("已登记，失踪人数已更新")
    widths: ClassVar[dict[str, str]] = {
        "name": "half",
        "township": "half",
        "reporter": "half",
        "at": "half",
    }

    name = forms.CharField(
        label=_("姓名或称呼"), max_length=60, help_text=_("不知道姓名的，写得出是谁就行")
    )
    township = forms.ChoiceField(label=_("乡镇"), required=False)
    about = forms.CharField(
        label=_("性别、年龄、衣着等"), widget=LONG, max_length=500, required=False
    )
    last_seen = forms.CharField(
        label=_("最后一次在何时何地见到"), widget=LONG, max_length=500, required=False
    )
    reporter = forms.CharField(
        label=_("谁报的、电话"), max_length=120, help_text=_("家属、村干部或单位")
    )
    at = forms.DateTimeField(
        label=_("报告时间"), required=False, help_text=_("留空即现在；代录、补录时填写")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "—"), *((one, one) for one in township_names())]
        self.fields["township"].choices = names  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """What is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class SettleMissingForm(DeedForm):
    """What became of somebody."""

    title = _("登记查明情况")
    verb = _("登记查明")
    busy = _("正在登记")
    done = _("已登记，人数已更新")
    widths: ClassVar[dict[str, str]] = {"state": "half", "at": "half"}

    state = forms.ChoiceField(label=_("查明"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("在哪里、怎样查明"),
        widget=LONG,
        max_length=500,
        help_text=_("谁找到的、现在何处；死亡的写明谁确认"),
    )
    at = forms.DateTimeField(
        label=_("查明时间"), required=False, help_text=_("留空即现在；代录、补录时填写")
    )

    def __init__(self, person: MissingPerson, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = MISSING_MOVES.table[MissingState(person.state)] - {MissingState.MISSING}
        offered = [(one.value, one.label) for one in MissingState if one in may]
        self.fields["state"].choices = offered  # type: ignore[attr-defined]


class ReopenMissingForm(DeedForm):
    """That it was wrong."""

    title = _("重新列为失踪")
    verb = _("重新列为失踪")
    busy = _("正在登记")
    done = _("已重新列为失踪，人数已更新")

    reason = forms.CharField(label=_("理由"), widget=LONG, max_length=500)
