"""Input that is added to an incident's story: a note, or files."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.web.files import ManyFilesField
from liandong.web.forms import DeedForm


class NoteForm(DeedForm):
    """What was said or seen, by whom, and when."""

    title = _("记一笔")
    verb = _("记入大事记")
    busy = _("正在记入")
    done = _("已记入大事记")
    widths: ClassVar[dict[str, str]] = {"source": "half", "told_at": "half"}

    text = forms.CharField(label=_("记什么"), widget=LONG, max_length=2000)
    source = forms.CharField(
        label=_("谁说的、怎么来的"),
        max_length=200,
        required=False,
        help_text=_("例：东岭乡值班室 电话"),
    )
    told_at = forms.DateTimeField(
        label=_("发生或口述时刻"), required=False, help_text=_("留空即现在")
    )
    is_shared = forms.BooleanField(label=_("参与单位也能看到"), required=False)

    def arguments(self) -> dict[str, Any]:
        """A note has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class FilesForm(DeedForm):
    """Photographs, maps, papers."""

    title = _("上传资料")
    verb = _("上传资料")
    busy = _("正在上传")
    done = _("资料已收存")

    given = ManyFilesField(
        label=_("文件"),
        help_text=_("照片会去掉拍摄地等隐含信息；单个不超过 20 MB"),
    )
    caption = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("例：05:20 无人机 火场东线"),
    )
    is_shared = forms.BooleanField(label=_("参与单位也能看到"), required=False)
