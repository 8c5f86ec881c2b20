"""Input of decisions and consultations."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.command_term import CitingForm
from liandong.command.forms.incident import LONG, PostsField, PostsForm
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


class ConsultForm(PostsForm):
    """Who is called together."""

    signs = True
    title = _("发起会商")
    verb = _("发起会商")
    busy = _("正在发起")

    attendees = PostsField(label=_("参会岗位"), widget=forms.SelectMultiple({"size": 10}))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)

    def arguments(self) -> dict[str, Any]:
        """The posts as a list; a consultation that is yet to be has no version."""
        values = super().arguments()
        values["attendees"] = list(values["attendees"])
        values.pop("expected_version", None)
        return values


class MinutesForm(DeedForm):
    """The minutes. An item a line: what, who, by when, parted by strokes."""

    title = _("会商纪要")
    verb = _("保存纪要")
    busy = _("正在保存")
    done = _("纪要已保存")

    situation = forms.CharField(label=_("情况"), widget=LONG, max_length=4000, required=False)
    findings = forms.CharField(label=_("研判结论"), widget=LONG, max_length=4000)
    dissent = forms.CharField(label=_("不同意见"), widget=LONG, max_length=4000, required=False)
    items = forms.CharField(
        label=_("议定事项"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        help_text=_("每行一项：事项 | 责任 | 时限"),
    )

    def clean_items(self) -> list[dict[str, str]]:
        """Lines as items; an item that lacks something is refused by the action."""
        items = []
        for line in str(self.cleaned_data["items"]).splitlines():
            if line.strip():
                parts = [part.strip() for part in line.replace("｜", "|").split("|")]
                items.append(dict(zip(("decision", "responsible", "by"), parts, strict=False)))
        return items


class CloseConsultationForm(DeedForm):
    """That the consultation is over."""

    title = _("结束会商")
    verb = _("结束会商")
