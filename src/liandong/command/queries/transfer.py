"""What was handed to whose business it is, and by whom it is answered."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import Call, Signal, Transfer
from liandong.command.states import TransferState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def visible_transfers(actor: Actor) -> QuerySet[Transfer]:
    """The transfers an actor may see, the latest first."""
    rows = Transfer.objects.select_related(
        "signal__incident", "call__incident", "to_body", "to_post__body", "rung_post__body"
    )
    return visible(rows.order_by("-sent_at", "-id"), actor)


def transfer_for(actor: Actor, pk: UUID | str) -> Transfer:
    """Return one transfer; raises ``Missing``."""
    try:
        found = visible_transfers(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(_("没有这件移送，或者您所在岗位看不到它。"), remedy=_("请从值班台进入。"))
    return found


def waiting_transfers(actor: Actor) -> QuerySet[Transfer]:
    """Those nobody has taken over or sent back, the oldest first."""
    rows = visible_transfers(actor).filter(state=TransferState.WAITING)
    return rows.order_by("answer_by", "id")


def transfers_of(actor: Actor, *, signal: Signal | None, call: Call | None) -> list[Transfer]:
    """What became of handing on a signal or a call, the latest first."""
    rows = visible_transfers(actor)
    return list(rows.filter(signal=signal) if signal else rows.filter(call=call))


def call_for(actor: Actor, pk: UUID | str) -> Call:
    """Return one call; raises ``Missing``."""
    rows = visible(Call.objects.select_related("incident", "signal"), actor)
    try:
        found = rows.filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这份接报登记，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found
