"""What sharing does about its own rounds: it tells the units, and reminds them when time has come."""

from collections.abc import Iterable
from uuid import UUID

from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.events import Cause, on
from liandong.kernel.timers import Due, timer
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.sharing import queries
from liandong.sharing.actions import remind_of_receipts, remind_of_returns
from liandong.sharing.actions.round import RECEIPT_DUE, RETURN_DUE
from liandong.sharing.events import (
    BulletinDistributed,
    BulletinRejected,
    ReturnSentBack,
    RoundOpened,
    UnitsReminded,
)
from liandong.sharing.permissions import Permission


@on(RoundOpened)
def tell_of_round(fact: RoundOpened, cause: Cause) -> None:
    """Tell each unit that something is asked of it."""
    with recorded():
        title = _("请报送：%(title)s") % {"title": fact.title}
        text = _("请在期限前核实、变更本单位的登记并报送；没有可报的，请零报告。")
    _tell(cause, fact.bodies, title, text, f"/sharing/rounds/{fact.subject_id}/")


@on(ReturnSentBack)
def tell_of_sending_back(fact: ReturnSentBack, cause: Cause) -> None:
    """Tell the unit why its return came back."""
    with recorded():
        title = _("报送被退回：%(title)s") % {"title": fact.title}
    _tell(cause, [fact.body_id], title, fact.reason, f"/sharing/returns/{fact.subject_id}/")


@on(BulletinRejected)
def tell_of_rejection(fact: BulletinRejected, cause: Cause) -> None:
    """Tell the office why its bulletin came back."""
    office = queries.round_of(fact.round_id).office_id
    with recorded():
        title = _("汇编未通过：%(title)s") % {"title": fact.title}
    _tell(cause, [str(office)], title, fact.reason, f"/sharing/rounds/{fact.round_id}/")


@on(BulletinDistributed)
def tell_of_bulletin(fact: BulletinDistributed, cause: Cause) -> None:
    """Tell each unit that a bulletin is to be signed for."""
    with recorded():
        title = _("请签收：%(title)s") % {"title": fact.title}
        text = _("汇编已分发，请查看并签收。")
    _tell(cause, fact.bodies, title, text, f"/sharing/bulletins/{fact.subject_id}/")


@on(UnitsReminded)
def remind_units(fact: UnitsReminded, cause: Cause) -> None:
    """Remind each unit of what it owes."""
    with recorded():
        title = _("催办：%(title)s") % {"title": fact.title}
        text = (
            _("本单位还没有报送，请尽快办理。")
            if fact.what == "return"
            else _("本单位还没有签收，请尽快办理。")
        )
    _tell(cause, fact.bodies, title, text, fact.link)


@timer(RETURN_DUE)
def remind_of_what_is_owed(due: Due) -> None:
    """A round is about to end, or is over."""
    remind_of_returns(
        _clockwork(due), round=queries.round_of(due.subject_id), idempotency_key=due.key
    )


@timer(RECEIPT_DUE)
def remind_of_signing(due: Due) -> None:
    """A bulletin should have been signed for."""
    actor = _clockwork(due)
    bulletin = queries.bulletin_for(actor, due.subject_id)
    remind_of_receipts(actor, bulletin=bulletin, idempotency_key=due.key)


def _clockwork(due: Due) -> Actor:
    return system_actor("timer", "报送日历", due.realm, Permission.REMIND_ROUND)


def _tell(cause: Cause, bodies: Iterable[str], title: str, text: str, link: str) -> None:
    """Write to the liaison of each body; a vacant post is told of by the setup page, not here."""
    clerk = system_actor("node", "信息共享", cause.realm, Messaging.SEND_MESSAGE)
    wanted = {UUID(one) for one in bodies}
    for body in organization.all_bodies().filter(pk__in=wanted).order_by("pk"):
        post = organization.liaison_of(body)
        if post is None or organization.is_vacant(post):
            continue
        send_message(
            clerk,
            to_post=post,
            title=title[:200],
            text=text,
            subject_kind="sharing.round",
            subject_id=str(body.pk),
            audience={f"body:{body.pk}"},
            link=link,
            idempotency_key=f"{cause.key}/{body.pk}",
        )
