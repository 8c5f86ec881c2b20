"""Input of the deeds around warnings."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.states import Hazard, Level
from liandong.organization import queries as organization
from liandong.web.forms import DeedForm

# The commonest first.
HAZARDS = sorted(
    Hazard.choices, key=lambda one: (one[0] not in (Hazard.RAINSTORM, Hazard.FLOOD), one[0])
)


class AreasField(forms.CharField):
    """Names of places, parted by whatever people part them with."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as people write it."""
        return "、".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """Make a list of what was typed."""
        parts = re.split(r"[、，,；;\s]+", super().to_python(value) or "")
        return [part[:60] for part in parts if part]


class ElementsForm(DeedForm):
    """The elements that people write; nothing is required here, issuing asks by name and article."""

    widths = {"category": "third", "level": "third", "starts_at": "third"}

    category = forms.CharField(label=_("类别"), max_length=40, required=False)
    level = forms.ChoiceField(
        label=_("级别"), choices=[("", _("请选择")), *Level.choices], required=False
    )
    starts_at = forms.DateTimeField(label=_("起始时间"), required=False)
    scope = forms.CharField(
        label=_("可能影响范围"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    areas = AreasField(
        label=_("涉及乡镇"),
        required=False,
        max_length=1000,
        help_text=_("用顿号隔开，供分发使用"),
    )
    cautions = forms.CharField(
        label=_("警示事项"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    measures = forms.CharField(
        label=_("应采取的措施"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
    issuing_body = forms.ModelChoiceField(
        label=_("发布单位"), queryset=organization.all_bodies(), required=False
    )


class DraftForm(ElementsForm):
    """拟预警."""

    title, verb, done = _("拟一条预警"), _("存为待确认"), _("预警已拟好，等待发布单位确认。")
    hazard = forms.ChoiceField(label=_("灾种"), choices=HAZARDS)
    field_order = ("hazard", "category", "level", "starts_at")


class IssueForm(ElementsForm):
    """发布预警."""

    title, verb, busy, done = _("确认并发布"), _("发布"), _("正在发布"), _("预警已发布。")


class AdjustForm(ElementsForm):
    """调整预警."""

    title, verb, done = _("调整并重新发布"), _("重新发布"), _("预警已调整并重新发布。")
    reason = forms.CharField(
        label=_("调整理由"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )


class LiftForm(DeedForm):
    """解除预警."""

    signs = True
    title, verb, done, dangerous = _("解除预警"), _("解除"), _("预警已解除。"), True
    reason = forms.CharField(
        label=_("解除理由"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class DiscardForm(LiftForm):
    """不发布."""

    title, verb, done = _("不发布这条拟稿"), _("不发布"), _("拟稿已放弃。")
    reason = forms.CharField(
        label=_("理由"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


def elements_of(warning: Warning) -> dict[str, Any]:
    """What a warning says now, to begin a form with."""
    names = ("category", "level", "starts_at", "scope", "areas", "cautions", "measures")
    said: dict[str, Any] = {name: getattr(warning, name) for name in names}
    said["starts_at"] = warning.starts_at and warning.starts_at.replace(microsecond=0)
    return said | {"issuing_body": warning.issuing_body_id, "expected_version": warning.version}
