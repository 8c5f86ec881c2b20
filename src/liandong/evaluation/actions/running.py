"""Starting a drill, holding its clock, and ending it for good."""

from datetime import timedelta

from liandong.command.models import Incident
from liandong.evaluation.actions.enrolment import mailboxes
from liandong.evaluation.events import (
    DrillEnded,
    DrillPaused,
    DrillResumed,
    DrillSpeedSet,
    DrillStarted,
)
from liandong.evaluation.models import Drill
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import (
    demand_controller,
    demand_rate,
    demand_ready,
    demand_seat,
    demand_words,
)
from liandong.evaluation.states import DRILL_MOVES, DrillState, Trigger
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.opening import close_realm, open_realm
from liandong.kernel.problems import IllegalMove
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _

DUE = "evaluation.inject_due"
INJECT = "evaluation.inject"


@action(Permission.RUN_DRILL)
def start_drill(
    actor: Actor, *, drill: Drill, expected_version: int, idempotency_key: str = ""
) -> Drill:
    """Open the drill's realm, start its clock and the script's. Publishes ``DrillStarted``.

    Mail leaves the realm for the mailboxes of those on the list who agreed to it, and for nobody
    else. Refuses anyone but its controllers, and a drill without controller or player. Clause 二(五)1.
    """
    demand_seat(actor, drill)
    demand_controller(actor, drill)
    DRILL_MOVES.check(drill.state, DrillState.RUNNING)
    demand_ready(drill)
    real = clock.real()
    told = drill.told_from or real
    drill.change(
        expected_version=expected_version,
        state=DrillState.RUNNING,
        started_at=clock.now(ACTUAL),
        began_at=told,
    )
    reachable = mailboxes(drill)
    open_realm(
        drill.realm, title=drill.name, told_at=told, rate=drill.rate, reachable=reachable
    )
    for inject in drill.injects.filter(trigger=Trigger.TIME):
        set_timer(
            DUE,
            realm=drill.realm,
            due_at=told + timedelta(minutes=inject.at_minutes or 0),
            subject_kind=INJECT,
            subject_id=str(inject.pk),
        )
    fact = DrillStarted(
        subject_id=str(drill.pk),
        title=drill.name,
        opened=drill.realm,
        told_at=told.isoformat(),
        rate=drill.rate,
        reaches=len(reachable),
    )
    happened(fact, audience=drill.audience)
    return drill


@action(Permission.RUN_DRILL)
def pause_drill(
    actor: Actor, *, drill: Drill, expected_version: int, idempotency_key: str = ""
) -> Drill:
    """Hold the drill's clock: nothing falls due any more. Publishes ``DrillPaused``.

    Players may go on writing. Refuses anyone but its controllers. Clause 二(五)1.
    """
    _demand(actor, drill)
    DRILL_MOVES.check(drill.state, DrillState.PAUSED)
    drill.change(expected_version=expected_version, state=DrillState.PAUSED)
    clock.set_clock(drill.realm, clock.now(drill.realm), rate=0)
    happened(DrillPaused(subject_id=str(drill.pk), title=drill.name), audience=drill.audience)
    return drill


@action(Permission.RUN_DRILL)
def resume_drill(
    actor: Actor, *, drill: Drill, expected_version: int, idempotency_key: str = ""
) -> Drill:
    """Let the clock go on from where it stood. Publishes ``DrillResumed``.

    Refuses anyone but its controllers. Clause 二(五)1.
    """
    _demand(actor, drill)
    DRILL_MOVES.check(drill.state, DrillState.RUNNING)
    drill.change(expected_version=expected_version, state=DrillState.RUNNING)
    clock.set_clock(drill.realm, clock.now(drill.realm), rate=drill.rate)
    happened(DrillResumed(subject_id=str(drill.pk), title=drill.name), audience=drill.audience)
    return drill


@action(Permission.RUN_DRILL)
def set_drill_speed(
    actor: Actor, *, drill: Drill, rate: int, expected_version: int, idempotency_key: str = ""
) -> Drill:
    """Let the clock go faster or slower from now on; a paused one once it goes on. Publishes ``DrillSpeedSet``.

    Refuses anyone but its controllers, a speed beyond ×60, and a drill that does not go on.
    Clause 二(五)1.
    """
    _demand(actor, drill)
    if not drill.is_under_way:
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，没有时钟可调。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("请刷新页面，看最新情况。"),
        )
    before = drill.rate
    drill.change(expected_version=expected_version, rate=demand_rate(rate))
    if drill.state == DrillState.RUNNING:
        clock.set_clock(drill.realm, clock.now(drill.realm), rate=rate)
    fact = DrillSpeedSet(subject_id=str(drill.pk), title=drill.name, before=before, rate=rate)
    happened(fact, audience=drill.audience)
    return drill


@action(Permission.RUN_DRILL)
def end_drill(
    actor: Actor, *, drill: Drill, words: str, expected_version: int, idempotency_key: str = ""
) -> Drill:
    """End a drill: its realm is closed, and nothing can be written or sent there any more.

    Publishes ``DrillEnded``, the last entry of that realm. Refuses without a word on how it ended,
    and anyone but its controllers. Clause 二(五)1.
    """
    _demand(actor, drill)
    said = demand_words(words, field="words", what=_("结束说明"))
    shut(drill, said, expected_version)
    fact = DrillEnded(subject_id=str(drill.pk), title=drill.name, words=said)
    happened(fact, audience=drill.audience)
    return drill


def shut(
    drill: Drill, words: str, expected_version: int, became: Incident | None = None
) -> None:
    """Close the drill and its realm."""
    DRILL_MOVES.check(drill.state, DrillState.ENDED)
    drill.change(
        expected_version=expected_version,
        state=DrillState.ENDED,
        ended_at=clock.now(ACTUAL),
        words=words,
        became=became,
    )
    close_realm(drill.realm)


def _demand(actor: Actor, drill: Drill) -> None:
    demand_seat(actor, drill)
    demand_controller(actor, drill)
