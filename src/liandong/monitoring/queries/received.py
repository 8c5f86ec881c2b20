"""Warnings of others: what came, what stands, what waits for somebody to take note of it."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography import x509
from django.conf import settings
from django.db.models import Q, QuerySet
from shapely import union_all
from shapely.geometry.base import BaseGeometry

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.visibility import visible
from liandong.monitoring.exchange import Alert, read
from liandong.monitoring.exchange.belonging import shape_of
from liandong.monitoring.models import Original, Received
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Standing

logger = logging.getLogger(__name__)
# 12379 mostly names no end; a day is what weather bureaus themselves let a signal stand at most.
ASSUMED_HOURS = 24
SIMPLE_DEGREES, FINENESS = 0.002, 500
SIGNERS = Path("keys") / "signers"
KINDS = {Standing.IN_FORCE, Standing.CONFLICT, Standing.REFUSED, Standing.ENDING}


def received_for(actor: Actor) -> QuerySet[Received]:
    """The warnings of others an actor may see, newest first."""
    rows = Received.objects.select_related("original").defer("original__body", "said")
    return visible(rows, actor).order_by("-received_at", "-pk")


def received_now(realm: str) -> QuerySet[Received]:
    """Those that stand now and are about us, or may be. For code that decides."""
    now = clock.now(realm)
    return Received.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), realm=realm, standing=Standing.IN_FORCE
    ).exclude(concerns_us=False)


def to_be_noted(actor: Actor) -> QuerySet[Received]:
    """What somebody on duty has still to take note of, gravest first."""
    if not actor.may(Permission.NOTE_RECEIVED):
        return Received.objects.none()
    rows = received_for(actor).filter(noted_at=None, standing__in=KINDS)
    now = clock.now(actor.realm)
    rows = rows.filter(Q(ends_at=None) | Q(ends_at__gt=now) | ~Q(standing=Standing.IN_FORCE))
    return rows.exclude(concerns_us=False, standing=Standing.IN_FORCE).order_by("received_at")


def chain_of(actor: Actor, row: Received) -> QuerySet[Received]:
    """What belongs together: an alert, its updates and its end, in the order they were sent."""
    return received_for(actor).filter(chain=row.chain).order_by("sent_at", "received_at")


def original_of(digest: str, realm: str = ACTUAL) -> Original | None:
    """The message with these bytes, if it came before."""
    return Original.objects.filter(realm=realm, digest=digest).defer("body").first()


def trusted_signers() -> list[x509.Certificate]:
    """The certificates whose signature counts: PEM files that the county keeps in its home."""
    if settings.LIANDONG_HOME is None:
        return []
    found: list[x509.Certificate] = []
    for path in sorted((settings.LIANDONG_HOME / SIGNERS).glob("*.pem")):
        try:
            found += x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError:
            logger.warning("%s is no certificate", path)
    return found


def alert_of(row: Received) -> Alert | None:
    """What was understood, read again from the bytes that are kept."""
    body = Original.objects.values_list("body", flat=True).get(pk=row.original_id)
    alerts = read(bytes(body), trusted_signers()).alerts
    return alerts[row.number] if row.number < len(alerts) else None


def ground_of(alert: Alert | None) -> BaseGeometry | None:
    """The ground a warning names, coarse enough to be drawn; the whole of it stays in the original."""
    shapes = [one for area in alert.areas if (one := shape_of(area))] if alert else []
    if not shapes:
        return None
    whole = union_all(shapes)
    left, bottom, right, top = whole.bounds
    return whole.simplify(min(SIMPLE_DEGREES, max(right - left, top - bottom) / FINENESS))


def end_of(alert: Alert, now: datetime) -> tuple[datetime, bool]:
    """When a warning runs out, and whether that is assumed."""
    ends = [info.expires for info in alert.infos if info.expires]
    if ends:
        return max(ends), False
    return (alert.sent or now) + timedelta(hours=ASSUMED_HOURS), True


def before(realm: str, identifiers: list[str]) -> list[Received]:
    """Earlier warnings that go by these numbers, oldest first; those refused do not count."""
    rows = Received.objects.filter(realm=realm, identifier__in=identifiers)
    rows = rows.select_related("original").defer("original__body")
    return list(rows.exclude(standing__in=[Standing.REFUSED, Standing.CONFLICT]).order_by("pk"))


def pointing_at(realm: str, identifiers: list[str]) -> list[Received]:
    """Updates and endings that name one of these: what came early, and what continues the same."""
    rows = Received.objects.filter(realm=realm, references__overlap=identifiers)
    standing = [Standing.IN_FORCE, Standing.ENDING, Standing.REPLACED, Standing.CANCELLED]
    return list(rows.filter(standing__in=standing).defer("said").order_by("pk"))


def in_force_of(realm: str, chains: set[UUID]) -> list[Received]:
    """What stands of these chains."""
    rows = Received.objects.filter(realm=realm, chain__in=chains, standing=Standing.IN_FORCE)
    return list(rows.order_by("pk").select_for_update())


def bytes_of(row: Received) -> Any:
    """The message as it came."""
    return bytes(Original.objects.values_list("body", flat=True).get(pk=row.original_id))
