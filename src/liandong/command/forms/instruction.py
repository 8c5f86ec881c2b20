"""Input about leaders' instructions."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostsField, PostsForm
from liandong.command.states import InstructionChannel
from liandong.web.forms import DeedForm

SEVERAL = forms.SelectMultiple({"size": 8})


class InstructionForm(PostsForm):
    """Who said what, when, by which way, for whom, and by when an answer is wanted."""

    signs = True
    title = _("登记批示")
    verb = _("登记批示")
    busy = _("正在登记")
    done = _("批示已登记，承办单位已收到指令")
    widths: ClassVar[dict[str, str]] = {
        "leader": "half",
        "channel": "half",
        "told_at": "half",
        "due_at": "half",
    }

    leader = forms.CharField(
        label=_("批示人"), max_length=120, help_text=_("姓名、职务，如孙志刚 县长")
    )
    channel = forms.ChoiceField(label=_("方式"), choices=InstructionChannel.choices)
    words = forms.CharField(
        label=_("批示原话"), widget=LONG, max_length=2000, help_text=_("照原话记，不改写")
    )
    told_at = forms.DateTimeField(
        label=_("批示时间"), required=False, help_text=_("留空即现在")
    )
    due_at = forms.DateTimeField(
        label=_("反馈限时"), required=False, help_text=_("到时没有反馈，提醒带班领导")
    )
    read_back = forms.CharField(
        label=_("当场复述的话"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("口头、电话批示要复述；还没有复述的留空，以后补"),
    )
    to_posts = PostsField(
        label=_("承办岗位"),
        required=False,
        widget=SEVERAL,
        help_text=_("选了的，立即各下一条指令；也可以以后再下"),
    )

    def arguments(self) -> dict[str, Any]:
        """What is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["channel"] = InstructionChannel(values["channel"])
        return values


class ReadBackInstructionForm(DeedForm):
    """What was said back to the leader."""

    title = _("补记复述")
    verb = _("复述")
    done = _("已记复述")
    text = forms.CharField(label=_("复述内容"), widget=LONG, max_length=2000)


class OrderInstructionForm(PostsForm):
    """Who does it."""

    signs = True
    title = _("下达落实指令")
    verb = _("下达指令")
    busy = _("正在下达")
    done = _("已下达，等待复诵")
    to_posts = PostsField(label=_("承办岗位"), widget=SEVERAL)
    text = forms.CharField(
        label=_("内容"),
        widget=LONG,
        max_length=2000,
        required=False,
        help_text=_("留空即照批示原话"),
    )


class AnswerInstructionForm(DeedForm):
    """What came of it, as the leader was told."""

    signs = True
    title = _("反馈领导")
    verb = _("反馈")
    busy = _("正在记录")
    done = _("已反馈，这条批示办结")
    answer = forms.CharField(label=_("反馈内容"), widget=LONG, max_length=2000)
