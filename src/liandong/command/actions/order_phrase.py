"""Keeping the words of orders ready."""

from collections.abc import Sequence
from datetime import timedelta

from liandong.command.actions.claims import lock_register
from liandong.command.events import OrderPhraseDropped, OrderPhraseKept
from liandong.command.models import OrderPhrase
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.rules.order import Terms, demand_standing, demand_terms
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@action(Permission.KEEP_ORDER_PHRASE)
def keep_order_phrase(
    actor: Actor,
    *,
    text: str,
    hazard: str = "",
    to_post: Post | None = None,
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    needs_proof: Sequence[str] = (),
    replaces: OrderPhrase | None = None,
    expected_version: int | None = None,
    idempotency_key: str = "",
) -> OrderPhrase:
    """Keep words of an order ready, new ones or in the place of others; the same words are kept once.

    Publishes ``OrderPhraseKept``. Refuses no words, no time, a body that was merged into another, whoever
    saw an older version, and a drill. Clause 二(二)2.
    """
    _demand_actual(actor)
    said = text.strip()
    times = Terms(said, acknowledge_within, finish_within, tuple(needs_proof))
    demand_terms(times, is_kept=True)
    demand_standing([to_post.body] if to_post else [])
    lock_register(ACTUAL, clock.now(ACTUAL))  # of two who keep the same words the second's hold
    if replaces is not None:
        replaces.change(expected_version=expected_version or replaces.version, in_force=False)
    OrderPhrase.objects.filter(text=said, hazard=hazard, in_force=True).update(in_force=False)
    row = OrderPhrase.objects.create(
        text=said,
        hazard=hazard,
        to_post=to_post,
        acknowledge_within=acknowledge_within,
        finish_within=finish_within,
        needs_proof=list(needs_proof),
    )
    fact = OrderPhraseKept(
        subject_id=str(row.pk),
        text=said,
        hazard=hazard,
        to=name_of(to_post) if to_post else "",
    )
    happened(fact, audience={"duty"})
    return row


@action(Permission.KEEP_ORDER_PHRASE)
def drop_order_phrase(
    actor: Actor,
    *,
    phrase: OrderPhrase,
    expected_version: int,
    idempotency_key: str = "",
) -> OrderPhrase:
    """Offer them no longer; orders given with them stay. Publishes ``OrderPhraseDropped``.

    Refuses whoever saw an older version, and a drill. Clause 二(二)2.
    """
    _demand_actual(actor)
    phrase.change(expected_version=expected_version, in_force=False)
    happened(OrderPhraseDropped(subject_id=str(phrase.pk), text=phrase.text), audience={"duty"})
    return phrase


def _demand_actual(actor: Actor) -> None:
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动常用指令。"), remedy=_("请先退出演练。"))
