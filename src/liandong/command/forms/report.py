"""Input of reports."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.rules.report import ELEMENTS, Figures
from liandong.command.states import Channel, ReportKind
from liandong.kernel.wording import as_kept
from liandong.web.forms import UNKNOWN, DeedForm, UnknownField

MOST_PEOPLE = 10_000_000
LONGEST_MINUTES = 60 * 24 * 365


class AddReportForm(DeedForm):
    """A report no clock asked for."""

    title = _("另写报告")
    verb = _("开始写")
    widths: ClassVar[dict[str, str]] = {"kind": "half", "channel": "half"}

    kind = forms.ChoiceField(
        label=_("报告"), choices=ReportKind.choices, initial=ReportKind.FOLLOW_UP
    )
    channel = forms.ChoiceField(
        label=_("方式"), choices=Channel.choices, initial=Channel.WRITTEN
    )
    to = forms.CharField(label=_("报送"), max_length=120, initial=as_kept(_("市应急管理局")))

    def arguments(self) -> dict[str, Any]:
        """A report that is yet to be has no version."""
        values = super().arguments()
        values["kind"] = ReportKind(values["kind"])
        values.pop("expected_version", None)
        return values


class DraftForm(DeedForm):
    """The elements of a report; each may be 未问到."""

    title = _("报告要素")
    verb = _("生成正文")
    busy = _("正在生成")
    done = _("已拟稿")
    widths: ClassVar[dict[str, str]] = {"dead": "third", "missing": "third", "injured": "third"}

    dead = UnknownField(
        forms.IntegerField(min_value=0, max_value=MOST_PEOPLE), label=_("死亡"), required=False
    )
    missing = UnknownField(
        forms.IntegerField(min_value=0, max_value=MOST_PEOPLE), label=_("失联"), required=False
    )
    injured = UnknownField(
        forms.IntegerField(min_value=0, max_value=MOST_PEOPLE), label=_("受伤"), required=False
    )
    reduction_note = forms.CharField(
        label=_("核减说明"),
        max_length=500,
        required=False,
        help_text=_("人数比上次报告减少时必填"),
    )
    text = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea({"rows": 8}),
        max_length=20000,
        required=False,
        help_text=_("留空由要素生成；续报只写变化"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dict(self.fields)
        self.fields.clear()
        for name in ("idempotency_key", "expected_version"):
            self.fields[name] = own.pop(name)
        for key, label in ELEMENTS.items():
            self.fields[f"element_{key}"] = UnknownField(
                forms.CharField(max_length=2000), label=label, required=False
            )
        self.fields.update(own)

    def arguments(self) -> dict[str, Any]:
        """Elements and figures as the action takes them; 未知 and blank are both 未问到."""
        values = super().arguments()
        elements = {key: values.pop(f"element_{key}") for key in ELEMENTS}
        values["elements"] = {
            key: None if value is UNKNOWN else value for key, value in elements.items()
        }
        figures = {name: values.pop(name) for name in ("dead", "missing", "injured")}
        values["figures"] = Figures(
            **{name: None if value is UNKNOWN else value for name, value in figures.items()}
        )
        return values


class SendForm(DeedForm):
    """Who signs, and who took it."""

    signs = True
    title = _("报出")
    verb = _("报出")
    busy = _("正在记录")
    done = _("已记录报出")
    widths: ClassVar[dict[str, str]] = {"signed_by": "half", "taken_by": "half"}

    signed_by = forms.CharField(label=_("签发人"), max_length=120)
    taken_by = forms.CharField(label=_("对方接收人"), max_length=120, required=False)
    told = forms.DateTimeField(
        label=_("实际报出时间"), required=False, help_text=_("补记时填写；现在报出的留空")
    )


class ReviewForm(PostsForm):
    """Whom to show it to."""

    title = _("送审")
    verb = _("送审")
    done = _("已送审，不影响按时报出")

    reviewer = PostField(label=_("审阅岗位"))


class ClockForm(DeedForm):
    """By when such reports go up."""

    title = _("报告时限")
    verb = _("设定")
    done = _("已设定")
    widths: ClassVar[dict[str, str]] = {"minutes": "half", "every_minutes": "half"}

    hazard = forms.CharField(label=_("灾种代码（空为全部）"), max_length=20, required=False)
    kind = forms.ChoiceField(label=_("报告"), choices=ReportKind.choices)
    channel = forms.ChoiceField(label=_("方式"), choices=Channel.choices)
    to = forms.CharField(label=_("报送"), max_length=120)
    minutes = forms.IntegerField(
        label=_("时限（分钟）"), min_value=0, max_value=LONGEST_MINUTES, required=False
    )
    every_minutes = forms.IntegerField(
        label=_("间隔（分钟）"), min_value=1, max_value=LONGEST_MINUTES, required=False
    )
    basis = forms.CharField(label=_("依据"), widget=LONG, max_length=300, required=False)
