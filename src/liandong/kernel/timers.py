"""Timers: what time will make due, as rows. They survive restarts and follow their realm's clock."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F

from liandong.kernel import clock
from liandong.kernel.events import Cause
from liandong.kernel.ids import uuid7
from liandong.kernel.journal.causes import current
from liandong.kernel.statements import execute

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
# A realm without a clock of its own goes by the real one; in one that is closed nothing rings.
DUE = """
SELECT id FROM kernel_timer
WHERE NOT dead AND (retry_at IS NULL OR retry_at <= %s) AND due_at <= coalesce(
    (SELECT told FROM unnest(%s::text[], %s::timestamptz[]) AS own (name, told)
     WHERE name = realm), %s)
AND NOT EXISTS (SELECT FROM kernel_realm AS over
    WHERE over.name = kernel_timer.realm AND over.closed_at IS NOT NULL)
ORDER BY due_at LIMIT %s
"""


class Timer(models.Model):
    """Something that falls due at a moment of its realm."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64)
    kind = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    label = models.CharField(max_length=100, blank=True)
    data = models.JSONField(default=dict)
    incident = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "due_at"], name="timer_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "kind", "subject_kind", "subject_id", "label"],
                name="timer_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%F %T}"


@dataclass(frozen=True, kw_only=True)
class Due:
    """A timer that has fallen due, and the key under which it is answered once."""

    realm: str
    subject_kind: str
    subject_id: str
    label: str
    data: dict[str, Any]
    incident: str
    at: datetime
    key: str


@dataclass
class _Ringing:
    """The timer that rings just now, and whether its own bell has set it anew or dropped it."""

    row: Timer
    settled: bool = False

    def stands_at(self, **about: str) -> bool:
        """Whether it is the one, or one of those, so described."""
        return all(getattr(self.row, key) == value for key, value in about.items())

    def take(self) -> None:
        """Take it away unless its own bell saw to it; raises ``_MovedError`` if somebody else did."""
        mine = Timer.objects.filter(pk=self.row.pk, due_at=self.row.due_at)
        if not self.settled and not mine.delete()[0]:
            raise _MovedError


class _MovedError(Exception):
    """While it rang, somebody else moved the timer or dropped it."""


bells: dict[str, Callable[[Due], None]] = {}
_ringing: ContextVar[_Ringing | None] = ContextVar("ringing", default=None)


def timer(kind: str) -> Callable[[Callable[[Due], None]], Callable[[Due], None]]:
    """Declare what is done when a timer of this kind falls due."""

    def register(fn: Callable[[Due], None]) -> Callable[[Due], None]:
        bells[kind] = fn
        return fn

    return register


def set_timer(  # noqa: PLR0913 -- a timer is all of this
    kind: str,
    *,
    realm: str,
    due_at: datetime,
    subject_kind: str,
    subject_id: str,
    label: str = "",
    incident: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Set or move the timer of this kind, subject and label; within the caller's transaction."""
    place: dict[str, Any] = {
        "realm": realm,
        "kind": kind,
        "subject_kind": subject_kind,
        "subject_id": str(subject_id),
        "label": label,
    }
    if (ringing := _ringing.get()) and ringing.stands_at(**place):
        ringing.settled = True
    Timer.objects.update_or_create(
        **place,
        defaults={
            "due_at": due_at,
            "incident": incident,
            "data": data or {},
            "attempts": 0,
            "retry_at": None,
            "dead": False,
            "trouble": "",
        },
    )


def set_timers(
    kind: str,
    due: Mapping[str, datetime],
    *,
    realm: str,
    subject_kind: str,
    incident: str = "",
) -> None:
    """Set a timer for each of several subjects that have none of this kind yet, in one statement."""
    Timer.objects.bulk_create(
        Timer(
            kind=kind,
            realm=realm,
            due_at=at,
            subject_kind=subject_kind,
            subject_id=subject,
            incident=incident,
        )
        for subject, at in due.items()
    )


def drop_timers(*, realm: str, subject_kind: str, subject_id: str, kind: str = "") -> None:
    """Drop the timers of a subject: all, or those of one kind."""
    about = {"realm": realm, "subject_kind": subject_kind, "subject_id": str(subject_id)}
    about |= {"kind": kind} if kind else {}
    if (ringing := _ringing.get()) and ringing.stands_at(**about):
        ringing.settled = True
    Timer.objects.filter(**about).delete()


def drop_timers_of(subjects: Iterable[str], *, realm: str, subject_kind: str) -> None:
    """Drop every timer of several subjects of a kind."""
    wanted, about = set(subjects), {"realm": realm, "subject_kind": subject_kind}
    ringing = _ringing.get()
    if ringing and ringing.stands_at(**about) and ringing.row.subject_id in wanted:
        ringing.settled = True
    Timer.objects.filter(subject_id__in=wanted, **about).delete()


def drop_timers_in(realm: str) -> None:
    """Drop every timer of a realm."""
    if ringing := _ringing.get():
        ringing.settled = ringing.settled or ringing.row.realm == realm
    Timer.objects.filter(realm=realm).delete()


def due_times(
    kind: str, *, realm: str, subject_kind: str, subject_id: str
) -> dict[str, datetime]:
    """When the timers of a kind and subject fall due, by their labels."""
    rows = Timer.objects.filter(
        realm=realm, kind=kind, subject_kind=subject_kind, subject_id=str(subject_id)
    )
    return dict(rows.values_list("label", "due_at"))


def next_due(realm: str) -> datetime | None:
    """When the next timer of a realm falls due; one that failed waits for the real clock."""
    first = (
        Timer.objects.filter(realm=realm, dead=False, retry_at=None).order_by("due_at").first()
    )
    return first.due_at if first else None


def sweep(*, limit: int = 500) -> int:
    """Ring every timer that is due on its realm's clock, the earliest first."""
    clocks, real = clock.every(), clock.real()
    rows = execute(DUE, [real, list(clocks), list(clocks.values()), real, limit]).fetchall()
    return sum(_ring(pk) for (pk,) in rows)


def _ring(pk: UUID) -> bool:
    """Answer one timer and take it away, in one transaction.

    The timer itself is touched last, as actions do: whoever answers an order at the very moment
    it falls due holds the order and wants the timer, and the bell must not hold the timer and
    want the order.
    """
    # Asked anew: since the sweep began somebody may have moved it, an earlier bell too.
    row = Timer.objects.filter(pk=pk).first()
    if row is None or row.due_at > clock.now(row.realm):
        return False
    ringing = _Ringing(row)
    token = _ringing.set(ringing)
    try:
        with transaction.atomic():
            _answer(row, f"timer/{pk}/{row.due_at.isoformat()}")
            ringing.take()
    except _MovedError:
        return False
    except Exception as trouble:
        logger.exception("timer %s failed", pk)
        _postpone(row, repr(trouble))
        return False
    finally:
        _ringing.reset(token)
    return True


def _answer(row: Timer, key: str) -> None:
    cause = Cause(entry=None, realm=row.realm, key=key, at=row.due_at, incident=row.incident)
    due = Due(
        realm=row.realm,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        label=row.label,
        data=row.data,
        incident=row.incident,
        at=row.due_at,
        key=key,
    )
    token = current.set(cause)
    try:
        bells[row.kind](due)
    finally:
        current.reset(token)


def _postpone(row: Timer, trouble: str) -> None:
    Timer.objects.filter(pk=row.pk, due_at=row.due_at).update(
        attempts=F("attempts") + 1,
        retry_at=clock.real() + timedelta(seconds=min(2**row.attempts, 3600)),
        dead=row.attempts + 1 >= MOST_ATTEMPTS,
        trouble=trouble[:2000],
    )
