"""What monitoring does about its own crossings: it proposes; it never issues and never lifts."""

from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.events import Cause, on
from liandong.monitoring import queries
from liandong.monitoring.actions import draft_warning, propose_lifting
from liandong.monitoring.events import ThresholdCleared, ThresholdCrossed
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission


@on(ThresholdCrossed)
def propose_warning(fact: ThresholdCrossed, cause: Cause) -> None:
    """Propose what a crossing calls for, unless a warning or a proposal says as much already."""
    proposal = queries.proposal_for(cause.realm, fact.crossing_id)
    if proposal is None:
        return
    draft_warning(_watch(cause), **proposal, idempotency_key=cause.key)


@on(ThresholdCleared)
def propose_end(fact: ThresholdCleared, cause: Cause) -> None:
    """Propose to lift, or to lower, the warnings that nothing holds up any more."""
    actor = _watch(cause)
    for warning in queries.warnings_without_cause(cause.realm, fact.threshold_id):
        propose_lifting(
            actor,
            warning=warning,
            reason=_passed(fact, warning),
            idempotency_key=f"{cause.key}/{warning.pk}",
        )


def _watch(cause: Cause) -> Actor:
    return system_actor("node", "监测值守", cause.realm, Permission.DRAFT_WARNING)


def _passed(fact: ThresholdCleared, warning: Warning) -> str:
    return f"{fact.station}已回落到 {fact.bound} {fact.unit} 以下（{fact.value} {fact.unit}），支持{warning}的阈值均已解除"
