"""Input of the pages of plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.documents import DOCX, MOST_BYTES
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
            (IN_FORCE, _("登记为已经印发的预案，从现在起按它研判")),
        ],
    )


class AdoptDraftForm(DeedForm):
    """登记已经印发的预案: what went through the county on paper, before or beside the platform."""

    title, verb = _("登记已经印发的预案"), _("登记")
    done = _("已登记，从现在起按它研判；备案和公开从印发日起算。")
    widths = {"issued_on": "half", "paper": "half"}
    issued_on = forms.DateField(label=_("印发日期"))
    paper = forms.CharField(
        label=_("文号"),
        max_length=60,
        required=False,
        help_text=_("预案文本里写着的可不填"),
    )


class ImportWordForm(DeedForm):
    """从 Word 导入."""

    title, verb = _("从 Word 导入"), _("上传并读出")
    busy, done = _("正在读"), _("已读出。请逐处对照原文确认，再存入草案。")
    paper = forms.FileField(
        label=_("预案的 Word 文档"),
        help_text=_("只收 .docx，20 MB 以内，一次一部预案。先成为文稿，不会变成现行预案。"),
        widget=forms.FileInput({"accept": f".docx,{DOCX}"}),
    )

    def clean_paper(self) -> Any:
        """Refuse by its size what need not be read."""
        paper = self.cleaned_data["paper"]
        if paper.size > MOST_BYTES:
            raise forms.ValidationError(
                _("文件超过 20 MB。请删去图片和附图，只留文字和表格，另存一份再传。")
            )
        return paper


class FactField(forms.Field):
    """One fact, asked for as the dictionary types it; left blank it is not known."""

    def __init__(self, fact: Fact) -> None:
        self.fact = fact
        super().__init__(label=fact.label_with_unit, required=False, widget=_widget(fact))

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
