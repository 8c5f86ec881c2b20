"""Input about resources that are given out."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.organization.models import Person
from liandong.sharing.models import Record
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


class AssignForm(DeedForm):
    """What goes there, from when to when."""

    title = _("调派力量")
    verb = _("调派")
    busy = _("正在调派")
    done = _("已调派")
    widths: ClassVar[dict[str, str]] = {"from_at": "half", "until_at": "half"}

    record = forms.ChoiceField(
        label=_("队伍、物资装备、场所、专家"), widget=Picker, required=False
    )
    person = forms.ChoiceField(label=_("或者一个人"), widget=Picker, required=False)
    from_at = forms.DateTimeField(label=_("起"), required=False, help_text=_("留空即现在"))
    until_at = forms.DateTimeField(
        label=_("止"), required=False, help_text=_("留空的，任务结束时自动放回")
    )

    def __init__(
        self, *args: Any, records: Iterable[Record], people: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._records = {str(one.pk): one for one in records}
        self._people = {str(one.pk): one for one in people}
        named = [
            (pk, f"{one.name} · {one.body} · {one.register.title}")
            for pk, one in self._records.items()
        ]
        self.fields["record"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((pk, one.name) for pk, one in self._people.items()),
        ]

    def arguments(self) -> dict[str, Any]:
        """The rows themselves; what is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["record"] = self._records.get(values["record"])
        values["person"] = self._people.get(values["person"])
        return values


class ReleaseForm(DeedForm):
    """Why it is free again."""

    title = _("放回力量")
    verb = _("放回")
    busy = _("正在放回")
    done = _("已放回")
    reason = forms.CharField(label=_("放回原因"), widget=LONG, max_length=300)
