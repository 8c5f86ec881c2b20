"""What forms over one place of a manuscript share.

Each shows one place of the data, and gives the edits that change it. A form is bound to what was
sent and begins with what was seen; only what differs becomes an edit, so that a place nobody
touched is never written over.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.plans.language import write_duration
from liandong.plans.language.durations import heard_duration, read_duration
from liandong.plans.language.editing import Edit
from liandong.plans.language.problems import Path
from liandong.plans.queries.outline import duration_said, mapping
from liandong.web.forms import FaceForm
from liandong.web.pickers import Picker

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = RegexValidator(rf"^{NAME.pattern}$", _("只用小写英文、数字和连字符，如 forest-fire。"))
STATUSES = [
    ("recorded", _("有据")),
    ("assumed", _("假定")),
    ("not_recorded", _("原文未载")),
]
PROOFS = [
    ("photo", _("照片")),
    ("video", _("录像")),
    ("text", _("文字")),
    ("list", _("清单")),
    ("signature", _("签字")),
    ("position", _("位置")),
]
FEWEST_ROWS, MOST_ROWS = 1, 20

Choices = Sequence[tuple[str, Any]]


def wide(name: str, width: str) -> dict[str, str]:
    """How wide the boxes of a row are, which may stand several times."""
    return {f"{name}-{at}": width for at in range(MOST_ROWS)}


def offer(field: forms.Field, choices: Choices) -> None:
    """Give a field its choices."""
    cast("forms.ChoiceField", field).choices = list(choices)


class LengthField(forms.CharField):
    """A length of time as people say it; cleans to what the text keeps."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        box = forms.TextInput({"placeholder": _("如 20分钟、2小时")})
        super().__init__(label=label, required=False, max_length=40, widget=box, **kwargs)

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        try:
            return write_duration(heard_duration(said))
        except (ValueError, OverflowError) as wrong:
            raise forms.ValidationError(
                _("“%(said)s”不是时长，写成 20分钟、2小时、3天。"), params={"said": said}
            ) from wrong

    def prepare_value(self, value: Any) -> Any:
        """As people say it; what was typed stays as it is."""
        return duration_said(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another length was meant, however it was written."""
        try:
            said = self.clean(data)
            return bool(said != (write_duration(read_duration(initial)) if initial else None))
        except ValueError:  # one of them is no length
            return bool(data != str(initial or ""))


class PlaceForm(FaceForm):
    """A form over one place. ``PATHS`` says where each field stands below it."""

    kind: ClassVar[str]
    STANDS: ClassVar[tuple[tuple[Any, ...], ...]]  # where it can stand: words, or kinds of them
    PATHS: ClassVar[dict[str, Path]] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        path: Path,
        seen: Any,
        posts: Choices = (),
        plans: Choices = (),
        whole: Any = None,
    ) -> None:
        self.path, self.seen, self.whole = path, mapping(seen), whole
        self.posts, self.plans = posts, plans
        super().__init__(data, auto_id=f"{self.kind}-{slug(path)}-%s", label_suffix="")
        self.lay_out()
        for name in self.PATHS:
            self.initial[name] = within(self.seen, self.PATHS[name])

    @classmethod
    def fits(cls, path: Path) -> bool:
        """Say whether there is such a form over a place."""
        return any(stands_at(pattern, path) for pattern in cls.STANDS)

    def lay_out(self) -> None:
        """Make the fields that hang on what is there."""

    @property
    def path_sent(self) -> str:
        """The place as the page sends it back."""
        return json.dumps(self.path)

    @property
    def form_id(self) -> str:
        """A name that stays the same when the form is drawn again."""
        return f"form-{self.kind}-{slug(self.path)}"

    def edits(self) -> list[Edit]:
        """What was changed, place by place."""
        found = [
            self._edit(name, at) for name, at in self.PATHS.items() if name in self.changed_data
        ]
        return [*found, *self.further()]

    def further(self) -> Iterator[Edit]:
        """What was changed in fields that are more than one value."""
        yield from ()

    def pick(
        self, value: Any, label: Any, blank: Any = "—", *, among: Choices | None = None
    ) -> forms.ChoiceField:
        """A post or body, or one ``among`` others, to choose; what the text names and nobody knows can stay."""
        known = [("", blank), *(self.posts if among is None else among)]
        if value and str(value) not in dict(known):
            known.append((str(value), gettext("%(key)s（本县没有）") % {"key": value}))
        return forms.ChoiceField(label=label, choices=known, required=False, widget=Picker)

    def lay_rows(self, name: str, held: Sequence[str], label: Any, further: Any = None) -> None:
        """A post to choose for each of several, and for one more."""
        for at in range(len(held) + FEWEST_ROWS):
            value = held[at] if at < len(held) else ""
            self.fields[f"{name}-{at}"] = self.pick(value, further if at and further else label)
            self.initial[f"{name}-{at}"] = value

    def rows(self, name: str) -> list[str]:
        """The names of fields that stand several times."""
        return [one for one in self.fields if one.rpartition("-")[0] == name]

    def chosen(self, name: str) -> list[str]:
        """What was chosen in them."""
        return [self.cleaned_data[one] for one in self.rows(name) if self.cleaned_data[one]]

    def _edit(self, name: str, at: Path) -> Edit:
        value = self.cleaned_data[name]
        return put(
            self.path + at,
            value.isoformat() if isinstance(value, date) else value,
            self.seen,
            at,
        )


def stands_at(pattern: tuple[Any, ...], path: Path) -> bool:
    """Say whether a path is as a pattern has it: the same words, or any of a kind."""
    return len(pattern) == len(path) and all(
        isinstance(part, wanted) if isinstance(wanted, type) else part == wanted
        for wanted, part in zip(pattern, path, strict=True)
    )


def put(path: Path, value: Any, seen: Any, at: Path) -> Edit:
    """Write a value, or take the place away where nothing was given."""
    if value in (None, "", [], {}) and within(seen, at) is not None:
        return Edit(deed="remove", path=path)
    return Edit(deed="put", path=path, value=value)


def source_said(status: str, cite: str) -> dict[str, str] | None:
    """Where something comes from, as the text has it; None where nothing was said."""
    if not status:
        return None
    return {"status": status, "cite": cite} if cite else {"status": status}


def within(data: Any, path: Path) -> Any:
    """What stands at a path of words; None where nothing does."""
    for part in path:
        data = mapping(data).get(str(part))
    return data


def slug(path: Path) -> str:
    """A path as a part of an id."""
    return "-".join(str(part) for part in path).replace("Ⅰ", "I")
