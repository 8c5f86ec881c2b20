"""Input of the pages of plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.plans.language import AT, Fact, FactError, Known, Townships, Value
from liandong.web.forms import DeedForm, FaceForm

DRAFT, IN_FORCE = "draft", "in_force"


class AdoptLibraryForm(DeedForm):
    """采用库中的预案."""

    title, verb, done = _("采用这部预案"), _("采用"), _("已采用。")
    widths = {"number": "half", "how": "half"}
    number = forms.CharField(
        label=_("文号"),
        max_length=60,
        required=False,
        validators=[
            RegexValidator(r"^[^'\"{}\[\]#\\\n]*$", _("文号里不能有引号和括号 {}[]。"))
        ],
        help_text=_("例如 江防指〔2026〕3号；还没有印发可不填"),
    )
    how = forms.ChoiceField(
        label=_("怎样采用"),
        choices=[
            (DRAFT, _("存为草案，先核对")),
            (IN_FORCE, _("印发施行，从现在起按它研判")),
        ],
    )


class AdoptDraftForm(DeedForm):
    """印发施行."""

    title, verb, done = _("印发施行"), _("印发施行"), _("已施行，从现在起按它研判。")


class FactField(forms.Field):
    """One fact, asked for as the dictionary types it; left blank it is not known."""

    def __init__(self, fact: Fact) -> None:
        self.fact = fact
        label = f"{fact.label}（{fact.unit}）" if fact.unit else fact.label
        super().__init__(label=label, required=False, widget=_widget(fact))

    def to_python(self, value: Any) -> Value | None:
        if value in {None, ""}:
            return None
        try:
            return self.fact.read(value)
        except FactError as wrong:
            raise forms.ValidationError(f"{wrong.what}。{wrong.remedy}。") from wrong

    def prepare_value(self, value: Any) -> Any:
        """A value of the plan language as the box writes it."""
        if isinstance(value, bool):
            return str(value).lower()
        return value


def _widget(fact: Fact) -> forms.Widget:
    if not fact.is_numeric:
        options = (
            {"true": _("是"), "false": _("否")} if fact.type == "boolean" else fact.options
        )
        return forms.Select(choices=[("", _("未知")), *options.items()])
    limits = {"min": fact.lowest, "max": fact.highest}
    attrs = {name: f"{limit:f}" for name, limit in limits.items() if limit is not None}
    step = "1" if fact.type == "integer" else "any"
    return forms.NumberInput({"step": step, "placeholder": _("未知"), **attrs})


class WhatIfForm(FaceForm):
    """What is supposed of the facts that a plan looks at; sent by GET, for nothing comes of it."""

    def __init__(
        self,
        *args: Any,
        facts: Iterable[tuple[Fact, Known | None]],
        areas: Townships,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="suppose-%s", **kwargs)
        self.areas = areas
        for fact, known in facts:
            self.fields[fact.name] = FactField(fact)
            if known:
                self.initial[fact.name] = self.fields[fact.name].prepare_value(known.value)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of the whole county, then those of each township."""
        found: dict[str, list[forms.BoundField]] = {"": []}
        for field in self.visible_fields():
            area = self.areas.get(field.name.partition(AT)[2].partition("~")[0], "")
            found.setdefault(area, []).append(field)
        return list(found.items())

    def supposed(self) -> Mapping[str, Known]:
        """What is supposed to be known; of an unbound form, what it begins with."""
        values = self.cleaned_data if self.is_bound else self.initial
        return {
            name: Known(value=value)
            for name, value in values.items()
            if name in self.fields and value is not None
        }
