"""Input of decisions."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.command_term import CitingForm
from liandong.command.forms.incident import LONG
from liandong.command.states import DecisionKind, ResponseLevel
from liandong.web.forms import DeedForm


class DecideForm(CitingForm):
    """A decision with the four elements the law asks for, and by whose word where another commands."""

    signs = True
    title = _("响应决定")
    verb = _("签署决定")
    busy = _("正在签署")
    done = _("已签署")
    widths: ClassVar[dict[str, str]] = {
        "kind": "third",
        "level": "third",
        "expected_until": "third",
    }

    field_order = ("kind", "level", "expected_until", "superior_order")

    kind = forms.ChoiceField(label=_("决定"), choices=DecisionKind.choices)
    level = forms.ChoiceField(
        label=_("级别"), choices=[("", "—"), *ResponseLevel.choices], required=False
    )
    expected_until = forms.DateTimeField(label=_("预计期限（至）"), required=False)
    matters = forms.CharField(label=_("响应事项"), widget=LONG, max_length=2000, required=False)
    measures = forms.CharField(
        label=_("应急处置措施"),
        widget=forms.Textarea({"rows": 5}),
        max_length=4000,
        required=False,
    )
    area = forms.CharField(label=_("范围"), max_length=300, required=False)
    overrule_reason = forms.CharField(
        label=_("改判理由"),
        widget=LONG,
        max_length=1000,
        required=False,
        help_text=_("与研判建议不同时必填"),
    )

    def arguments(self) -> dict[str, Any]:
        """The kind as the action knows it."""
        values = super().arguments()
        values["kind"] = DecisionKind(values["kind"])
        return values


class SignForm(DeedForm):
    """A signature under a decision somebody else laid open."""

    signs = True
    title = _("会签决定")
    verb = _("会签")
    busy = _("正在签署")
    done = _("已会签")


class ConsentForm(DeedForm):
    """Consent to what was decided."""

    signs = True
    title, verb, busy = _("同意决定"), _("同意"), _("正在登记")
    done = _("已同意")


class RefuseConsentForm(DeedForm):
    """No consent, and why."""

    signs = True
    dangerous = True
    title, verb, busy = _("不同意"), _("不同意"), _("正在登记")
    done = _("已登记不同意，决定不生效")

    reason = forms.CharField(label=_("不同意的理由"), widget=LONG, max_length=1000)
