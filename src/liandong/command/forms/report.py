"""Input of reports."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.models import Report
from liandong.command.rules.casualties import FATES, MOST_PEOPLE, SHOWN, Figures
from liandong.command.rules.report import ELEMENTS
from liandong.command.states import Anchor, Channel, ReportKind, ResponseLevel, Severity
from liandong.kernel.wording import as_kept
from liandong.web.forms import UNKNOWN, DeedForm, UnknownField

KINDS = [one for one in ReportKind.choices if one[0] != ReportKind.CORRECTION]
LONGEST_MINUTES = 60 * 24 * 365


class AddReportForm(DeedForm):
    """A report no clock asked for."""

    title = _("另写报告")
    verb = _("开始写")
    widths: ClassVar[dict[str, str]] = {"kind": "half", "channel": "half"}

    kind = forms.ChoiceField(label=_("报告"), choices=KINDS, initial=ReportKind.FOLLOW_UP)
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
    widths: ClassVar[dict[str, str]] = {
        "dead": "half",
        "missing": "half",
        "injured": "half",
        "relocated": "half",
        "missing_died": "third",
        "missing_found": "third",
        "missing_struck": "third",
        "from_at": "half",
        "until_at": "half",
    }

    reduction_note = forms.CharField(
        label=_("核减说明"),
        max_length=500,
        required=False,
        help_text=_("人数比上次报告减少、或核减失联时必填"),
    )
    from_at = forms.DateTimeField(label=_("报告起始时间"), required=False)
    until_at = forms.DateTimeField(label=_("报告截止时间"), required=False)
    text = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea({"rows": 8}),
        max_length=20000,
        required=False,
        help_text=_("留空由要素生成；续报只写变化"),
    )

    def __init__(self, *args: Any, report: Report, after: Report | None, **kwargs: Any) -> None:
        """Offer the span for the last report only, and fates where somebody was missing ``after``."""
        super().__init__(*args, **kwargs)
        own = dict(self.fields)
        self.fields.clear()
        for name in ("idempotency_key", "expected_version"):
            self.fields[name] = own.pop(name)
        for key, label in ELEMENTS.items():
            self.fields[f"element_{key}"] = UnknownField(
                forms.CharField(max_length=2000), label=label, required=False
            )
        for name, label in SHOWN.items():
            self.fields[name] = UnknownField(_people(), label=label, required=False)
        if after is not None and after.missing:
            for name, label in FATES.items():
                self.fields[name] = _people(label=label, required=False)
        if report.kind != ReportKind.FINAL:
            del own["from_at"], own["until_at"]
        self.fields.update(own)

    def arguments(self) -> dict[str, Any]:
        """Elements and figures as the action takes them; 未知 and blank are both 未问到."""
        values = super().arguments()
        elements = {key: values.pop(f"element_{key}") for key in ELEMENTS}
        values["elements"] = {
            key: None if value is UNKNOWN else value for key, value in elements.items()
        }
        figures = {name: values.pop(name, None) for name in (SHOWN | FATES)}
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
    late_reason = forms.CharField(
        label=_("迟报原因"),
        max_length=500,
        required=False,
        help_text=_("超过时限的填写；来不及可以报出后再补"),
    )


class LatenessForm(DeedForm):
    """Why it went up late."""

    title = _("补写迟报原因")
    verb = _("写明原因")
    done = _("已写明")

    reason = forms.CharField(label=_("迟报原因"), widget=LONG, max_length=500)


class CorrectForm(DeedForm):
    """Why what was sent is put right."""

    title = _("更正报告")
    verb = _("写更正")
    busy = _("正在准备")

    reason = forms.CharField(label=_("更正原因"), widget=LONG, max_length=500)


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
    widths: ClassVar[dict[str, str]] = {
        "kind": "half",
        "channel": "half",
        "hazard": "third",
        "severity": "third",
        "level": "third",
        "minutes": "half",
        "every_minutes": "half",
    }

    kind = forms.ChoiceField(label=_("报告"), choices=KINDS)
    channel = forms.ChoiceField(label=_("方式"), choices=Channel.choices)
    to = forms.CharField(label=_("报送"), max_length=120, help_text=_("报几个单位，就设几条"))
    hazard = forms.CharField(label=_("灾种代码（空为全部）"), max_length=20, required=False)
    severity = forms.TypedChoiceField(
        label=_("事件级别（及以上）"),
        choices=[("", _("不限")), *Severity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    level = forms.ChoiceField(
        label=_("响应级别"), choices=[("", _("不限")), *ResponseLevel.choices], required=False
    )
    anchor = forms.ChoiceField(
        label=_("起算"), choices=Anchor.choices, initial=Anchor.RECEIVED, required=False
    )
    minutes = forms.IntegerField(
        label=_("时限（分钟）"), min_value=0, max_value=LONGEST_MINUTES, required=False
    )
    every_minutes = forms.IntegerField(
        label=_("间隔（分钟）"), min_value=1, max_value=LONGEST_MINUTES, required=False
    )
    basis = forms.CharField(label=_("依据"), widget=LONG, max_length=300, required=False)

    def arguments(self) -> dict[str, Any]:
        """What counts from nothing else counts from hearing of it."""
        values = super().arguments()
        values["anchor"] = values["anchor"] or Anchor.RECEIVED
        return values


class WithdrawClockForm(DeedForm):
    """That a clock counts no longer."""

    dangerous = True
    title = _("停用时限")
    verb = _("停用")
    done = _("已停用")

    reason = forms.CharField(label=_("停用原因"), widget=LONG, max_length=500)


def _people(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=MOST_PEOPLE, **more)
