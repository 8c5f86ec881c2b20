"""Appending to the journal, inside the transaction of the act that caused it, without a lock."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.events import Cause, Event
from liandong.kernel.ids import uuid7
from liandong.kernel.journal.commitments import canonical, digest
from liandong.kernel.statements import execute

AT_ONCE = 5000


@dataclass(frozen=True)
class Fact:
    """An event with all that its envelope needs."""

    event: Event
    actor: Actor
    incident: str
    audience: frozenset[str]
    told: datetime | None


@dataclass(frozen=True)
class Called:
    """A claimed idempotency key, and the row that its call made; none where no key was given."""

    pk: str | None
    kind: str
    made: str


# One statement, one round trip, for as many facts as people's deeds have; only files of records have
# more. The key is named by itself: from a list of keys the server would plan to read all there are,
# while there are few, and keep to it.
APPEND = """
WITH said AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS row (
        id uuid, realm text, at timestamptz, happened_at timestamptz, name text, version int,
        subject_kind text, subject_id text, actor jsonb, cause uuid, incident text,
        audience jsonb, algorithm text, commitment text, salt text, payload text)
), entries AS (
    INSERT INTO kernel_entry (id, realm, at, happened_at, name, version, subject_kind,
        subject_id, actor, cause_id, incident, audience, algorithm, commitment)
    SELECT id, realm, at, happened_at, name, version, subject_kind, subject_id, actor, cause,
        incident, ARRAY(SELECT jsonb_array_elements_text(audience)), algorithm, commitment
    FROM said
), payloads AS (
    INSERT INTO kernel_payload (entry_id, salt, text) SELECT id, salt, payload FROM said
), calls AS (
    UPDATE kernel_call SET result_kind = %s, result_id = %s WHERE id = %s::uuid
)
INSERT INTO kernel_outbox (entry_id) SELECT id FROM said
"""
MADE = "UPDATE kernel_call SET result_kind = %s, result_id = %s WHERE id = %s"


def append(facts: Sequence[Fact], calls: Sequence[Called], *, cause: Cause | None) -> None:
    """Insert entries, payloads and their places in the queue, and what keys made; order later."""
    if not facts and not calls:
        return
    *inner, last = calls or [Called(None, "", "")]
    for call in inner:
        execute(MADE, [call.kind, call.made, call.pk])
    *before, rest = [facts[at : at + AT_ONCE] for at in range(0, len(facts), AT_ONCE)] or [[]]
    for some in before:
        execute(APPEND, [_rows(some, cause), "", "", None])
    execute(APPEND, [_rows(rest, cause), last.kind, last.made, last.pk])


def _rows(facts: Sequence[Fact], cause: Cause | None) -> str:
    return json.dumps([_row(fact, cause) for fact in facts], ensure_ascii=False)


def _row(fact: Fact, cause: Cause | None) -> dict[str, Any]:
    salt, text = secrets.token_hex(32), canonical(fact.event.payload())
    algorithm = settings.JOURNAL_ALGORITHM
    return {
        "id": str(uuid7()),
        "realm": fact.actor.realm,
        "at": clock.now(fact.actor.realm).isoformat(),
        "happened_at": fact.told.isoformat() if fact.told else None,
        "name": fact.event.name,
        "version": fact.event.version,
        "subject_kind": fact.event.subject_kind,
        "subject_id": fact.event.subject_id,
        "actor": fact.actor.signature(),
        "cause": str(cause.entry) if cause and cause.entry else None,
        "incident": fact.incident,
        "audience": sorted(fact.audience),
        "algorithm": algorithm,
        "commitment": digest(salt, text, algorithm=algorithm),
        "salt": salt,
        "payload": text,
    }
