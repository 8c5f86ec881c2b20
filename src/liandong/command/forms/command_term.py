"""Input about who commands, and about what a superior told the county to do."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.models import SuperiorOrder
from liandong.command.states import CommandLevel
from liandong.web.forms import DeedForm


class CommandForm(PostsForm):
    """Who commands from now on, by what paper or call, and what the county keeps."""

    signs = True
    title = _("指挥权移交")
    verb = _("登记移交")
    busy = _("正在登记")
    done = _("已登记；续报改报新的指挥机构，县联络员已得到通知")
    widths: ClassVar[dict[str, str]] = {
        "level": "half",
        "headquarters": "half",
        "starts_at": "half",
        "paper": "half",
        "told_by": "half",
        "told_at": "half",
    }

    level = forms.ChoiceField(label=_("总指挥转为"), choices=CommandLevel.choices)
    headquarters = forms.CharField(
        label=_("指挥机构"), max_length=120, help_text=_("写全称，如示例市防汛抗旱指挥部")
    )
    starts_at = forms.DateTimeField(
        label=_("接手时刻"), required=False, help_text=_("留空即现在")
    )
    paper = forms.CharField(label=_("文号"), max_length=60, required=False)
    told_by = forms.CharField(
        label=_("通知人"),
        max_length=120,
        required=False,
        help_text=_("电话通知的写姓名职务；有文号的可不填"),
    )
    told_at = forms.DateTimeField(label=_("通知时间"), required=False)
    read_back = forms.CharField(
        label=_("复诵内容"),
        max_length=500,
        required=False,
        help_text=_("电话里怎样复诵的"),
    )
    reason = forms.CharField(label=_("依据"), widget=LONG, max_length=1000)
    liaison = PostField(
        label=_("县联络员"), required=False, help_text=_("交给上级时必选，随即得到通知")
    )
    keeps = forms.CharField(
        label=_("县里继续负责"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("例如：群众转移安置、本县道路管控、后勤保障"),
    )


class SuperiorOrderForm(DeedForm):
    """A superior's words as they came in."""

    title = _("登记上级指令")
    verb = _("登记")
    busy = _("正在登记")
    done = _("已登记，请下达到有关单位落实")
    widths: ClassVar[dict[str, str]] = {
        "headquarters": "half",
        "told_by": "half",
        "told_at": "half",
        "finish_by": "half",
    }
    field_order = (
        "headquarters",
        "told_by",
        "words",
        "read_back",
        "told_at",
        "finish_by",
        "paper",
    )

    headquarters = forms.CharField(label=_("下达机构"), max_length=120)
    told_by = forms.CharField(label=_("下达人"), max_length=120, help_text=_("姓名和职务"))
    words = forms.CharField(
        label=_("指令内容"), widget=LONG, max_length=2000, help_text=_("照原话写")
    )
    read_back = forms.CharField(
        label=_("复诵内容"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("有文件的可不填"),
    )
    told_at = forms.DateTimeField(
        label=_("接到时间"), required=False, help_text=_("留空即现在")
    )
    finish_by = forms.DateTimeField(label=_("完成限时"), required=False)
    paper = forms.CharField(label=_("文号"), max_length=60, required=False)

    def __init__(self, *args: Any, commanding: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if commanding:  # there is one commander, whose words these are
            del self.fields["headquarters"]

    def arguments(self) -> dict[str, Any]:
        """What is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class ReportBackForm(DeedForm):
    """What came of it, and who was told."""

    title = _("回报上级")
    verb = _("登记回报")
    busy = _("正在登记")
    done = _("已登记回报")

    text = forms.CharField(label=_("办理情况"), widget=LONG, max_length=2000)
    reported_to = forms.CharField(
        label=_("回报给谁"), max_length=120, help_text=_("姓名和职务")
    )


class WithdrawnForm(DeedForm):
    """That the superior took it back."""

    dangerous = True
    title = _("上级收回指令")
    verb = _("登记收回")
    busy = _("正在登记")
    done = _("已登记；据此下达的指令仍有效，要停的请逐条撤回")

    reason = forms.CharField(label=_("收回原因"), widget=LONG, max_length=1000)
    told_by = forms.CharField(label=_("通知人"), max_length=120, help_text=_("姓名和职务"))


class CitingForm(DeedForm):
    """A form that may cite what a superior told the county; without any the field is left out."""

    superior_order = forms.ChoiceField(label=_("依据的上级指令"), required=False)

    def __init__(
        self, *args: Any, superior_orders: Iterable[SuperiorOrder] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.superior_orders = {str(one.pk): one for one in superior_orders}
        if not self.superior_orders:
            del self.fields["superior_order"]
            return
        named = [
            (pk, _("%(order)s：%(words)s") % {"order": one, "words": one.words[:60]})
            for pk, one in self.superior_orders.items()
        ]
        field = self.fields["superior_order"]
        field.choices = [("", "—"), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The order itself, not its key."""
        values = super().arguments()
        if "superior_order" in values:
            values["superior_order"] = self.superior_orders.get(values["superior_order"])
        return values
