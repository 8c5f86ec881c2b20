"""Keeping a question to the risk map."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.web.forms import DeedForm


class _ViewForm(DeedForm):
    def arguments(self) -> dict[str, Any]:
        """A view has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class SaveViewForm(_ViewForm):
    """存为常用."""

    title, verb, done = _("存为常用"), _("存为常用"), _("已存为常用视图。")
    widths: ClassVar[dict[str, str]] = {"name": "half", "is_shared": "half"}
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如：青衣江城区段下游"))
    is_shared = forms.BooleanField(label=_("全县可用"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, max_length=8000)


class DropViewForm(_ViewForm):
    """删除常用视图."""

    title, verb, done = _("删除常用视图"), _("删除"), _("已删除。")
    dangerous = True
