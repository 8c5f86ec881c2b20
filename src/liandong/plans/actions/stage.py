"""A stage further, the short way, or back to the draft."""

from collections.abc import Collection

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import drop_timers
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.duty import DUTY_DUE, SUBJECT
from liandong.plans.actions.passing import begin, pass_on, tell
from liandong.plans.events import ShortWayTaken, VersionAdvanced, VersionReturned
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import UNDER_WAY, VersionState, Way

ADVANCED_BY_HAND = (VersionState.OPINIONS, VersionState.EXPERTS, VersionState.ALIGNMENT)


@action(Permission.ADVANCE_VERSION)
def advance_version(
    actor: Actor, *, version: PlanVersion, expected_version: int, idempotency_key: str = ""
) -> PlanVersion:
    """Bring a version to the next stage of its kind. Publishes ``VersionAdvanced``.

    Refuses before what the present stage is for has been done, to leave the draft where opinions
    have to be asked first, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADVANCE_VERSION, version, VersionState.DRAFT, *ADVANCED_BY_HAND)
    rules.demand_stage_done(version)
    to = rules.next_stage(version)
    if to is None or to == VersionState.OPINIONS:
        raise Invalid(
            _("这部预案要先书面征求意见。"),
            place=_("征求意见"),
            remedy=_("请选择单位，书面征求意见；轻微修订可以走简易程序。"),
        )
    pass_on(actor, version, to, expected_version=expected_version)
    tell(VersionAdvanced, version, stage=to.label)
    return version


@action(Permission.ADVANCE_VERSION)
def take_short_way(
    actor: Actor,
    *,
    version: PlanVersion,
    untouched: Collection[str],
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> PlanVersion:
    """Judge a revision minor, so that it goes straight to its approval. Publishes ``ShortWayTaken``.

    A person says that none of the four is touched, and why. Refuses a plan that has no version in
    force to be revised, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADVANCE_VERSION, version, VersionState.DRAFT)
    rules.demand_all_weighty(untouched)
    rules.demand_words(reason, field="reason", what=_("理由"))
    if not queries.versions_in_force().filter(key=version.key).exists():
        raise Invalid(
            _("这部预案还没有现行版本，不是修订。"),
            place=_("简易程序"),
            remedy=_("新编的预案请走全程序。"),
        )
    pass_on(
        actor,
        version,
        VersionState.APPROVAL,
        expected_version=expected_version,
        reason=reason,
        way=Way.SHORT,
        way_reason=reason,
    )
    tell(ShortWayTaken, version, reason=reason)
    return version


@action(Permission.ADVANCE_VERSION)
def return_to_draft(
    actor: Actor,
    *,
    version: PlanVersion,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> PlanVersion:
    """Send a version back to its draft; what was said so far is kept and counts no longer. Publishes ``VersionReturned``.

    Refuses to do so without a reason, after it was issued, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADVANCE_VERSION, version, *sorted(UNDER_WAY))
    rules.demand_words(reason, field="reason", what=_("退回的理由"))
    pass_on(
        actor,
        version,
        VersionState.DRAFT,
        expected_version=expected_version,
        reason=reason,
        round=version.round + 1,
        way=Way.FULL,
        way_reason="",
    )
    drop_timers(
        realm=actor.realm, subject_kind=SUBJECT, subject_id=str(version.pk), kind=DUTY_DUE
    )
    tell(VersionReturned, version, reason=reason)
    return version
