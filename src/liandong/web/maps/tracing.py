"""A line in a form: clicked on a map beside it, or written down point by point."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.web.forms import DeedForm, FaceForm
from liandong.web.maps.picking import SOURCES, kept, turned

Place = tuple[Decimal, Decimal]


class LineForm(FaceForm):
    """A form with a line: its ``points`` clean to places in WGS-84, to a tenth of a meter."""

    points = forms.CharField(
        label=_("各点"),
        max_length=10_000,
        help_text=_("在地图上逐点点选，退格键退回一点；或每行写一个“经度,纬度”"),
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "inputmode": "text"}),
    )
    read_from = forms.ChoiceField(label=_("数字从哪里来"), required=False, choices=SOURCES)

    def clean(self) -> dict[str, Any] | None:
        """Turn lines into places; the first line that is none is named."""
        cleaned = super().clean() or {}
        source = str(cleaned.get("read_from") or "")
        try:
            cleaned["points"] = [
                _place(number, line, source)
                for number, line in enumerate(str(cleaned.get("points", "")).splitlines(), 1)
                if line.strip()
            ]
        except ValidationError as refused:
            self.add_error("points", refused)
        return cleaned


class TracedForm(LineForm, DeedForm):
    """A deed with a line."""

    def arguments(self) -> dict[str, Any]:
        """The line as an action takes it; nothing is changed, so there is no version."""
        values = super().arguments()
        values.pop("read_from")
        values.pop("expected_version", None)
        return values


def _place(number: int, line: str, source: str) -> Place:
    try:
        lon, lat = (Decimal(one) for one in line.replace("，", ",").strip().split(","))
        return kept(turned(source, lon, lat))
    except (InvalidOperation, ValueError) as error:
        raise ValidationError(
            gettext("第 %(n)d 行“%(line)s”不是“经度,纬度”，如 112.418,27.7312。")
            % {"n": number, "line": line.strip()[:40]}
        ) from error
