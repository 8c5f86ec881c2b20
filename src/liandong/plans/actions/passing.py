"""What every deed about a version has in common: who may, what is kept of it, passing into a state."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.functional import Promise

from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event
from liandong.plans import rules
from liandong.plans.models import Passage, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import VERSION_MOVES, VersionState

EVERYBODY = ("county",)


def begin(
    actor: Actor, permission: Permission, version: PlanVersion, *states: VersionState
) -> None:
    """Refuse from within a drill, beyond one's reach, and of a version that has not come so far."""
    rules.demand_actual(actor)
    actor.demand(permission, hazard=version.hazard)
    rules.demand_state(version, *states)


def kept(actor: Actor, version: PlanVersion, paper: str = "") -> dict[str, Any]:
    """What every row about a version says: which, in which round, by which paper, by whom, when."""
    return {
        "plan_version": version,
        "round": version.round,
        "paper": paper,
        "by": actor.label,
        "at": clock.now(actor.realm),
    }


def pass_on(
    actor: Actor,
    version: PlanVersion,
    to: VersionState,
    *,
    expected_version: int,
    reason: str = "",
    paper: str = "",
    **changes: Any,
) -> None:
    """Move a version into a state, and keep that it was."""
    VERSION_MOVES.check(version.state, to)
    row = kept(actor, version, paper) | {"was": version.state, "stage": to, "reason": reason}
    version.change(expected_version=expected_version, state=to, **changes)
    Passage.objects.create(**row)


def tell(
    event: Callable[..., Event],
    version: PlanVersion,
    *,
    audience: tuple[str, ...] = EVERYBODY,
    **said: Any,
) -> None:
    """Tell what was done to a version; days and labels are told as they are written."""
    plain = {
        key: f"{one}" if isinstance(one, date | Promise) else one for key, one in said.items()
    }
    fact = event(
        subject_id=str(version.pk),
        key=version.key,
        title=version.title,
        number=version.number,
        **plain,
    )
    happened(fact, audience=audience)
