"""Writing down an inspection, and what was mended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.web.forms import DeedForm


class InspectionForm(DeedForm):
    """检查."""

    title, verb, done = _("登记检查"), _("登记检查"), _("检查已登记，下次检查日期随之顺延。")
    widths = {"done_on": "half", "by": "half"}

    done_on = forms.DateField(label=_("检查日期"))
    by = forms.CharField(label=_("检查人"), max_length=100)
    found = forms.CharField(
        label=_("发现的问题"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("没有发现问题的留空"),
    )
    mend_by = forms.DateField(label=_("整改期限"), required=False)


class MendedForm(DeedForm):
    """整改完成."""

    title, verb, done = _("整改完成"), _("登记整改"), _("整改已登记。")

    mended_on = forms.DateField(label=_("完成日期"))
    mended = forms.CharField(
        label=_("整改情况"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
