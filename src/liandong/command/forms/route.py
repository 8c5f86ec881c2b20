"""Input of routes."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.states import RouteKind
from liandong.web.forms import DeedForm
from liandong.web.maps.tracing import TracedForm


class RouteForm(TracedForm):
    """A route: what it is for, what it is called, and its points."""

    title, verb, busy = _("画线路"), _("画上线路"), _("正在画上")
    done = _("线路已画上，各处地图随即更新")
    widths: ClassVar[dict[str, str]] = {"kind": "half", "name": "half"}
    field_order = ("kind", "name", "points", "read_from")

    kind = forms.ChoiceField(label=_("类别"), choices=RouteKind.choices)
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如：柳湾至镇中学"))


class WithdrawRouteForm(DeedForm):
    """That a route no longer holds."""

    title, verb, busy = _("撤销线路"), _("撤销线路"), _("正在撤销")
    done = _("线路已撤销，各处地图随即更新")
    dangerous = True

    reason = forms.CharField(label=_("撤销原因"), max_length=200)
