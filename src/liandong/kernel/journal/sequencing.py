"""The sequencer: gives entries their position and digest, in batches, after they committed."""

import json

from django.db import connection, transaction

from liandong.kernel.events import handlers
from liandong.kernel.journal.commitments import canonical, digest
from liandong.kernel.journal.models import Entry, Link
from liandong.kernel.statements import execute

ELECTION = 0x6A6F75726E616C
CHANNEL = "journal"

CHAIN = """
WITH links AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb)
    AS row (position bigint, epoch int, entry uuid, digest text)
), chained AS (
    INSERT INTO kernel_link (position, epoch, entry_id, digest)
    SELECT position, epoch, entry, digest FROM links
), owed AS (
    INSERT INTO kernel_delivery
        (link_id, handler, subject_kind, subject_id, attempts, dead, trouble)
    SELECT position, handler, subject_kind, subject_id, 0, false, ''
    FROM jsonb_to_recordset(%s::jsonb)
    AS row (position bigint, handler text, subject_kind text, subject_id text)
)
DELETE FROM kernel_outbox USING links WHERE entry_id = entry
"""
WAITING = """
SELECT kernel_entry.* FROM kernel_outbox JOIN kernel_entry ON id = entry_id
ORDER BY entry_id LIMIT %s
"""


class FencedError(Exception):
    """The node has entered another epoch: this process belongs to the past and must end."""


def sequence(*, epoch: int, limit: int = 1000) -> int:
    """Chain one batch of waiting entries; do nothing while another process is at it.

    Raises ``FencedError`` when the node's epoch is no longer the caller's.
    """
    if not execute("SELECT 1 FROM kernel_outbox LIMIT 1", []).fetchone():
        return 0
    with transaction.atomic():
        # Sequencers exclude one another; an action never asks for this lock.
        if not _ask("SELECT pg_try_advisory_xact_lock(%s)", ELECTION):
            return 0
        entries = list(Entry.objects.raw(WAITING, [limit]))
        if not entries:
            return 0
        present = _ask("SELECT coalesce((SELECT epoch FROM kernel_node FOR SHARE), %s)", epoch)
        if present != epoch:
            raise FencedError(f"epoch {present}, not {epoch}")
        links = _chain(entries, epoch)
        owed = [
            {
                "position": link.position,
                "handler": handler,
                "subject_kind": link.entry.subject_kind,
                "subject_id": link.entry.subject_id,
            }
            for link in links
            for handler in handlers.get(link.entry.name, ())
        ]
        rows = [
            {
                "position": x.position,
                "epoch": x.epoch,
                "entry": str(x.entry_id),
                "digest": x.digest,
            }
            for x in links
        ]
        with connection.cursor() as cursor:
            cursor.execute(CHAIN, [json.dumps(rows), json.dumps(owed)])
        _ask("SELECT pg_notify(%s, %s)", CHANNEL, str(links[-1]))
        return len(links)


def link_digest(previous: str, place: str, entry: Entry) -> str:
    """Digest of a link: the link before it, its place ``epoch:position`` and the envelope."""
    return digest(previous, canonical([place, entry.envelope()]), algorithm=entry.algorithm)


def _chain(entries: list[Entry], epoch: int) -> list[Link]:
    last = Link.objects.last()
    position, previous = (last.position, last.digest) if last else (0, "")
    links = []
    for entry in entries:
        position += 1
        link = Link(position=position, epoch=epoch, entry=entry)
        link.digest = previous = link_digest(previous, str(link), entry)
        links.append(link)
    return links


def _ask(sql: str, *values: int | str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
        return row[0] if row else None
