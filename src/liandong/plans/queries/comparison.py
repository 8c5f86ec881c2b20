"""What is not the same in two texts of a plan, in words and level by level."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from liandong.kernel.wording import gettext as _
from liandong.plans.language import (
    Difference,
    Plan,
    PlanInvalidError,
    differences,
    level_label,
    load,
)
from liandong.plans.models import Manuscript, PlanVersion
from liandong.plans.queries.version import plan_of, versions_in_force

Parts = list[tuple[str, list[Difference]]]


@dataclass(frozen=True)
class Beside:
    """A manuscript beside the version that holds; ``parts`` is None while its text is no sound plan."""

    holding: PlanVersion | None
    parts: Parts | None


def compared(before: Plan, after: Plan, names: Mapping[str, str]) -> Parts:
    """The differences, the plan as a whole first, then level by level."""
    found = differences(before, after, names=names)
    return [
        (_(level_label(level)) if level else _("全案"), list(some))
        for level, some in groupby(found, key=lambda one: one.level)
    ]


def beside_holding(manuscript: Manuscript, names: Mapping[str, str]) -> Beside:
    """Hold what is being written beside the version of its plan that is in force."""
    holding = versions_in_force().filter(key=manuscript.key).first()
    try:
        written = load(manuscript.text)
    except PlanInvalidError:
        return Beside(holding, None)
    return Beside(holding, compared(plan_of(holding), written, names) if holding else [])
