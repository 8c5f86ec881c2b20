"""Input of where single figures of a level or a step come from, other than the whole of it."""

from typing import Any, ClassVar, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.plans.forms.place import STATUSES, PlaceForm, put, source_said
from liandong.plans.language.document import LevelFigure, StepFigure
from liandong.plans.language.editing import Edit
from liandong.plans.queries.outline import mapping
from liandong.plans.queries.place import word_for

LEVEL_FIGURES, STEP_FIGURES = get_args(LevelFigure), get_args(StepFigure)


class FiguresForm(PlaceForm):
    """哪一项的依据与整体不同."""

    kind = "figures"
    STANDS = (("levels", str, "figures"), ("levels", str, "steps", str, "figures"))
    widths: ClassVar[dict[str, str]] = {
        f"{figure}-{box}": width
        for figure in (*LEVEL_FIGURES, *STEP_FIGURES)
        for box, width in (("status", "third"), ("cite", "two-thirds"))
    }

    def lay_out(self) -> None:
        is_of_step = "steps" in self.path
        self.figures = STEP_FIGURES if is_of_step else LEVEL_FIGURES
        same = _("同本步") if is_of_step else _("同本级")
        for figure in self.figures:
            said, name = mapping(self.seen.get(figure)), word_for(figure)
            self.fields[f"{figure}-status"] = forms.ChoiceField(
                label=gettext("%(what)s的依据") % {"what": name},
                choices=[("", same), *STATUSES],
                required=False,
            )
            self.fields[f"{figure}-cite"] = forms.CharField(
                label=gettext("%(what)s的出处") % {"what": name}, max_length=500, required=False
            )
            for box in ("status", "cite"):
                self.initial[f"{figure}-{box}"] = said.get(box, "")

    def clean(self) -> dict[str, Any]:
        """Where a place is named it must be said whether the figure was read there."""
        for figure in self.figures:
            status = self.cleaned_data.get(f"{figure}-status")
            if self.cleaned_data.get(f"{figure}-cite") and status == "":
                self.add_error(f"{figure}-status", _("选有据、假定还是原文未载。"))
        return self.cleaned_data

    def edits(self) -> list[Edit]:
        """The figures are written together; those of which nothing is said are left out."""
        if not self.changed_data:
            return []
        value = {key: one for key, one in self.seen.items() if key not in self.figures}
        for figure in self.figures:
            boxes = [self.cleaned_data[f"{figure}-{box}"] for box in ("status", "cite")]
            if said := source_said(*boxes):
                value[figure] = said
        return [put(self.path, value, {"": self.seen or None}, ("",))]
