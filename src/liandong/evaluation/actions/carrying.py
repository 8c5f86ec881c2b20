"""By which action an inject reaches the players: the same as in earnest, in the drill's realm."""

from dataclasses import replace
from decimal import Decimal

from liandong.command import queries as command
from liandong.command.actions import decline_order, raise_signal, record_incident_facts
from liandong.command.models import Incident, Order
from liandong.command.permissions import Permission as Command
from liandong.command.states import LIVE, SignalChannel
from liandong.evaluation.models import Inject
from liandong.evaluation.states import SCRIPT, InjectKind
from liandong.kernel import clock
from liandong.kernel.actors import EVERYTHING, Actor, Grant
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.monitoring.actions import Observation, record_readings
from liandong.monitoring.permissions import Permission as Monitoring
from liandong.organization.models import Post
from liandong.plans.permissions import Permission as Plans


def carry(actor: Actor, inject: Inject) -> None:
    """Do it. Raises whatever the action raises, and ``Missing`` where there is nothing it could be about."""
    WAYS[InjectKind(inject.kind)](actor, inject)


def _say(_actor: Actor, _inject: Inject) -> None:
    """Word of mouth needs no deed: the drill's page shows it."""


def _call(actor: Actor, inject: Inject) -> None:
    raise_signal(
        _voice(actor, Command.RAISE_SIGNAL),
        channel=SignalChannel.PHONE,
        caller=inject.data["caller"],
        words=inject.text,
    )


def _message(actor: Actor, inject: Inject) -> None:
    send_message(
        _voice(actor, Messaging.SEND_MESSAGE),
        to_post=_post(inject),
        title=inject.title,
        text=inject.text,
        subject_kind="evaluation.drill",
        subject_id=str(inject.drill_id),
        audience=["duty"],
        link=f"/evaluation/drills/{inject.drill_id}/",
    )


def _fact(actor: Actor, inject: Inject) -> None:
    voice = _voice(actor, Command.RECORD_FACTS, Plans.RECORD_FACTS, Command.PROPOSE_LEVEL)
    record_incident_facts(
        voice,
        incident=_incident(voice),
        facts={inject.data["fact"]: inject.data["value"]},
        source=inject.title,
        confirmed_by=inject.title,
    )


def _reading(actor: Actor, inject: Inject) -> None:
    observation = Observation(
        station_code=inject.data["station"],
        quantity=inject.data["quantity"],
        at=clock.now(actor.realm),
        value=Decimal(inject.data["value"]),
    )
    batch = record_readings(
        _voice(actor, Monitoring.RECORD_READINGS), readings=[observation], source=inject.title
    )
    if batch.refusals:
        raise Missing(str(batch.refusals[0].get("reason", "")), remedy=_("请核对读数。"))


def _decline(actor: Actor, inject: Inject) -> None:
    post = _post(inject)
    unit = replace(
        _voice(actor, Command.ANSWER_ORDER), post=str(post.pk), body=str(post.body_id)
    )
    order = _order(unit, post)
    decline_order(unit, order=order, reason=inject.text, expected_version=order.version)


WAYS = {
    InjectKind.WORD: _say,
    InjectKind.CALL: _call,
    InjectKind.MESSAGE: _message,
    InjectKind.FACT: _fact,
    InjectKind.READING: _reading,
    InjectKind.DECLINE: _decline,
}


def _voice(actor: Actor, *permissions: str) -> Actor:
    """The controller as the world that speaks to the players: sees all of the drill, may what it takes.

    The journal says that the script speaks, so that no player is credited with what it does.
    """
    return replace(
        actor,
        kind=SCRIPT,
        grants=frozenset(Grant(permission=str(one)) for one in permissions),
        scopes=frozenset({EVERYTHING}),
    )


def _post(inject: Inject) -> Post:
    if inject.to_post is None:
        raise Missing(_("这一条没有写给哪个岗位。"), remedy=_("请取消这一条，另写一条。"))
    return inject.to_post


def _incident(voice: Actor) -> Incident:
    found = command.visible_open_incidents(voice).order_by("-opened_at").first()
    if found is None:
        raise Missing(
            _("演练里还没有登记事件，没有可以补充情况的对象。"),
            remedy=_("请等参演人员登记事件后再注入。"),
        )
    return found


def _order(voice: Actor, post: Post) -> Order:
    live = command.visible_orders(voice).filter(to_post=post, state__in=sorted(LIVE))
    found = live.order_by("-issued_at").first()
    if found is None:
        raise Missing(
            _("演练里没有给“%(post)s”的待办指令。") % {"post": f"{post.body} {post}"},
            remedy=_("请等指令下达后再注入。"),
        )
    return found
