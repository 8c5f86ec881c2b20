"""Swapping shifts between two who agree."""

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.keeping import keep
from liandong.organization.actions.roster import (
    ShiftSpec,
    demand_open,
    refuse_doubled,
    tell_swapped,
)
from liandong.organization.events import SwapAgreed, SwapAsked, SwapDeclined, SwapWithdrawn
from liandong.organization.models import Person, Shift, Swap
from liandong.organization.permissions import Permission
from liandong.organization.states import SWAP_MOVES, SwapState


@action(Permission.ASK_SWAP)
def ask_swap(
    actor: Actor,
    *,
    shift: Shift,
    person: Person,
    reason: str,
    in_return: Shift | None = None,
    idempotency_key: str = "",
) -> Swap:
    """Ask somebody to take one's shift, perhaps for one of theirs. Publishes ``SwapAsked``.

    Nothing changes until they agree. Refuses somebody else's shift, one that is over, oneself, a
    shift in return that is not theirs or of another kind, a second request for the same shift,
    and a blank reason. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    _demand_own(actor, shift.person_id)
    demand_open(actor, shift)
    _refuse_wrong(shift, person, in_return, reason)
    if in_return is not None:
        demand_open(actor, in_return)
    if Swap.objects.filter(shift=shift, state=SwapState.ASKED).exists():
        raise IllegalMove(
            _("这一班已经提出换班，还没有答复。"),
            place=str(shift),
            remedy=_("请先撤回，再另请别人。"),
        )
    swap = Swap(
        shift=shift,
        in_return=in_return,
        asked_by=shift.person,
        asked_of=person,
        reason=reason.strip()[:200],
        asked_at=clock.now(actor.realm),
    )
    keep(swap)
    happened(
        SwapAsked(
            subject_id=str(shift.pk),
            swap_id=str(swap.pk),
            asked_by=shift.person.name,
            asked_of=person.name,
            from_at=shift.from_at.isoformat(),
            in_return=in_return.from_at.isoformat() if in_return else "",
            reason=swap.reason,
        ),
        audience={"county"},
    )
    return swap


@action(Permission.ASK_SWAP)
def answer_swap(
    actor: Actor,
    *,
    swap: Swap,
    agrees: bool,
    answer: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> Swap:
    """Agree to a swap, which then is done, or decline it. Publishes ``SwapAgreed`` or ``SwapDeclined``.

    Refuses whoever was not asked, what was answered or taken back, shifts that changed hands or
    are over meanwhile, somebody on the same duty then, and declining without a reason.
    """
    rules.demand_actual(actor)
    _demand_own(actor, swap.asked_of_id)
    state = SwapState.AGREED if agrees else SwapState.DECLINED
    SWAP_MOVES.check(swap.state, state)
    said = answer.strip()[:200]
    if not agrees and not said:
        raise Invalid(_("请写明不同意的原因。"), fields={"answer": _("请填写这一项")})
    if agrees:
        _change_hands(actor, swap)
    swap.change(
        expected_version=expected_version,
        state=state,
        answer=said,
        answered_at=clock.now(actor.realm),
    )
    about = {
        "subject_id": str(swap.shift_id),
        "swap_id": str(swap.pk),
        "asked_by": swap.asked_by.name,
        "asked_of": swap.asked_of.name,
    }
    fact = SwapAgreed(**about) if agrees else SwapDeclined(**about, answer=said)
    happened(fact, audience={"county"})
    return swap


@action(Permission.ASK_SWAP)
def withdraw_swap(
    actor: Actor, *, swap: Swap, expected_version: int, idempotency_key: str = ""
) -> Swap:
    """Take back what one asked for. Publishes ``SwapWithdrawn``; refuses others', and what was answered."""
    rules.demand_actual(actor)
    _demand_own(actor, swap.asked_by_id)
    SWAP_MOVES.check(swap.state, SwapState.WITHDRAWN)
    swap.change(expected_version=expected_version, state=SwapState.WITHDRAWN)
    happened(
        SwapWithdrawn(
            subject_id=str(swap.shift_id),
            swap_id=str(swap.pk),
            asked_by=swap.asked_by.name,
            asked_of=swap.asked_of.name,
        ),
        audience={"county"},
    )
    return swap


def _change_hands(actor: Actor, swap: Swap) -> None:
    """Give each shift to the other; both are read anew, since the roster may have changed."""
    keys = [key for key in (swap.shift_id, swap.in_return_id) if key]
    rows = {
        one.pk: one
        for one in Shift.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("person")
        .order_by("pk")
    }
    pairs = [(rows[swap.shift_id], swap.asked_by, swap.asked_of)]
    if swap.in_return_id:
        pairs.append((rows[swap.in_return_id], swap.asked_of, swap.asked_by))
    for shift, giver, _taker in pairs:
        demand_open(actor, shift)
        if shift.person_id != giver.pk:
            raise IllegalMove(
                _("这一班已经不是%(name)s的了。") % {"name": giver.name},
                place=str(shift),
                remedy=_("请看现在的值班表，需要时重新提出。"),
            )
    for shift, giver, taker in pairs:
        spec = ShiftSpec(
            role=shift.role, person=taker, from_at=shift.from_at, until_at=shift.until_at
        )
        refuse_doubled([spec], but=list(rows.values()))
        shift.change(expected_version=shift.version, person=taker)
        tell_swapped(shift, giver.name, taker.name, swap.reason)


def _refuse_wrong(shift: Shift, person: Person, in_return: Shift | None, reason: str) -> None:
    fields = {}
    if person.pk == shift.person_id:
        fields["person"] = _("不能请自己换班")
    if not reason.strip():
        fields["reason"] = _("请填写这一项")
    if in_return is not None and (
        in_return.person_id != person.pk or in_return.role != shift.role
    ):
        fields["in_return"] = _("请选对方的、同样班别的一班")
    if fields:
        raise Invalid(_("换班有误。"), remedy=_("请按提示改正。"), fields=fields)


def _demand_own(actor: Actor, person: object) -> None:
    if not actor.person or actor.person != str(person):
        raise Forbidden(
            _("只有本人能提出、答复或撤回换班。"),
            remedy=_("请用本人账号登录；带班领导可以直接调班。"),
        )
