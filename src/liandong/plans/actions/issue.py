"""Approving, issuing and repealing."""

from datetime import date

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.duty import set_reminders
from liandong.plans.actions.passing import begin, kept, pass_on, tell
from liandong.plans.actions.version import put_in_force
from liandong.plans.events import VersionApproved, VersionRepealed
from liandong.plans.models import Approval, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import Signatory, VersionState, Way


@action(Permission.APPROVE_VERSION)
def approve_version(
    actor: Actor,
    *,
    version: PlanVersion,
    signatory: str,
    signed_by: str,
    signed_on: date,
    expected_version: int,
    remark: str = "",
    paper: str = "",
    idempotency_key: str = "",
) -> Approval:
    """Sign a version in the name that must sign it. Publishes ``VersionApproved``.

    Refuses what has not passed its examination, a name in which such a plan is not issued, a day
    to come, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.APPROVE_VERSION, version, VersionState.APPROVAL)
    rules.demand_signatory(version, signatory)
    rules.demand_day("signed_on", signed_on, queries.today())
    rules.demand_examined(version)
    version.change(expected_version=expected_version)
    approval = Approval.objects.create(
        **kept(actor, version, paper),
        signatory=signatory,
        signed_by=signed_by,
        signed_on=signed_on,
        remark=remark,
    )
    name = Signatory(signatory).label
    tell(VersionApproved, version, signatory=name, signed_by=signed_by, signed_on=signed_on)
    return approval


@action(Permission.ISSUE_VERSION)
def issue_version(
    actor: Actor,
    *,
    version: PlanVersion,
    paper: str,
    issued_on: date,
    expected_version: int,
    idempotency_key: str = "",
) -> PlanVersion:
    """Issue what was signed: it holds from now on, the version before no longer. Publishes ``PlanAdopted``.

    Runs go on by the version they began with. From the day of issue on it has to be filed and
    published. Refuses what nobody has signed, a day before the signature or to come, and whoever
    saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ISSUE_VERSION, version, VersionState.APPROVAL)
    rules.demand_approved(version)
    approval = queries.approval_of(version)
    signed_on = approval.signed_on if approval else None
    rules.demand_day(
        "issued_on", issued_on, queries.today(), since=signed_on, what=_("签发日期")
    )
    return put_in_force(
        actor,
        version,
        expected_version=expected_version,
        way=Way(version.way),
        paper=paper,
        issued_on=issued_on,
    )


@action(Permission.REPEAL_VERSION)
def repeal_version(
    actor: Actor,
    *,
    version: PlanVersion,
    reason: str,
    expected_version: int,
    paper: str = "",
    idempotency_key: str = "",
) -> PlanVersion:
    """Repeal a plan that no other replaces. Publishes ``VersionRepealed``.

    Runs go on by it to their end; no new one begins. Refuses to do so without a reason, what is not
    in force, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.REPEAL_VERSION, version, VersionState.IN_FORCE)
    rules.demand_words(reason, field="reason", what=_("废止的理由"))
    pass_on(
        actor,
        version,
        VersionState.REPEALED,
        expected_version=expected_version,
        reason=reason,
        paper=paper,
        superseded_at=clock.now(actor.realm),
        repeal_reason=reason,
    )
    set_reminders(version)
    tell(VersionRepealed, version, reason=reason)
    return version
