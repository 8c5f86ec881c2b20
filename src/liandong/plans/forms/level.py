"""Input of a level: who decides, who is told, how long it is expected to last."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.plans.forms.place import FEWEST_ROWS, STATUSES, LengthField, PlaceForm, put, wide
from liandong.plans.language.editing import Edit
from liandong.plans.language.problems import Path
from liandong.plans.queries.outline import label_of, levels_of, mapping, things

DECIDING = [("all_of", _("共同决定")), ("any_of", _("任一决定"))]
DECIDERS = (
    ("decides", _("谁决定"), _("还有谁决定")),
    ("ends", _("谁终止（不写就由决定的人）"), _("还有谁终止")),
)


class LevelForm(PlaceForm):
    """一个级别：谁建议、谁决定、报告谁、预计多久."""

    kind = "level"
    STANDS = (("levels", str),)
    PATHS: ClassVar[dict[str, Path]] = {
        "status": ("source", "status"),
        "cite": ("source", "cite"),
        "proposes": ("proposes",),
        "consent": ("consent",),
        "expected": ("expected",),
        "builds_on": ("builds_on",),
    }
    widths: ClassVar[dict[str, str]] = {
        "status": "third",
        "cite": "two-thirds",
        "proposes": "half",
        "consent": "half",
        "decides_way": "third",
        "ends_way": "third",
        "expected": "third",
        "builds_on": "third",
        **wide("decides", "third"),
        **wide("ends", "third"),
        **wide("informs", "two-thirds"),
        **wide("within", "third"),
    }
    status = forms.ChoiceField(label=_("依据"), choices=STATUSES)
    cite = forms.CharField(label=_("出处"), max_length=500, required=False)
    expected = LengthField(_("预计期限"))

    def lay_out(self) -> None:
        self.fields["proposes"] = self.pick(self.seen.get("proposes"), _("谁建议"))
        self.fields["consent"] = self.pick(self.seen.get("consent"), _("须经谁同意"))
        lower = [(key, label_of(key)) for key in levels_of(self.whole) if key != self.path[-1]]
        self.fields["builds_on"] = forms.ChoiceField(
            label=_("同时执行哪一级的步骤"), required=False, choices=[("", "—"), *lower]
        )
        for word, who, whoelse in DECIDERS:
            said = mapping(self.seen.get(word))
            way = "any_of" if "any_of" in said else "all_of"
            self.fields[f"{word}_way"] = forms.ChoiceField(
                label=_("几人怎样定"), choices=DECIDING, required=False
            )
            self.initial[f"{word}_way"] = way
            self.lay_rows(word, [str(one) for one in things(said.get(way))], who, whoelse)
        self.told = [mapping(one) for one in things(self.seen.get("informs"))]
        for at in range(len(self.told) + FEWEST_ROWS):
            one = self.told[at] if at < len(self.told) else {}
            self.fields[f"informs-{at}"] = self.pick(one.get("post"), _("报告谁"))
            self.fields[f"within-{at}"] = LengthField(_("多久之内"))
            self.initial.update(
                {f"informs-{at}": one.get("post"), f"within-{at}": one.get("within")}
            )
        told = [
            name
            for at in range(len(self.told) + FEWEST_ROWS)
            for name in (f"informs-{at}", f"within-{at}")
        ]
        deciding, ending = self.rows("decides"), self.rows("ends")
        first = ["status", "cite", "proposes", "consent", *deciding, "decides_way"]
        self.order_fields([*first, "expected", "builds_on", *told, *ending, "ends_way"])

    def clean(self) -> dict[str, Any]:
        """Whoever is told must be told within some time."""
        for at in range(len(self.told) + FEWEST_ROWS):
            post, within = self.cleaned_data.get(f"informs-{at}"), f"within-{at}"
            if post and within in self.cleaned_data and not self.cleaned_data[within]:
                self.add_error(within, _("写明多久之内报告。"))
        return self.cleaned_data

    def further(self) -> Iterator[Edit]:
        changed = {name.partition("-")[0] for name in self.changed_data}
        for word, _who, _whoelse in DECIDERS:
            posts = self.chosen(word)
            if changed & {word, f"{word}_way"} and (posts or self.seen.get(word)):
                value = {self.cleaned_data[f"{word}_way"] or "all_of": posts} if posts else None
                yield put((*self.path, word), value, self.seen, (word,))
        if changed & {"informs", "within"}:
            rows = [
                {
                    "post": self.cleaned_data[f"informs-{at}"],
                    "within": self.cleaned_data[f"within-{at}"],
                }
                for at in range(len(self.told) + FEWEST_ROWS)
                if self.cleaned_data[f"informs-{at}"]
            ]
            if rows or self.told:
                yield put((*self.path, "informs"), rows, self.seen, ("informs",))
