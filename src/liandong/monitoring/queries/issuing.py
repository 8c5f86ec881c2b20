"""Whose approval a warning needs, what waits for it, and the county's own words for drafts."""

from dataclasses import dataclass

from django.db.models import QuerySet

from liandong.kernel.actors import Actor
from liandong.monitoring.models import (
    IssuingRule,
    Warning,  # noqa: A004 -- the county's word for it
    WarningTemplate,
)
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries.warnings import warnings_for
from liandong.monitoring.signals.rainstorm import COLORS
from liandong.monitoring.signals.wording import Wording, wording, wordings
from liandong.monitoring.states import WarningState
from liandong.organization import queries as organization
from liandong.organization.models import Post


def issuing_rules() -> QuerySet[IssuingRule]:
    """Who approves what, those for every unit first."""
    rows = IssuingRule.objects.select_related("body", "approver__body")
    return rows.order_by("body__order", "body__sort_key", "hazard", "level", "pk")


def rule_for(warning: Warning) -> IssuingRule | None:
    """The rule that a warning comes under: of those that reach it the nearest, then the gravest.

    Nearest is the unit's own before every unit's, and the longer class code before the shorter.
    """
    if warning.level not in COLORS:
        return None
    rank = COLORS.index(warning.level)
    reaching = [
        row
        for row in issuing_rules()
        if row.body_id in {None, warning.issuing_body_id}
        and warning.hazard.startswith(row.hazard)
        and COLORS.index(row.level) <= rank
    ]
    return max(
        reaching,
        key=lambda row: (row.body_id is not None, len(row.hazard), COLORS.index(row.level)),
        default=None,
    )


def has_proposal(warning: Warning) -> bool:
    """Say whether readings have proposed another for the same unit and hazard, which is not confirmed yet."""
    rows = Warning.objects.filter(
        realm=warning.realm,
        hazard=warning.hazard,
        issuing_body=warning.issuing_body,
        state=WarningState.DRAFT,
        crossing__isnull=False,
    )
    return warning.crossing_id is not None and rows.exclude(pk=warning.pk).exists()


def approvers(post: Post) -> list[Post]:
    """A post that approves and those above it, who may when it does not."""
    return [post, *organization.ladder(post)]


def may_approve(actor: Actor, warning: Warning) -> bool:
    """Say whether the actor sits where a waiting warning is to be approved, and is not who sent it there."""
    return (
        warning.state == WarningState.SUBMITTED
        and warning.approver is not None
        and sits_above(actor, warning.approver)
        and actor.may(Permission.APPROVE_WARNING, hazard=warning.hazard)
        and not is_submitter(actor, warning)
    )


def sits_above(actor: Actor, post: Post) -> bool:
    """Say whether the actor sits at a post or above it, for themselves or for somebody."""
    return bool({actor.post, actor.acting_for} & {str(one.pk) for one in approvers(post)})


def is_submitter(actor: Actor, warning: Warning) -> bool:
    """Say whether it is the actor who confirmed a warning and sent it to be approved."""
    return bool(warning.submitter) and warning.submitter == (actor.person or actor.account)


def submitted_for(actor: Actor) -> list[Warning]:
    """The warnings that wait for this actor's approval, oldest first."""
    if not actor.may(Permission.APPROVE_WARNING):
        return []
    # Submitting lets the post and those above it see the row: no ladder is climbed for each.
    seats = [f"post:{post}" for post in (actor.post, actor.acting_for) if post]
    rows = warnings_for(actor).filter(state=WarningState.SUBMITTED, audience__overlap=seats)
    return [
        row
        for row in rows.order_by("submitted_at", "pk")
        if actor.may(Permission.APPROVE_WARNING, hazard=row.hazard)
        and not is_submitter(actor, row)
    ]


def warning_templates() -> QuerySet[WarningTemplate]:
    """The county's own words for drafts."""
    return WarningTemplate.objects.order_by("hazard", "level")


def words_for(hazard: str, level: str) -> Wording:
    """What a draft says: in the county's own words where it has any, else in the program's."""
    own = WarningTemplate.objects.filter(hazard=hazard, level=level).first()
    if own is None:
        return wording(hazard, level)
    return Wording(own.category, own.cautions, own.measures)


def categories() -> list[tuple[str, str]]:
    """Every class of hazard that has words, with what it is called; the county's own after ours."""
    named = {hazard: next(iter(said.values())).category for hazard, said in wordings().items()}
    own = warning_templates().values_list("hazard", "category")
    return list((dict(own) | named).items())


@dataclass(frozen=True)
class Offered:
    """A hazard with the levels there are words for, and whether they are the county's own."""

    hazard: str
    category: str
    levels: list[tuple[str, Wording, WarningTemplate | None]]


def words_offered() -> list[Offered]:
    """Every hazard with the words of each level, the county's own in place of the program's."""
    own = {(row.hazard, row.level): row for row in warning_templates()}
    offers = []
    for hazard, category in categories():
        ours = wordings().get(hazard, {})
        levels = [
            (
                level,
                _worded(own.get((hazard, level)), ours.get(level)),
                own.get((hazard, level)),
            )
            for level in COLORS
            if (hazard, level) in own or level in ours
        ]
        offers.append(Offered(hazard, category, levels))
    return offers


def _worded(own: WarningTemplate | None, ours: Wording | None) -> Wording:
    if own is not None:
        return Wording(own.category, own.cautions, own.measures)
    return ours or Wording("")
