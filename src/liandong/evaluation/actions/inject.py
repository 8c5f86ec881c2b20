"""Writing a drill's script, and telling the players what it says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Max

from liandong.evaluation.actions.carrying import carry
from liandong.evaluation.actions.enrolment import staff_scopes
from liandong.evaluation.actions.running import DUE, INJECT
from liandong.evaluation.events import InjectAdded, InjectDelivered, InjectDropped, InjectFailed
from liandong.evaluation.models import Drill, Inject
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import (
    demand_author,
    demand_controller,
    demand_seat,
    demand_words,
)
from liandong.evaluation.rules.inject import checked_data, demand_due, demand_expected
from liandong.evaluation.rules.milestone import said
from liandong.evaluation.states import INJECT_MOVES, OVER, InjectKind, InjectState, Trigger
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@action(Permission.WRITE_INJECT)
def add_inject(
    actor: Actor,
    *,
    drill: Drill,
    kind: str,
    title: str,
    text: str,
    trigger: str,
    at_minutes: int | None = None,
    condition: str = "",
    to_post: Post | None = None,
    data: Mapping[str, Any] | None = None,
    expects: str = "",
    expects_words: str = "",
    within_minutes: int | None = None,
    idempotency_key: str = "",
) -> Inject:
    """Write one more inject into the script, before the drill or while it goes on.

    ``condition`` and ``expects`` name entries of the journal. Publishes ``InjectAdded``, which
    players do not hear. Refuses players, what nothing would make due, what lacks what its kind
    needs, and a drill that is over. Clause 二(五)1.
    """
    demand_seat(actor, drill)
    demand_author(actor, drill)
    if drill.state in OVER:
        raise IllegalMove(_("演练已经结束，脚本不能再改。"), remedy=_("请刷新后看最新状态。"))
    when = Trigger(trigger)
    demand_due(when, at_minutes, condition)
    demand_expected(expects, within_minutes)
    # Held, so that of two who write at once each has a number of their own.
    Drill.objects.select_for_update().get(pk=drill.pk)
    last = drill.injects.aggregate(last=Max("number"))["last"] or 0
    inject = Inject.objects.create(
        drill=drill,
        number=last + 1,
        kind=InjectKind(kind),
        title=demand_words(title, field="title", what=_("标题"))[:120],
        text=demand_words(text, field="text", what=_("内容")),
        to_post=to_post,
        data=checked_data(InjectKind(kind), to_post, data or {}),
        trigger=when,
        at_minutes=at_minutes if when == Trigger.TIME else None,
        condition=condition if when == Trigger.EVENT else "",
        expects=expects,
        expects_words=expects_words.strip(),
        within_minutes=within_minutes,
    )
    if drill.is_under_way and when == Trigger.TIME and drill.began_at:
        set_timer(
            DUE,
            realm=drill.realm,
            due_at=drill.began_at + timedelta(minutes=at_minutes or 0),
            subject_kind=INJECT,
            subject_id=str(inject.pk),
        )
    fact = InjectAdded(
        subject_id=str(inject.pk),
        drill=str(drill.pk),
        number=inject.number,
        title=inject.title,
        kind=str(InjectKind(kind).label),
        text=inject.text,
        due=inject.clock or (said(condition) if condition else str(when.label)),
    )
    happened(fact, audience=staff_scopes(drill))
    return inject


@action(Permission.DELIVER_INJECT)
def deliver_inject(
    actor: Actor, *, inject: Inject, expected_version: int, idempotency_key: str = ""
) -> Inject:
    """Tell the players, by the action their county would tell them by. Publishes ``InjectDelivered``.

    What is said by word of mouth is shown on the drill's page. Refuses anyone but the drill's
    controllers and its script, what was told or dropped before, and what that action refuses.
    Clause 二(五)1.
    """
    drill = inject.drill
    _demand(actor, drill)
    INJECT_MOVES.check(inject.state, InjectState.DELIVERED)
    inject.change(
        expected_version=expected_version,
        state=InjectState.DELIVERED,
        delivered_at=clock.now(actor.realm),
        delivered_by=actor.label[:120],
        trouble="",
    )
    _settle(inject)
    carry(actor, inject)
    open_to_all = inject.kind == InjectKind.WORD
    fact = InjectDelivered(
        subject_id=str(inject.pk),
        drill=str(drill.pk),
        number=inject.number,
        title=inject.title,
        kind=str(inject.get_kind_display()),
        text=inject.text,
    )
    happened(fact, audience=drill.audience if open_to_all else staff_scopes(drill))
    return inject


@action(Permission.DELIVER_INJECT)
def drop_inject(
    actor: Actor,
    *,
    inject: Inject,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Inject:
    """Leave an inject out this time. Publishes ``InjectDropped``.

    Refuses without a reason, anyone but the drill's controllers, and what was told before.
    Clause 二(五)1.
    """
    _demand(actor, inject.drill)
    why = demand_words(reason, field="reason", what=_("取消原因"))
    INJECT_MOVES.check(inject.state, InjectState.DROPPED)
    inject.change(
        expected_version=expected_version, state=InjectState.DROPPED, trouble=why[:500]
    )
    _settle(inject)
    fact = InjectDropped(
        subject_id=str(inject.pk),
        drill=str(inject.drill_id),
        number=inject.number,
        title=inject.title,
        reason=why,
    )
    happened(fact, audience=staff_scopes(inject.drill))
    return inject


@action(Permission.DELIVER_INJECT)
def let_inject_fail(
    actor: Actor, *, inject: Inject, trouble: str, idempotency_key: str = ""
) -> Inject:
    """Keep why an inject that fell due could not be told; a controller tries again or drops it.

    Publishes ``InjectFailed``. For the script itself. Clause 二(五)1.
    """
    _demand(actor, inject.drill)
    INJECT_MOVES.check(inject.state, InjectState.FAILED)
    inject.change(
        expected_version=inject.version, state=InjectState.FAILED, trouble=trouble[:500]
    )
    _settle(inject)
    fact = InjectFailed(
        subject_id=str(inject.pk),
        drill=str(inject.drill_id),
        number=inject.number,
        title=inject.title,
        trouble=trouble[:500],
    )
    happened(fact, audience=staff_scopes(inject.drill))
    return inject


def _demand(actor: Actor, drill: Drill) -> None:
    demand_seat(actor, drill)
    demand_controller(actor, drill)
    if not drill.is_under_way:
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，不能注入。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("请先开始演练。"),
        )


def _settle(inject: Inject) -> None:
    """Told or dropped before its time, it does not fall due again."""
    drop_timers(realm=inject.drill.realm, subject_kind=INJECT, subject_id=str(inject.pk))
