"""Input about special periods and their filing."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.queries.township import township_names
from liandong.command.states import SpecialPeriodKind
from liandong.web.forms import DeedForm
from liandong.web.maps.tracing import TracedForm


class DeclarePeriodForm(TracedForm):
    """A special period as its paper says."""

    signs = True
    title, verb, busy = _("宣布特殊时期"), _("登记宣布"), _("正在登记")
    done = _("已登记，各处随即显示；请报人大常委会备案")
    widths: ClassVar[dict[str, str]] = {
        "kind": "half",
        "paper": "half",
        "starts_at": "half",
        "ends_at": "half",
    }
    field_order = (
        "kind",
        "paper",
        "declared_by",
        "words",
        "starts_at",
        "ends_at",
        "townships",
        "points",
        "read_from",
    )

    kind = forms.ChoiceField(label=_("种类"), choices=SpecialPeriodKind.choices)
    declared_by = forms.CharField(label=_("宣布机关"), max_length=120)
    paper = forms.CharField(label=_("文号"), max_length=60)
    words = forms.CharField(label=_("事项和要求"), widget=LONG, max_length=4000)
    starts_at = forms.DateTimeField(label=_("起"), required=False, help_text=_("留空即现在"))
    ends_at = forms.DateTimeField(
        label=_("止"), required=False, help_text=_("文件没有写止期的留空，至解除为止")
    )
    townships = forms.MultipleChoiceField(
        label=_("乡镇"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选也不画范围，即为全县"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, name) for name in township_names()]
        self.fields["townships"].choices = names  # type: ignore[attr-defined]
        points = self.fields["points"]
        points.label, points.required = _("范围各点"), False


class ExtendPeriodForm(DeedForm):
    """That it goes on."""

    signs = True
    title, verb, busy = _("延长特殊时期"), _("登记延长"), _("正在登记")
    done = _("已延长；请报人大常委会备案")
    widths: ClassVar[dict[str, str]] = {"ends_at": "half", "paper": "half"}

    ends_at = forms.DateTimeField(label=_("延长至"))
    paper = forms.CharField(label=_("文号"), max_length=60)
    reason = forms.CharField(label=_("延长理由"), widget=LONG, max_length=1000)


class LiftPeriodForm(DeedForm):
    """That it is over."""

    signs = True
    dangerous = True
    title, verb, busy = _("解除特殊时期"), _("登记解除"), _("正在登记")
    done = _("已解除；请报人大常委会备案")
    widths: ClassVar[dict[str, str]] = {"lifted_by": "half", "paper": "half"}

    lifted_by = forms.CharField(label=_("解除机关"), max_length=120)
    paper = forms.CharField(label=_("文号"), max_length=60)
    reason = forms.CharField(label=_("解除理由"), widget=LONG, max_length=1000)


class FileForm(DeedForm):
    """By which paper a decision went to the standing committee."""

    title, verb, busy = _("报人大常委会备案"), _("登记报送"), _("正在登记")
    done = _("已登记报送，等待回执")

    paper = forms.CharField(label=_("报送文号"), max_length=60)


class ReceiptForm(DeedForm):
    """The standing committee's receipt."""

    title, verb, busy = _("登记回执"), _("登记签收"), _("正在登记")
    done = _("回执已登记")
    widths: ClassVar[dict[str, str]] = {"receipt": "half", "received_by": "half"}

    receipt = forms.CharField(label=_("回执"), max_length=120)
    received_by = forms.CharField(label=_("签收人"), max_length=120)
