"""Input of the deeds around warnings."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.monitoring import queries
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.states import Hazard, Level
from liandong.organization import queries as organization
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


def hazards() -> list[tuple[str, Any]]:
    """What can be warned of: the classes that are known and those the county has words for; the commonest first."""
    named = dict(queries.categories()) | dict(Hazard.choices)
    return sorted(
        named.items(),
        key=lambda one: (one[0] not in {Hazard.RAINSTORM, Hazard.FLOOD}, one[0]),
    )


UNITS = {"": 1, "分钟": 1, "分": 1, "小时": 60, "时": 60, "天": 1440, "日": 1440}


class AreasField(forms.CharField):
    """Names of places, parted by whatever people part them with."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as people write it."""
        return "、".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """Make a list of what was typed."""
        parts = re.split(r"[、，,；;\s]+", super().to_python(value) or "")
        return [part[:60] for part in parts if part]


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """A post, called by its body and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.body} {obj.title}"


class SpanField(forms.CharField):
    """A span of time as people write it: 30 分钟, 3 小时, 2 天; a bare number is minutes."""

    def clean(self, value: Any) -> Any:
        """Make minutes of it."""
        text = re.sub(r"\s+", "", super().clean(value) or "")
        if not text:
            return None
        found = re.fullmatch(r"([0-9]{1,6})(分钟|分|小时|时|天|日)?", text)
        if not found:
            raise forms.ValidationError(_("请写成 30 分钟、3 小时或 2 天。"))
        return int(found[1]) * UNITS[found[2] or ""]


class DayField(forms.CharField):
    """A day of the year: 6 月 1 日, 6-1 or 0601."""

    def clean(self, value: Any) -> Any:
        """Make MMDD of it."""
        text = re.sub(r"\s+", "", super().clean(value) or "")
        found = re.fullmatch(r"([0-9]{1,2})[月./-]([0-9]{1,2})日?", text)
        return f"{int(found[1]):02}{int(found[2]):02}" if found else text


class ElementsForm(DeedForm):
    """The elements that people write; nothing is required here, issuing asks by name and article."""

    widths = {"category": "half", "level": "half", "starts_at": "half", "expires_at": "half"}

    category = forms.CharField(label=_("类别"), max_length=40, required=False)
    level = forms.ChoiceField(
        label=_("级别"), choices=[("", _("请选择")), *Level.choices], required=False
    )
    starts_at = forms.DateTimeField(label=_("起始时间"), required=False)
    expires_at = forms.DateTimeField(
        label=_("预计有效至"), required=False, help_text=_("到时提醒延续或解除，不会自动解除")
    )
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
    hazard = forms.ChoiceField(label=_("灾种"), choices=hazards)
    field_order = ("hazard", "category", "level", "starts_at", "expires_at")


class IssueForm(ElementsForm):
    """发布预警."""

    title, verb, busy, done = _("确认并发布"), _("发布"), _("正在发布"), _("预警已发布。")


class AdjustForm(ElementsForm):
    """调整预警."""

    title, verb, done = _("调整并重新发布"), _("重新发布"), _("预警已调整并重新发布。")
    reason = forms.CharField(
        label=_("调整理由"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )


class CallOutForm(DeedForm):
    """叫应."""

    title, verb, busy, done = _("叫应"), _("开始叫应"), _("正在安排"), _("已开始叫应。")
    text = forms.CharField(
        label=_("语音内容"),
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("20 秒大约 90 字；对方听完按 1 才算应答"),
    )

    def tell(self, whom: str) -> None:
        """Say beside the text whom it goes to; a dialog shows nothing of the page around."""
        text = self.fields["text"]
        text.help_text = f"{whom}。{text.help_text}"


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


class ApproveForm(DeedForm):
    """批准发布."""

    signs = True
    title, verb, busy = _("批准并发布"), _("批准并发布"), _("正在发布")
    done = _("已批准，预警已发布。")


class ReturnForm(DeedForm):
    """退回."""

    signs = True
    title, verb, done = _("退回这条预警"), _("退回"), _("已退回拟稿单位。")
    reason = forms.CharField(
        label=_("理由"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class IssuingRuleForm(DeedForm):
    """发布审批: who approves, of which unit, from which level up."""

    title, verb, done = _("设定发布审批"), _("设定"), _("已设定，下一次发布起照办。")
    widths = {"body": "half", "hazard": "half", "level": "half", "minutes": "half"}

    body = forms.ModelChoiceField(
        label=_("发布单位"),
        queryset=organization.all_bodies(),
        required=False,
        widget=Picker,
        empty_label=_("所有单位"),
    )
    hazard = forms.ChoiceField(
        label=_("灾种"), choices=lambda: [("", _("所有灾种")), *hazards()], required=False
    )
    level = forms.ChoiceField(label=_("级别（及以上）"), choices=Level.choices)
    minutes = forms.IntegerField(
        label=_("多少分钟内批"), min_value=1, max_value=1440, initial=10,
        help_text=_("到时未批，提醒上一级岗位"),
    )  # fmt: skip
    approver = PostField(label=_("由谁批准"), queryset=organization.all_posts(), widget=Picker)
    cite = forms.CharField(label=_("依据"), max_length=200, required=False)

    def arguments(self) -> dict[str, Any]:
        """One that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class DropIssuingRuleForm(DeedForm):
    """That units issue by themselves again."""

    dangerous = True
    title, verb, done = _("取消这条发布审批"), _("取消审批"), _("已取消，由发布单位自行发布。")


class TemplateForm(DeedForm):
    """拟稿用语."""

    title, verb, done = _("修改拟稿用语"), _("保存"), _("已保存，下一次拟稿起使用。")

    category = forms.CharField(label=_("类别"), max_length=40)
    cautions = forms.CharField(
        label=_("警示事项"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    measures = forms.CharField(
        label=_("应采取的措施"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def arguments(self) -> dict[str, Any]:
        """The later word stands; who wrote before is in the journal."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class DropTemplateForm(DeedForm):
    """That the program's own words are used again."""

    dangerous = True
    title, verb, done = _("改回系统用语"), _("改回"), _("已改回系统用语。")


class ReceiveForm(DeedForm):
    """录入收到的预警."""

    title, verb, busy = _("录入收到的预警"), _("读入"), _("正在读入")
    done = _("已读入，原文一并保存。")
    source = forms.CharField(
        label=_("从哪里来"),
        max_length=200,
        help_text=_("如：市气象台传真、12379 平台导出、微信群"),
    )
    paper = forms.FileField(
        label=_("文件"),
        required=False,
        help_text=_("CAP、12379 的 XML，订阅源，JSON，或文字；8 MB 以内"),
    )
    text = forms.CharField(
        label=_("或粘贴原文"),
        required=False,
        max_length=500_000,
        strip=False,
        widget=forms.Textarea({"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        """Make the bytes of whichever was given."""
        given = super().clean() or {}
        paper, text = given.pop("paper", None), given.pop("text", "")
        if bool(paper) == bool(text.strip()):
            self.add_error("text", _("请选一份文件，或粘贴原文，两者择一。"))
            return given
        given["body"] = paper.read() if paper else text.encode("utf-8", "replace")
        return given


class NoteReceivedForm(DeedForm):
    """知悉."""

    title, verb, done = _("知悉收到的预警"), _("已知悉"), _("已记下知悉人和时间。")


class TakeOverForm(DraftForm):
    """转为本县预警."""

    title, verb, done = _("转为本县预警"), _("存为待确认"), _("预警已拟好，等待发布单位确认。")
    reason = forms.CharField(
        label=_("依据"), max_length=1000, widget=forms.Textarea({"rows": 2})
    )


def elements_of(warning: Warning) -> dict[str, Any]:
    """What a warning says now, to begin a form with."""
    names = (
        "category",
        "level",
        "starts_at",
        "expires_at",
        "scope",
        "areas",
        "cautions",
        "measures",
    )
    said: dict[str, Any] = {name: getattr(warning, name) for name in names}
    for name in ("starts_at", "expires_at"):
        said[name] = said[name] and said[name].replace(microsecond=0)
    return said | {"issuing_body": warning.issuing_body_id, "expected_version": warning.version}
