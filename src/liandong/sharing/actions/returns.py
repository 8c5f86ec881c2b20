"""What units return in a round, and what the office does with it."""

from collections import Counter
from datetime import timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries, rules
from liandong.sharing.events import (
    RecordConfirmed,
    ReturnAccepted,
    ReturnSentBack,
    ReturnSubmitted,
)
from liandong.sharing.models import Record, Return
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import RETURN_MOVES, ReturnState


@action(Permission.SUBMIT_RETURN)
def submit_return(
    actor: Actor,
    *,
    row: Return,
    confirms_rest: bool = False,
    is_nil: bool = False,
    note: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> Return:
    """Answer a round: the unit's records of its registers are as they should be.

    ``confirms_rest`` confirms what nobody looked at since the round was opened; ``is_nil`` says
    that there is nothing to report (零报告). Publishes ``ReturnSubmitted``, and ``RecordConfirmed``
    of each. Refuses other units' returns, records nobody looked at, nothing at all without
    ``is_nil``, and ``is_nil`` where there is something. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_own(actor, row.body_id)
    RETURN_MOVES.check(row.state, ReturnState.SUBMITTED)
    kinds = Counter(queries.records_in(row).values_list("kind", flat=True))
    rules.demand_nil_rightly(row, is_nil=is_nil, records=kinds.total())
    if confirms_rest:
        _confirm_rest(row)
    elif late := queries.unconfirmed_in(row).count():
        raise Invalid(
            _("还有 %(n)d 条登记没有核实。") % {"n": late},
            place=str(row),
            remedy=_("请逐条核实或变更，或勾选“其余都无变化”。"),
            fields={"confirms_rest": _("请核实，或勾选这一项")},
        )
    now = clock.now(actor.realm)
    row.change(
        expected_version=expected_version,
        state=ReturnState.SUBMITTED,
        is_nil=is_nil,
        counts=dict(kinds),
        note=note.strip(),
        submitted_at=now,
        submitted_by=actor.label[:200],
        is_late=now > row.round.due_at,
    )
    fact = ReturnSubmitted(
        subject_id=str(row.pk),
        round_id=str(row.round_id),
        title=row.round.title,
        body_id=str(row.body_id),
        body=row.body.short_name,
        is_nil=is_nil,
        is_late=row.is_late,
        records=kinds.total(),
    )
    happened(fact, audience={"county"})
    return row


@action(Permission.CHECK_RETURN)
def send_back_return(
    actor: Actor, *, row: Return, reason: str, expected_version: int, idempotency_key: str = ""
) -> Return:
    """Give a return back, with the reason. Publishes ``ReturnSentBack``.

    Refuses a blank reason, and returns of other offices' rounds. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_office(actor, row.round.office)
    RETURN_MOVES.check(row.state, ReturnState.SENT_BACK)
    if not reason.strip():
        raise Invalid(
            _("请写明退回的理由。"),
            place=str(row),
            remedy=_("写明哪几条要怎样改。"),
            fields={"reason": _("请填写这一项")},
        )
    row.change(
        expected_version=expected_version,
        state=ReturnState.SENT_BACK,
        reason=reason.strip()[:500],
        sent_back=row.sent_back + 1,
    )
    fact = ReturnSentBack(
        subject_id=str(row.pk),
        round_id=str(row.round_id),
        title=row.round.title,
        body_id=str(row.body_id),
        body=row.body.short_name,
        reason=row.reason,
    )
    happened(fact, audience={"county"})
    return row


@action(Permission.CHECK_RETURN)
def accept_return(
    actor: Actor, *, row: Return, expected_version: int, idempotency_key: str = ""
) -> Return:
    """Find a return good. Publishes ``ReturnAccepted``. Clause 二(一)1."""
    rules.demand_actual(actor)
    rules.demand_office(actor, row.round.office)
    RETURN_MOVES.check(row.state, ReturnState.ACCEPTED)
    row.change(expected_version=expected_version, state=ReturnState.ACCEPTED, reason="")
    fact = ReturnAccepted(
        subject_id=str(row.pk),
        round_id=str(row.round_id),
        title=row.round.title,
        body_id=str(row.body_id),
        body=row.body.short_name,
    )
    happened(fact, audience={"county"})
    return row


def _confirm_rest(row: Return) -> None:
    """Confirm what nobody looked at since the round was opened: a statement for each register."""
    now, today = clock.now(ACTUAL), queries.today()
    rest = list(queries.unconfirmed_in(row).order_by("pk").select_for_update())
    for kind in sorted({one.kind for one in rest}):
        due_on = today + timedelta(days=REGISTERS[kind].freshness_days)
        some = [one for one in rest if one.kind == kind]
        Record.objects.filter(pk__in=[one.pk for one in some]).update(
            confirmed_at=now, due_on=due_on
        )
        for one in some:
            fact = RecordConfirmed(
                subject_id=str(one.pk),
                kind=kind,
                number=one.number,
                title=one.name,
                due_on=due_on.isoformat(),
            )
            happened(fact, audience=one.audience)
