"""Compiling a bulletin, approving it, giving it out and signing for it."""

from collections.abc import Sequence
from datetime import timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.timers import drop_timers
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization.models import Body
from liandong.sharing import queries, rules
from liandong.sharing.actions.round import RETURN_DUE, SUBJECT, set_receipt_timer
from liandong.sharing.events import (
    BulletinApproved,
    BulletinCompiled,
    BulletinDistributed,
    BulletinRejected,
    BulletinSigned,
)
from liandong.sharing.models import Bulletin, Receipt, Round
from liandong.sharing.permissions import Permission
from liandong.sharing.states import BULLETIN_MOVES, BulletinState, ReturnState

SIGN_WITHIN = timedelta(days=2)


@action(Permission.COMPILE_BULLETIN)
def compile_bulletin(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 -- the county's word
    without: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> Bulletin:
    """Compile the registers of a round as they stand, with what differs from the last bulletin.

    Publishes ``BulletinCompiled``. Refuses returns still owed or unchecked unless ``without`` says
    why, another office's round, and a round whose bulletin is approved or waits. Not for drills.
    Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_office(actor, round.office)
    editions = list(Bulletin.objects.filter(round=round).order_by("-edition").defer("content"))
    rules.demand_no_bulletin(editions)
    left = [one for one in queries.returns_of(round) if one.state != ReturnState.ACCEPTED]
    if left and not without.strip():
        raise Invalid(
            _("还有 %(units)s 没有报送或审核。")
            % {"units": listed([one.body.short_name for one in left[:8]])},
            place=str(round),
            remedy=_("请催办、审核，或写明不等的理由。"),
            fields={"without": _("请写明理由")},
        )
    round.change(expected_version=expected_version)
    previous = queries.previous_bulletin(round)
    content = queries.content_of(round.kinds)
    differences = queries.differences_between(previous.content if previous else {}, content)
    row = Bulletin.objects.create(
        round=round,
        edition=editions[0].edition + 1 if editions else 1,
        previous=previous,
        content=content,
        differences=differences,
        without=without.strip()[:500],
        compiled_at=clock.now(actor.realm),
        compiled_by=actor.label[:200],
        compiler=actor.person,
    )
    counts = queries.tally(differences)
    fact = BulletinCompiled(
        subject_id=str(row.pk),
        round_id=str(round.pk),
        title=round.title,
        edition=row.edition,
        new=counts["new"],
        changed=counts["changed"],
        gone=counts["gone"],
    )
    happened(fact, audience={"county"})
    return row


@action(Permission.APPROVE_BULLETIN)
def approve_bulletin(
    actor: Actor, *, bulletin: Bulletin, expected_version: int, idempotency_key: str = ""
) -> Bulletin:
    """Approve a bulletin, as the committee's office. Publishes ``BulletinApproved``.

    Refuses whoever compiled it and, where the county has set up the committee's office, everybody
    else. Not for drills. Clause 二(一)1.
    """
    _judge(actor, bulletin, BulletinState.APPROVED, "", expected_version)
    fact = BulletinApproved(
        subject_id=str(bulletin.pk),
        round_id=str(bulletin.round_id),
        title=bulletin.round.title,
    )
    happened(fact, audience={"county"})
    return bulletin


@action(Permission.APPROVE_BULLETIN)
def reject_bulletin(
    actor: Actor,
    *,
    bulletin: Bulletin,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Bulletin:
    """Have a bulletin compiled anew, with the reason. Publishes ``BulletinRejected``.

    Refuses a blank reason and whom ``approve_bulletin`` refuses. Clause 二(一)1.
    """
    if not reason.strip():
        raise Invalid(
            _("请写明理由。"),
            place=str(bulletin),
            remedy=_("写明要怎样改。"),
            fields={"reason": _("请填写这一项")},
        )
    _judge(actor, bulletin, BulletinState.REJECTED, reason.strip()[:500], expected_version)
    fact = BulletinRejected(
        subject_id=str(bulletin.pk),
        round_id=str(bulletin.round_id),
        title=bulletin.round.title,
        reason=bulletin.reason,
    )
    happened(fact, audience={"county"})
    return bulletin


@action(Permission.DISTRIBUTE_BULLETIN)
def distribute_bulletin(
    actor: Actor,
    *,
    bulletin: Bulletin,
    bodies: Sequence[Body],
    expected_version: int,
    idempotency_key: str = "",
) -> Bulletin:
    """Give an approved bulletin to named units, each of which is to sign within two days.

    Publishes ``BulletinDistributed``; whoever has not signed is reminded. Refuses nobody named,
    and whom ``approve_bulletin`` refuses for their chair. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_committee_office(actor, queries.committee_offices())
    BULLETIN_MOVES.check(bulletin.state, BulletinState.DISTRIBUTED)
    if not bodies:
        raise Invalid(
            _("没有选择分发的单位。"),
            place=str(bulletin),
            remedy=_("请至少选一个单位。"),
            fields={"bodies": _("请选择单位")},
        )
    now = clock.now(actor.realm)
    bulletin.change(
        expected_version=expected_version,
        state=BulletinState.DISTRIBUTED,
        distributed_at=now,
    )
    Receipt.objects.bulk_create([Receipt(bulletin=bulletin, body=body) for body in set(bodies)])
    drop_timers(
        realm=ACTUAL, subject_kind=SUBJECT, subject_id=str(bulletin.round_id), kind=RETURN_DUE
    )
    set_receipt_timer(bulletin, now + SIGN_WITHIN)
    fact = BulletinDistributed(
        subject_id=str(bulletin.pk),
        round_id=str(bulletin.round_id),
        title=bulletin.round.title,
        bodies=sorted(str(body.pk) for body in set(bodies)),
    )
    happened(fact, audience={"county"})
    return bulletin


@action(Permission.SIGN_BULLETIN)
def sign_bulletin(
    actor: Actor, *, bulletin: Bulletin, body: Body, idempotency_key: str = ""
) -> Receipt:
    """Sign for a bulletin on behalf of one's unit. Publishes ``BulletinSigned``, once.

    Refuses other units, and those it was not given to. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_own(actor, body.pk)
    receipt = Receipt.objects.select_for_update().filter(bulletin=bulletin, body=body).first()
    if receipt is None:
        raise Missing(
            _("这份汇编没有发给%(body)s。") % {"body": body.short_name},
            remedy=_("如应当发给，请联系县应急委办公室。"),
        )
    if receipt.signed_at is not None:
        return receipt
    now = clock.now(actor.realm)
    Receipt.objects.filter(pk=receipt.pk).update(signed_at=now, signed_by=actor.label[:200])
    receipt.signed_at, receipt.signed_by = now, actor.label[:200]
    fact = BulletinSigned(
        subject_id=str(bulletin.pk),
        round_id=str(bulletin.round_id),
        title=bulletin.round.title,
        body_id=str(body.pk),
        body=body.short_name,
    )
    happened(fact, audience={"county"})
    return receipt


def _judge(
    actor: Actor,
    bulletin: Bulletin,
    state: BulletinState,
    reason: str,
    expected_version: int,
) -> None:
    rules.demand_actual(actor)
    rules.demand_committee_office(actor, queries.committee_offices())
    rules.demand_another(actor, bulletin)
    BULLETIN_MOVES.check(bulletin.state, state)
    bulletin.change(
        expected_version=expected_version,
        state=state,
        reason=reason,
        approved_at=clock.now(actor.realm),
        approved_by=actor.label[:200],
    )
