"""Handing entries to the handlers that owe them an answer, in order for each subject."""

import json
import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.events import Cause, NotYetError, handlers, known
from liandong.kernel.journal.causes import current
from liandong.kernel.journal.models import Delivery, Payload
from liandong.kernel.realms import is_closed
from liandong.kernel.statements import execute

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LONGEST_WAIT = 3600


HEADS = """
SELECT id FROM (
    SELECT DISTINCT ON (handler, subject_kind, subject_id) id, link_id, dead, retry_at
    FROM kernel_delivery ORDER BY handler, subject_kind, subject_id, link_id
) AS first
WHERE NOT dead AND (retry_at IS NULL OR retry_at <= %s) AND NOT id = ANY(%s::bigint[])
ORDER BY link_id LIMIT %s
"""


def deliver_pending(*, limit: int = 50) -> int:
    """Answer some of what is due, the oldest of each subject first; whoever fails parks that subject only.

    However much is owed, whoever called gets their turn again after a batch that came to something:
    what is written meanwhile is chained and shown, and clocks ring.
    """
    tried: set[int] = set()
    while heads := _heads(limit, tried):
        tried.update(heads)
        if done := sum(_deliver(pk) for pk in heads):
            return done
    return 0


def _heads(limit: int, tried: set[int]) -> list[int]:
    """The first open delivery of every handler and subject, if it is due and was not just tried."""
    rows = execute(HEADS, [clock.real(), list(tried), limit])
    return [pk for (pk,) in rows.fetchall()]


def _deliver(pk: int) -> bool:
    """Answer and pay the debt in one transaction; another worker's claim is left alone."""
    try:
        with transaction.atomic():
            mine = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            delivery = mine.select_related("link__entry__payload").filter(pk=pk).first()
            if delivery is None:
                return False
            _answer(delivery)
            delivery.delete()
    except Exception as trouble:
        if isinstance(trouble, NotYetError):
            logger.warning("delivery %s waits: %s", pk, trouble)
        else:
            logger.exception("delivery %s failed", pk)
        _postpone(pk, trouble)
        return False
    return True


def _postpone(pk: int, trouble: Exception) -> None:
    attempts = Delivery.objects.values_list("attempts", flat=True).get(pk=pk)
    wait = timedelta(seconds=min(2 ** min(attempts, 20), LONGEST_WAIT))
    Delivery.objects.filter(pk=pk).update(
        attempts=F("attempts") + 1,
        retry_at=clock.real() + wait,
        dead=attempts + 1 >= MOST_ATTEMPTS and not isinstance(trouble, NotYetError),
        trouble=repr(trouble)[:2000],
    )


def _answer(delivery: Delivery) -> None:
    entry = delivery.link.entry
    kind, handler = known.get(entry.name), handlers[entry.name].get(delivery.handler)
    if kind is None or handler is None:
        # The code that promised this answer is gone; nobody is left who owes it.
        logger.warning("no handler %s for %s any more", delivery.handler, entry.name)
        return
    if entry.realm != ACTUAL and is_closed(entry.realm):
        # Nothing is done in a drill that is over, and nothing leaves it any more.
        logger.info("%s ended before %s", entry.realm, delivery.handler)
        return
    said: Payload | None = getattr(entry, "payload", None)
    if said is None:
        # Erased by law before it was answered: nobody knows any more what there is to answer.
        logger.warning("what %s said was erased before %s", entry.pk, delivery.handler)
        return
    cause = Cause(
        entry=entry.pk,
        realm=entry.realm,
        key=f"{entry.pk}/{delivery.handler}",
        at=entry.at,
        incident=entry.incident,
    )
    fact = kind(**json.loads(said.text))
    token = current.set(cause)
    try:
        handler(fact, cause)
    finally:
        current.reset(token)
