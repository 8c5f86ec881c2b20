"""What of plans can be found: each plan once, as it holds now."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel.search.indexing import Searchable, searched
from liandong.kernel.wording import gettext, listed
from liandong.plans import queries
from liandong.plans.events import DraftRevised, PlanAdopted, PlanDrafted, VersionRepealed
from liandong.plans.models import PlanVersion
from liandong.plans.states import VersionState

CHANGED = (PlanDrafted, DraftRevised, PlanAdopted, VersionRepealed)


@searched(
    "plans.plan",
    label=_("预案"),
    icon="file-text",
    rows=queries.one_version_each,
    key="key",
    after=dict.fromkeys(CHANGED, lambda fact: [fact.key]),
)
def plan(row: PlanVersion) -> Searchable:
    """A plan, by its title and the number it was issued under."""
    holds = row.state == VersionState.IN_FORCE
    said = row.issue_number if holds else gettext("没有现行版本")
    return Searchable(
        title=row.title,
        detail=listed(part for part in (str(row.kind.label), said) if part),
        names=[row.issue_number],
        url=reverse("plans:plan", args=[row.key]),
        audience={"county"},
        weight=40 if holds else 20,
        at=row.in_force_from or row.drafted_at,
    )
