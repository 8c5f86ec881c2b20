"""Rounds of nil reports: townships are asked, answer, and are asked again when the time is over."""

from collections.abc import Sequence
from datetime import timedelta

from liandong.command.actions.claims import demand_reach, demand_realm, lend, locked_incident
from liandong.command.events import NilReturnAnswered, NilRoundAsked, NilRoundMissed
from liandong.command.models import Incident, NilReturn, NilRound
from liandong.command.permissions import Permission
from liandong.command.queries.address import staffed_address
from liandong.command.rules.incident import demand_open
from liandong.command.rules.nil_round import demand_news, demand_own_return, is_own_return
from liandong.command.rules.order import demand_words
from liandong.command.states import NIL_RETURN_MOVES, NilReturnState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization.models import Body

KIND = "command.nil_round"
AUDIENCE = ("duty",)
LONGEST_MINUTES = 60 * 24


@action(Permission.CALL_REPORT)
def ask_nil_round(
    actor: Actor,
    *,
    incident: Incident,
    bodies: Sequence[Body],
    minutes: int,
    question: str,
    idempotency_key: str = "",
) -> NilRound:
    """Ask townships to report by a time, also that there is nothing to report.

    Where a township's post is vacant whoever stands in is asked. Publishes ``NilRoundAsked`` and a
    message to each. Refuses nobody at all, no question, a time of none or more than a day, and a
    closed incident. Clause 二(二)2.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.CALL_REPORT, row)
    demand_open(row)
    demand_words(question, field="question", what=_("要报什么"))
    asked = list(dict.fromkeys(bodies))
    if not asked:
        raise Invalid(
            _("没有选要哪些单位报。"),
            place=_("单位"),
            remedy=_("请至少选一个单位。"),
            fields={"bodies": _("请至少选一个单位")},
        )
    demand_minutes(minutes)
    now = clock.now(actor.realm)
    made = NilRound.objects.create(
        realm=actor.realm,
        audience=list(AUDIENCE),
        incident=row,
        question=question.strip()[:300],
        asked_by=actor.label[:120],
        asked_at=now,
        due_at=now + timedelta(minutes=minutes),
    )
    returns = NilReturn.objects.bulk_create(_return(made, body) for body in asked)
    set_timer(
        "command.nil_round_due",
        realm=made.realm,
        due_at=made.due_at,
        subject_kind=KIND,
        subject_id=str(made.pk),
        incident=str(row.pk),
    )
    fact = NilRoundAsked(
        subject_id=str(made.pk),
        incident_id=str(row.pk),
        question=made.question,
        due_at=made.due_at.isoformat(),
        bodies=[str(body.pk) for body in asked],
        count=len(asked),
    )
    happened(fact, incident=str(row.pk), audience=AUDIENCE)
    for one in returns:
        _tell(actor, one, made)
    return made


@action(Permission.ANSWER_ORDER)
def answer_nil_return(
    actor: Actor,
    *,
    row: NilReturn,
    state: NilReturnState,
    expected_version: int,
    text: str = "",
    idempotency_key: str = "",
) -> NilReturn:
    """Say that all is well, or what is not; news may follow at any time while the incident is open.

    The desk may write down what was told by telephone, marked 代录. Publishes
    ``NilReturnAnswered``. Refuses another's, news without words, going back to 平安 after news,
    whoever saw an older version, and a closed incident. Clause 二(二)2.
    """
    demand_realm(actor, row)
    demand_own_return(actor, row)
    demand_open(row.round.incident.lives_in)
    state = NilReturnState(state)
    demand_news(state, text)
    NIL_RETURN_MOVES.check(row.state, state)
    row.change(
        expected_version=expected_version,
        state=state,
        text=text.strip() if state == NilReturnState.NEWS else "",
        noted=not is_own_return(actor, row),
        answered_by=actor.label[:120],
        answered_at=clock.now(actor.realm),
    )
    fact = NilReturnAnswered(
        subject_id=str(row.pk),
        incident_id=str(row.round.incident_id),
        round_id=str(row.round_id),
        body=row.body.short_name,
        state=state,
        label=str(state.label),
        text=f"，{row.text}" if row.text else "",
        noted=row.noted,
    )
    happened(fact, incident=str(row.round.incident_id), audience=row.audience)
    return row


@action(Permission.CALL_REPORT)
def urge_nil_round(actor: Actor, *, round_: NilRound, idempotency_key: str = "") -> NilRound:
    """The time is over: ask those who have not answered once more, urgently.

    Publishes ``NilRoundMissed``. Does nothing where all have answered, in an incident that is
    over, and the second time. Clause 二(二)2.
    """
    demand_realm(actor, round_)
    incident = locked_incident(actor, round_.incident.lives_in)
    silent = NilReturn.objects.filter(round=round_, state=NilReturnState.AWAITED)
    rows = list(silent.select_related("body", "post").order_by("body__sort_key", "id"))
    if not rows or not incident.is_open or round_.overdue_at is not None:
        return round_
    round_.change(expected_version=round_.version, overdue_at=clock.now(actor.realm))
    fact = NilRoundMissed(
        subject_id=str(round_.pk),
        incident_id=str(incident.pk),
        missing=[str(one.body_id) for one in rows],
        shown=listed(one.body.short_name for one in rows),
    )
    happened(fact, incident=str(incident.pk), audience=round_.audience)
    for one in rows:
        _tell(actor, one, round_, urgent=True)
    return round_


def demand_minutes(minutes: int) -> None:
    """Refuse a time of none, and one of more than a day."""
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Invalid(
            _("限时要在 1 分钟到 24 小时之间。"),
            place=_("限时"),
            remedy=_("请填多少分钟内报。"),
            fields={"minutes": _("请核对分钟数")},
        )


def _return(made: NilRound, body: Body) -> NilReturn:
    post = staffed_address(body.key).post
    return NilReturn(
        realm=made.realm,
        audience=[*AUDIENCE, f"body:{body.pk}", f"post:{post.pk}"],
        round=made,
        body=body,
        post=post,
    )


def _tell(actor: Actor, row: NilReturn, made: NilRound, *, urgent: bool = False) -> None:
    words = {"incident": made.incident.title, "body": row.body.short_name}
    title = (
        _("%(body)s还没有零报告：%(incident)s")
        if urgent
        else _("请%(body)s零报告：%(incident)s")
    )
    send_message(
        lend(actor, Messaging.SEND_MESSAGE),
        to_post=row.post,
        title=(title % words)[:200],
        text=_("%(question)s。没有情况也要报。") % {"question": made.question},
        subject_kind=KIND,
        subject_id=str(made.pk),
        incident=str(made.incident_id),
        audience=AUDIENCE,
        urgent=urgent,
        link=f"/command/nil-returns/{row.pk}/",
    )
