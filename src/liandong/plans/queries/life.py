"""What was asked, said, signed and sent about a version, and what its unit has still to say."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.plans.models import (
    Alignment,
    Approval,
    Examination,
    ExpertReview,
    Manuscript,
    Opinion,
    Passage,
    PlanFile,
    PlanVersion,
)
from liandong.plans.permissions import Permission
from liandong.plans.states import VersionState, Weighty

# Where a plan's document says what a revision would touch: beside its levels, and within each.
WEIGHTY: Mapping[Weighty, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Weighty.COMMAND: (
        ("headquarters", "field_post"),
        ("proposes", "decides", "consent", "informs", "ends"),
    ),
    Weighty.PROCEDURE: (("ends_when",), ("expected", "builds_on")),
    Weighty.MEASURES: ((), ("steps",)),
    Weighty.GRADING: (("bounds", "periods"), ("when",)),
}


def opinions_of(version: PlanVersion) -> QuerySet[Opinion]:
    """What units were asked, in the present round, the first asked first."""
    rows = Opinion.objects.filter(plan_version=version, round=version.round)
    return rows.select_related("body", "plan_version").order_by("body__order", "body__sort_key")


def latest_review(version: PlanVersion) -> ExpertReview | None:
    """What experts concluded last, in the present round."""
    return version.expertreviews.filter(round=version.round).order_by("at", "id").last()


def aligned_with(version: PlanVersion) -> set[str]:
    """With what a version was brought into line, in the present round."""
    rows = Alignment.objects.filter(plan_version=version, round=version.round)
    return set(rows.values_list("aligned_with", flat=True))


def latest_examination(version: PlanVersion) -> Examination | None:
    """How the last examination went, in the present round."""
    return version.examinations.filter(round=version.round).order_by("at", "id").last()


def approval_of(version: PlanVersion) -> Approval | None:
    """Who signed, in the present round."""
    return version.approvals.filter(round=version.round).order_by("at", "id").last()


def passages_of(version: PlanVersion) -> QuerySet[Passage]:
    """Every state a version has passed into, the first first."""
    return Passage.objects.filter(plan_version=version).order_by("at", "id")


def files_of(actor: Actor, version: PlanVersion) -> QuerySet[PlanFile]:
    """The files of a version, and of the manuscripts it came from, that the actor may see, the newest first."""
    return _files(actor, Q(plan_version=version) | Q(manuscript__draft=version))


def papers_of(actor: Actor, manuscript: Manuscript) -> QuerySet[PlanFile]:
    """The files of a manuscript that the actor may see: what it was read from."""
    return _files(actor, Q(manuscript=manuscript))


def _files(actor: Actor, belong: Q) -> QuerySet[PlanFile]:
    return (
        visible(PlanFile.objects.filter(belong), actor).select_related("file").order_by("-at")
    )


def opinions_visible(actor: Actor) -> QuerySet[Opinion]:
    """The opinions somebody may see: those of their own bodies; all of them to whoever accompanies plans or signs them."""
    rows = Opinion.objects.select_related("body", "plan_version")
    if EVERYTHING in actor.scopes or any(
        map(actor.may, (Permission.ADVANCE_VERSION, Permission.APPROVE_VERSION))
    ):
        return rows
    return rows.filter(body__in=_bodies_of(actor))


def opinion_visible(actor: Actor, key: UUID) -> Opinion:
    """One of them; raises ``Missing`` where there is none, or none that may be seen."""
    opinion = opinions_visible(actor).filter(pk=key).first()
    if opinion is None:
        raise Missing(_("没有这份征求意见。"), remedy=_("请从“书面意见”进入。"))
    return opinion


def opinions_owed(actor: Actor) -> QuerySet[Opinion]:
    """What the actor's own bodies have been asked and not answered, the most pressing first."""
    return _asked().filter(body__in=_bodies_of(actor)).order_by("due_on", "id")


def opinions_outstanding(version_ids: Collection[UUID] | None = None) -> QuerySet[Opinion]:
    """Everything asked and not answered, by anybody."""
    rows = _asked().order_by("due_on", "id")
    return rows if version_ids is None else rows.filter(plan_version__in=version_ids)


def weighty_changes(draft: PlanVersion, before: PlanVersion | None) -> list[Weighty]:
    """Which of the four a draft seems to touch, held against the version in force; for a person to judge."""
    if before is None:
        return list(Weighty)
    new, old = draft.document, before.document
    return [
        what
        for what, (above, within) in WEIGHTY.items()
        if _parts(new, above, within) != _parts(old, above, within)
    ]


def _parts(document: dict[str, Any], above: tuple[str, ...], within: tuple[str, ...]) -> Any:
    levels = document.get("levels", {})
    inner = {key: [level.get(name) for name in within] for key, level in levels.items()}
    return [document.get(name) for name in above], inner


def _asked() -> QuerySet[Opinion]:
    return Opinion.objects.filter(
        answer="",
        settled_at=None,
        plan_version__state=VersionState.OPINIONS,
        round=F("plan_version__round"),
    ).select_related("body", "plan_version")


def _bodies_of(actor: Actor) -> list[UUID]:
    return [UUID(scope[5:]) for scope in actor.scopes if scope.startswith("body:")]
