"""The script goes on by itself: by the drill's clock, and upon what the players do."""

from liandong.evaluation import queries
from liandong.evaluation.actions import deliver_inject, let_inject_fail
from liandong.evaluation.actions.running import DUE
from liandong.evaluation.models import Inject
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.milestone import MILESTONES
from liandong.evaluation.states import SCRIPT, InjectState
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.events import Cause, Event, on
from liandong.kernel.problems import Problem, Stale
from liandong.kernel.timers import Due, timer
from liandong.kernel.wording import gettext as _


@timer(DUE)
def inject_on_time(due: Due) -> None:
    """The drill has gone on for as long as an inject waits."""
    inject = queries.inject_by_id(due.subject_id)
    if inject is not None and inject.state == InjectState.WAITING:
        _deliver(inject, due.key)


def inject_upon(fact: Event, cause: Cause) -> None:
    """The players did what an inject waits for."""
    if cause.realm == ACTUAL:
        return
    for inject in queries.upon(cause.realm, fact.name):
        _deliver(inject, f"{cause.key}/{inject.number}")


for kind, _label in MILESTONES:
    on(kind)(inject_upon)


def _deliver(inject: Inject, key: str) -> None:
    """Tell the players, or keep why it could not be told: a drill does not hang on its script."""
    script = system_actor(SCRIPT, _("演练脚本"), inject.drill.realm, Permission.DELIVER_INJECT)
    try:
        deliver_inject(
            script, inject=inject, expected_version=inject.version, idempotency_key=key
        )
    except Stale:
        raise  # somebody was at the same thing just now: the bell rings again
    except Problem as trouble:
        again = queries.inject_by_id(inject.pk)
        if again is not None and again.state == InjectState.WAITING:
            let_inject_fail(script, inject=again, trouble=str(trouble), idempotency_key=key)
