"""A field of a register as a field of a form: the register reads what was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liandong.kernel.problems import Invalid
from liandong.sharing.registers import Field, Kind

HALF = frozenset(
    {
        *(Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY, Kind.DATE, Kind.MONTH),
        *(Kind.CHOICE, Kind.YES_NO, Kind.PERSON, Kind.CODE, Kind.BODY),
    }
)
YES_NO = [("", "—"), ("true", _("是")), ("false", _("否"))]


class TypedField(forms.CharField):
    """Cleans to what the register keeps; refuses in the register's own words."""

    def __init__(self, field: Field, **kwargs: Any) -> None:
        self.field = field
        super().__init__(label=field.heading, required=field.required, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read it as the register does."""
        try:
            return self.field.parse(super().clean(value))
        except Invalid as problem:
            raise ValidationError(f"{problem.title}{problem.remedy}") from problem


def form_field(field: Field) -> forms.Field:
    """The box that suits a field of a register."""
    hint = str(field.hint or HINTS.get(field.kind, ""))
    if field.kind == Kind.CHOICES:
        return forms.MultipleChoiceField(
            label=str(field.title),
            choices=list(field.choices.items()),
            required=field.required,
            widget=forms.CheckboxSelectMultiple,
            help_text=hint,
        )
    if field.kind == Kind.CHOICE:
        choices = [("", "—"), *field.choices.items()]
        return TypedField(field, widget=forms.Select(choices=choices), help_text=hint)
    if field.kind == Kind.YES_NO:
        return TypedField(field, widget=forms.Select(choices=YES_NO), help_text=hint)
    return TypedField(field, widget=_box(field), help_text=hint)


def first_value(field: Field, value: Any) -> Any:
    """What stands in the box of a value that is kept."""
    if field.kind in {Kind.CHOICE, Kind.CHOICES}:
        return value
    if field.kind == Kind.YES_NO:
        return "true" if value else "false"
    return field.show(value)


HINTS = {
    Kind.PERSON: _("姓名和电话，如 张三 13900000000"),
    Kind.QUANTITY: _("照台账写：2万条、40余台、若干"),
}


def _box(field: Field) -> forms.Widget:
    if field.kind == Kind.LONG_TEXT:
        return forms.Textarea({"rows": 2})
    if field.kind == Kind.DATE:
        return forms.TextInput({"type": "date"})
    if field.kind == Kind.MONTH:
        return forms.TextInput({"type": "month"})
    if field.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return forms.TextInput({"inputmode": "decimal"})
    return forms.TextInput()
