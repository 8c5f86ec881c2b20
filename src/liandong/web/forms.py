"""Forms that become actions: they carry the key that makes a double click one deed."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Invalid, KeyReused, Problem, Stale
from liandong.web import widgets

LARGEST_VERSION = 2**31 - 1
REQUIRED = _("请填写这一项。")

DAYS = (
    MinValueValidator(date(1900, 1, 1), _("请核对年份。")),
    MaxValueValidator(date(9000, 1, 1), _("请核对年份。")),
)
BOUNDS = (
    MinValueValidator(datetime(1900, 1, 1, tzinfo=UTC), _("请核对年份。")),
    MaxValueValidator(datetime(9000, 1, 1, tzinfo=UTC), _("请核对年份。")),
)

Text = str | Promise


class FaceRenderer(DjangoTemplates):
    """Draws fields as the face wants them: label above, star, error below."""

    form_template_name = "web/components/form_fields.html"
    field_template_name = "web/components/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        box = widgets.drawn(template_name, context)
        return super().render(template_name, context, request) if box is None else box


class FaceForm(forms.Form):
    """A form in our looks. ``widths``: ``half`` or ``third`` for fields that share a row."""

    default_renderer = FaceRenderer()
    widths: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = REQUIRED
            suit(field)


def suit(field: forms.Field) -> None:
    """Give a field the widget our browsers have for it, and a text area its height."""
    old = field.widget
    if isinstance(field, forms.DateTimeField) and BOUNDS[0] not in field.validators:
        # Beyond, a moment may be one in the county's time and none in the database's.
        field.validators = [*field.validators, *BOUNDS]
    if isinstance(field, forms.DateField) and DAYS[0] not in field.validators:
        field.validators = [*field.validators, *DAYS]
    if isinstance(old, forms.Textarea) and str(old.attrs.get("rows")) == "10":
        old.attrs["rows"] = 3  # ten is Django's own default, nobody's wish
    new: forms.DateTimeInput | forms.DateInput | None = None
    if isinstance(field, forms.DateTimeField):
        new = forms.DateTimeInput({"type": "datetime-local", "step": "1"}, "%Y-%m-%dT%H:%M:%S")
    elif isinstance(field, forms.DateField):
        new = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    if new and not old.is_hidden:
        new.attrs = {**new.attrs, **old.attrs}
        new.is_required = old.is_required
        field.widget = new


class DeedForm(FaceForm):
    """Input of one action. ``title`` heads it, ``verb`` is the button, ``busy`` shows while it runs.

    ``dangerous`` draws the button red. ``signs``: on a shared machine it asks who signs at once. ``done`` is said when the action has succeeded.
    """

    title: ClassVar[Text] = ""
    verb: ClassVar[Text] = _("保存")
    busy: ClassVar[Text] = _("正在办理")
    done: Text = ""
    dangerous: ClassVar[bool] = False
    signs: ClassVar[bool] = False

    idempotency_key = forms.CharField(
        required=False,
        max_length=64,
        widget=forms.HiddenInput,
        validators=[
            RegexValidator(r"^[0-9A-Za-z:._-]*$", _("表单编号不对，请刷新页面后再办。"))
        ],
    )
    expected_version = forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput
    )

    problem: Problem | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Several forms stand on a page, and their fields are often named alike.
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}-%s")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("idempotency_key", str(uuid7()))

    @property
    def form_id(self) -> str:
        """A name that stays the same when the page is loaded again, one a page."""
        return f"form-{type(self).__name__.lower()}{'-' + self.prefix if self.prefix else ''}"

    def arguments(self) -> dict[str, Any]:
        """Cleaned values, for the action; an absent version is left out."""
        values = dict(self.cleaned_data)
        if values.get("expected_version") is None:
            values.pop("expected_version", None)
        for name in ("signer", "signing_code"):  # who signs is settled before the deed
            values.pop(name, None)
        return values

    def refuse(self, problem: Problem) -> None:
        """Show why the action refused: below the fields it names, else above the form."""
        named = problem.fields if isinstance(problem, Invalid) else {}
        shown = {
            name: text
            for name, text in named.items()
            if name in self.fields and not self.fields[name].widget.is_hidden
        }
        for name, text in shown.items():
            self.add_error(name, text)
        if not shown or shown != named:
            self.problem = problem
        if isinstance(problem, KeyReused):
            # The old key belongs to another deed; what is sent next is a deed of its own.
            self._put("idempotency_key", str(uuid7()))
        if isinstance(problem, Stale) and "expected_version" in self.initial:
            # Whoever is told, and sends it all the same, has seen what is there now.
            self._put("expected_version", str(self.initial["expected_version"]))

    def _put(self, name: str, value: str) -> None:
        """Change one thing of what was typed."""
        typed: Any = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        typed[self.add_prefix(name)] = value
        self.data = typed


class UnknownInput(forms.MultiWidget):
    """A field with 未知 beside it: one click answers that it was asked and is not known."""

    template_name = "web/components/unknown_input.html"
    use_fieldset = False

    def __init__(self, widget: forms.Widget, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"": widget, "unknown": forms.CheckboxInput}, attrs)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: Any) -> list[Any]:
        return [None, True] if value is UNKNOWN else [value, False]


class Unknown:
    """The answer 未知 was given: asked, and not known. Never the same as nothing, zero or no."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return str(_("未知"))


UNKNOWN = Unknown()


class UnknownField(forms.MultiValueField):
    """Wraps a field so that it cleans to a value, to ``UNKNOWN``, or to None when left blank."""

    def __init__(self, field: forms.Field, **kwargs: Any) -> None:
        fields = (field, forms.BooleanField(required=False))
        required = kwargs.pop("required", field.required)
        field.required = False
        super().__init__(
            fields,
            widget=UnknownInput(field.widget),
            require_all_fields=False,
            required=False,
            **kwargs,
        )
        self.must = required

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned is None and self.must:
            raise forms.ValidationError(_("请填写，或选“未知”。"), code="required")
        return cleaned

    def compress(self, data_list: list[Any]) -> Any:
        if not data_list:
            return None
        value, unknown = data_list
        if unknown:
            return UNKNOWN
        return None if value in {None, ""} else value
