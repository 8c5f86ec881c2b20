"""Input of orders to operate a reservoir."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsField, PostsForm
from liandong.web.forms import DeedForm


class OperatingForm(PostsForm):
    """Which gates, how much water, from when; and who is warned before."""

    signs = True
    title = _("水库调度令")
    verb = _("下达调度令")
    busy = _("正在下达")
    done = _("已下达；下游复诵后，请在令页确认下游知悉")
    widths: ClassVar[dict[str, str]] = {
        "to_post": "half",
        "reservoir": "half",
        "gates": "half",
        "outflow_m3s": "half",
    }

    to_post = PostField(label=_("执行岗位"))
    reservoir = forms.CharField(label=_("水库"), max_length=100)
    gates = forms.CharField(
        label=_("闸门、开度"), max_length=200, help_text=_("如 2 号、3 号泄洪闸各开 0.5 m")
    )
    outflow_m3s = forms.DecimalField(
        label=_("下泄流量（m³/s）"), min_value=0, max_digits=9, decimal_places=2
    )
    starts_at = forms.DateTimeField(label=_("执行时间"), help_text=_("留出通知下游的时间"))
    downstream = PostsField(
        label=_("下游先通知的岗位"),
        widget=forms.SelectMultiple({"size": 10}),
        help_text=_("各收到一条预警指令；都复诵、确认后，水库才能动闸"),
    )

    def arguments(self) -> dict[str, Any]:
        """What is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class ConfirmDownstreamForm(DeedForm):
    """That everybody downstream knows."""

    signs = True
    title = _("确认下游知悉")
    verb = _("确认，可以执行")
    busy = _("正在确认")
    done = _("已确认，水库可以执行")
    reached_otherwise = forms.CharField(
        label=_("没有复诵的单位，怎样通知到的"),
        widget=LONG,
        max_length=1000,
        required=False,
        help_text=_("都已复诵的留空；写明电话打给谁、谁接的、几点"),
    )
