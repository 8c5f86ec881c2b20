"""Lines of the voice gateway: which person gets one next. Housekeeping, not journalled.

What is noted here is committed before the gateway hears of it; the gateway then hears of it under
the attempt's key until it says that it has taken the call. See ``CallAttempt``.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from liandong.kernel.ids import uuid7
from liandong.kernel.sets import insert_rows
from liandong.kernel.statements import execute
from liandong.messaging.models import CallAttempt, Callee
from liandong.messaging.states import AttemptState, CalleeState, CallOutcome

# Who is more urgent first; then who was tried less, then the fair order. A number that rings just
# now rings for one person. Tests take a line only where no call in earnest is under way.
CLAIM = """
WITH free AS (
    SELECT least(%s, greatest(0, %s - count(*))) AS n FROM messaging_callattempt
    WHERE state IN ('claimed', 'placed')
), next AS (
    SELECT callee.id FROM messaging_callee callee
    JOIN messaging_callout call_out ON call_out.id = callee.call_out_id
    WHERE call_out.realm = %s AND call_out.state = 'running' AND callee.state = 'waiting'
    AND callee.number <> '' AND callee.next_at <= %s
    AND NOT EXISTS (SELECT FROM messaging_callattempt AS rings
        WHERE rings.state IN ('claimed', 'placed') AND rings.number = callee.number)
    ORDER BY call_out.is_test, call_out.urgency DESC, callee.tries, callee.turn
    LIMIT (SELECT n FROM free)
    FOR UPDATE OF callee SKIP LOCKED
)
UPDATE messaging_callee callee SET state = 'calling', version = version + 1
FROM next WHERE callee.id = next.id
RETURNING callee.id
"""


def claim(realm: str, now: datetime, *, most: int) -> int:
    """Give every free line to whoever is next; how many were given. Inside a transaction."""
    values = [most, settings.VOICE_LINES, realm, now]
    claimed = [pk for (pk,) in execute(CLAIM, values).fetchall()]
    if not claimed:
        return 0
    rows = list(Callee.objects.filter(pk__in=claimed).order_by("tries", "turn"))
    taken: dict[str, Callee] = {}
    twice = [row for row in rows if taken.setdefault(row.number, row) is not row]
    # Two people of one telephone: the second is called when the first has hung up.
    Callee.objects.filter(pk__in=[row.pk for row in twice]).update(
        state=CalleeState.WAITING, next_at=now + timedelta(seconds=5)
    )
    insert_rows(
        [
            CallAttempt(
                id=uuid7(),
                callee=row,
                number=row.number,
                name=row.rungs[row.rung]["name"],
                is_deputy=row.rungs[row.rung]["deputy"],
                claimed_at=now,
            )
            for row in taken.values()
        ]
    )
    return len(taken)


def mark_placed(keys: Collection[UUID], now: datetime) -> None:
    """Note that the gateway has taken some calls; what has ended since stays ended."""
    CallAttempt.objects.filter(pk__in=list(keys), state=AttemptState.CLAIMED).update(
        state=AttemptState.PLACED, placed_at=now
    )


def mark_asked(keys: Collection[UUID], now: datetime) -> None:
    """Note when the gateway was asked about some calls."""
    CallAttempt.objects.filter(pk__in=list(keys)).update(asked_at=now)


def drop(keys: Collection[UUID], now: datetime) -> None:
    """Note that some calls were never made and will not be."""
    CallAttempt.objects.filter(pk__in=list(keys), state=AttemptState.CLAIMED).update(
        state=AttemptState.ENDED, outcome=CallOutcome.CANCELED, ended_at=now
    )


def ended(attempts: Sequence[CallAttempt]) -> None:
    """Write down what several calls came to, in one statement."""
    fields = ["state", "outcome", "ended_at", "heard_seconds", "digit", "trouble"]
    CallAttempt.objects.bulk_update(attempts, fields)
