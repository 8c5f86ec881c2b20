"""Input of a step: whom it goes to, what is done by when, after what, and what proves it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import listed
from liandong.plans.forms.place import (
    KEY,
    PROOFS,
    STATUSES,
    LengthField,
    PlaceForm,
    offer,
    put,
    source_said,
    wide,
)
from liandong.plans.language import CAPABILITY_LABELS, DEED_LABELS, NEED, need_read, need_said
from liandong.plans.language.editing import Edit
from liandong.plans.language.problems import Path
from liandong.plans.queries.outline import chain_of, levels_of, mapping, things


class StepForm(PlaceForm):
    """一个步骤：叫谁做什么、多久做完、在什么之后、凭什么算完."""

    kind = "step"
    STANDS = (("levels", str, "steps", str),)
    PATHS: ClassVar[dict[str, Path]] = {
        "do": ("do",),
        "to": ("to",),
        "text": ("text",),
        "acknowledge_within": ("acknowledge_within",),
        "finish_within": ("finish_within",),
        "every": ("every",),
        "after": ("after",),
        "proof": ("proof",),
        "same_as": ("same_as",),
        "plan": ("plan",),
        "id": ("id",),
    }
    widths: ClassVar[dict[str, str]] = {
        "do": "third",
        "to": "two-thirds",
        "acknowledge_within": "third",
        "finish_within": "third",
        "every": "third",
        "needs": "half",
        "same_as": "half",
        "plan": "half",
        "id": "half",
        "status": "third",
        "cite": "two-thirds",
        **wide("otherwise", "half"),
    }
    FOLDED: ClassVar[tuple[str, ...]] = (
        "needs",
        "otherwise",
        "same_as",
        "plan",
        "status",
        "cite",
        "id",
    )
    do = forms.ChoiceField(
        label=_("做法"),
        choices=[(key, _(label)) for key, label in DEED_LABELS.items()],
    )
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    acknowledge_within = LengthField(_("复诵限"))
    finish_within = LengthField(_("完成限"))
    every = LengthField(_("每隔多久一次"))
    after = forms.MultipleChoiceField(
        label=_("前置（在这些之后才做）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    proof = forms.MultipleChoiceField(
        label=_("凭据"), required=False, choices=PROOFS, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.CharField(
        label=_("需要什么力量"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("一行一种，如：交通管制 2 组"),
    )
    same_as = forms.CharField(
        label=_("与哪部预案的哪个步骤是同一措施"),
        required=False,
        max_length=129,
        help_text=_("预案代号/步骤代号"),
    )
    status = forms.ChoiceField(
        label=_("依据"), required=False, choices=[("", _("同本级")), *STATUSES]
    )
    cite = forms.CharField(label=_("出处"), max_length=500, required=False)
    id = forms.CharField(label=_("步骤代号"), max_length=64, validators=[KEY])

    def lay_out(self) -> None:
        self.fields["to"] = self.pick(self.seen.get("to"), _("交给谁"), _("请选岗位或单位"))
        self.fields["plan"] = self.pick(
            self.seen.get("plan"), _("启动哪部预案"), among=self.plans
        )
        mine = self.seen.get("id")
        levels = levels_of(self.whole)
        steps = [
            mapping(one)
            for level in chain_of(self.whole, str(self.path[1]))
            for one in things(levels.get(level, {}).get("steps"))
        ]
        before = [
            (str(one["id"]), str(one.get("text") or one["id"])[:24])
            for one in steps
            if one.get("id") and one.get("id") != mine
        ]
        seen = [str(one) for one in things(self.seen.get("after"))]
        before += [(one, one) for one in seen if one not in dict(before)]
        offer(self.fields["after"], before)
        self.has_other_step = isinstance(self.seen.get("otherwise"), dict)
        self.others = [str(one) for one in things(self.seen.get("otherwise"))]
        if not self.has_other_step:
            self.lay_rows("otherwise", self.others, _("办不成时改派谁"))
        self.initial["needs"] = "\n".join(
            need_said(mapping(one)) for one in things(self.seen.get("needs"))
        )
        source = mapping(self.seen.get("source"))
        self.initial.update(
            {"status": source.get("status", ""), "cite": source.get("cite", "")}
        )
        self.order_fields(
            ["do", "to", "text", "acknowledge_within", "finish_within", "every", "after", "proof",
             "needs", *self.rows("otherwise"), "same_as", "plan", "status", "cite", "id"]
        )  # fmt: skip

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is asked of every step."""
        return [one for one in self.visible_fields() if not self._is_folded(one.name)]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What few steps have."""
        return [one for one in self.visible_fields() if self._is_folded(one.name)]

    def _is_folded(self, name: str) -> bool:
        return name.partition("-")[0] in self.FOLDED

    def clean_needs(self) -> list[dict[str, Any]]:
        """One need a line."""
        found = []
        for line in self.cleaned_data["needs"].splitlines():
            if not line.strip():
                continue
            need = NEED.fullmatch(line.strip())
            if need is None:
                raise forms.ValidationError(
                    _("“%(line)s”写法不对，写成“交通管制 2 组”；可写：%(all)s。"),
                    params={"line": line, "all": listed(CAPABILITY_LABELS.values())},
                )
            found.append(need_read(need))
        return found

    def further(self) -> Iterator[Edit]:
        if "needs" in self.changed_data and (
            self.cleaned_data["needs"] or "needs" in self.seen
        ):
            yield put((*self.path, "needs"), self.cleaned_data["needs"], self.seen, ("needs",))
        if set(self.rows("otherwise")) & set(self.changed_data):
            posts = self.chosen("otherwise")
            if posts or self.others:
                yield put((*self.path, "otherwise"), posts, self.seen, ("otherwise",))
        if {"status", "cite"} & set(self.changed_data):
            value = source_said(self.cleaned_data["status"], self.cleaned_data["cite"])
            if value or "source" in self.seen:
                yield put((*self.path, "source"), value, self.seen, ("source",))


class ReplacementForm(PlaceForm):
    """办不成时改做的另一件事."""

    kind = "replacement"
    STANDS = (("levels", str, "steps", str, "otherwise"),)
    PATHS: ClassVar[dict[str, Path]] = {
        "to": ("to",),
        "text": ("text",),
        "acknowledge_within": ("acknowledge_within",),
        "finish_within": ("finish_within",),
        "proof": ("proof",),
    }
    widths: ClassVar[dict[str, str]] = {
        "acknowledge_within": "half",
        "finish_within": "half",
    }
    text = forms.CharField(
        label=_("改做什么"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    acknowledge_within = LengthField(_("改做的复诵限"))
    finish_within = LengthField(_("改做的完成限"))
    proof = forms.MultipleChoiceField(
        label=_("改做的凭据"),
        required=False,
        choices=PROOFS,
        widget=forms.CheckboxSelectMultiple,
    )

    def lay_out(self) -> None:
        to = self.pick(self.seen.get("to"), _("改交给谁"), _("请选岗位或单位"))
        to.required = True
        self.fields["to"] = to
        self.order_fields(list(self.PATHS))

    def edits(self) -> list[Edit]:
        """Written whole the first time: without whom it goes to and what it is, it is none."""
        if self.seen or not self.changed_data:
            return super().edits()
        value = {
            name: self.cleaned_data[name] for name in self.PATHS if self.cleaned_data[name]
        }
        return [Edit(deed="put", path=self.path, value=value)]
