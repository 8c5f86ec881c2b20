"""Input about the field's own log, and about handing command over."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.models import FieldPost
from liandong.command.rules.field_log import read_lines
from liandong.web.forms import DeedForm


class OfGroupForm(DeedForm):
    """Something a group of a field headquarters tells."""

    group = forms.ChoiceField(label=_("工作组"), required=False)

    def __init__(self, field_post: FieldPost, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in field_post.groups.all()}
        named = [(key, one.name) for key, one in self.groups.items()]
        self.fields["group"].choices = [("", _("指挥部")), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """A line of a log has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["group"] = self.groups.get(values["group"])
        return values


class LogForm(OfGroupForm):
    """One thing noted."""

    title = _("记现场记录")
    verb = _("记下")
    busy = _("正在记录")
    done = _("已记下")
    widths: ClassVar[dict[str, str]] = {"group": "half", "at": "half"}

    text = forms.CharField(label=_("记录内容"), widget=LONG, max_length=2000)
    at = forms.DateTimeField(
        label=_("发生时间"), required=False, help_text=_("留空即现在；代录、补录时填写")
    )
    field_order = ["text", "group", "at"]


class MergeLogForm(OfGroupForm):
    """What was written while nothing could be sent."""

    title = _("补录断网期间的记录")
    verb = _("补录")
    busy = _("正在补录")
    done = _("已按发生时间补录；重复的没有再记")
    widths: ClassVar[dict[str, str]] = {"group": "half", "day": "half"}

    lines = forms.CharField(
        label=_("记录，一行一条"),
        widget=forms.Textarea({"rows": 10}),
        max_length=100_000,
        help_text=_("每行先写时间，如 03:20 北线火头越过山脊。过了零点接着写"),
    )
    day = forms.DateField(label=_("第一条是哪一天"))
    field_order = ["lines", "group", "day"]

    def clean(self) -> dict[str, Any]:
        """Each line with its moment; one without a time of day is named."""
        values = super().clean() or {}
        if values.get("day") and values.get("lines"):
            read = read_lines(values["lines"], values["day"], timezone.get_current_timezone())
            if isinstance(read, int):
                self.add_error("lines", _("第 %(n)d 行没有先写时间，如 03:20。") % {"n": read})
            else:
                values["read"] = read
        return values

    def arguments(self) -> dict[str, Any]:
        """The lines as they were read."""
        values = super().arguments()
        values.pop("day")
        values["lines"] = values.pop("read")
        return values


class GiveForm(PostsForm):
    """To whom command is given, and what is unsolved."""

    signs = True
    title = _("交出现场指挥")
    verb = _("交班签字")
    busy = _("正在签字")
    done = _("已签字，等对方接班签字")

    to_post = PostField(label=_("接班岗位"))
    unsolved = forms.CharField(
        label=_("没有解决的事"), widget=LONG, max_length=2000, help_text=_("没有的，写“无”")
    )

    def arguments(self) -> dict[str, Any]:
        """What is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class TakeForm(DeedForm):
    """That it is taken."""

    signs = True
    title = _("接现场指挥")
    verb = _("接班签字")
    busy = _("正在签字")
    done = _("已接班，现场由您指挥")
