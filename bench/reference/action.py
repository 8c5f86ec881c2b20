"""Reference: the rows of one journalled action, by plain psycopg, one transaction each."""

import hashlib
import json
import secrets
import time
import uuid

from psycopg import Connection

PERSON = "INSERT INTO organization_person (id, name, sort_key, version) VALUES (%s, %s, %s, 1)"
CALL = """INSERT INTO kernel_call (id, realm, holder, action, key, asked, result_kind, result_id)
    VALUES (%s, 'actual', 'bench', 'organization.create_person', %s, %s, 'organization.Person', %s)"""
ENTRY = """INSERT INTO kernel_entry (id, realm, at, name, version, subject_kind, subject_id, actor,
    incident, audience, algorithm, commitment)
    VALUES (%s, 'actual', now(), 'organization.person_created', 1, 'organization.person', %s, %s, '',
    '{county}', 'sha256', %s)"""
PAYLOAD = "INSERT INTO kernel_payload (entry_id, salt, text) VALUES (%s, %s, %s)"
OUTBOX = "INSERT INTO kernel_outbox (entry_id) VALUES (%s)"
ACTOR = json.dumps({"kind": "person", "label": "bench", "post": "bench"})


def write_one(connection: Connection, name: str) -> None:
    """One person, one idempotency key, one entry with its payload, one place in the queue."""
    person, entry, salt = uuid.uuid4(), uuid.uuid4(), secrets.token_hex(32)
    text = json.dumps({"name": name, "subject_id": str(person)}, sort_keys=True)
    asked = hashlib.sha256(text.encode()).hexdigest()
    with connection.transaction():
        connection.execute(CALL, [uuid.uuid4(), name, asked, str(person)])
        connection.execute(PERSON, [person, name, name.encode("gb18030").hex()])
        commitment = hashlib.sha256((salt + text).encode()).hexdigest()
        connection.execute(ENTRY, [entry, str(person), ACTOR, commitment])
        connection.execute(PAYLOAD, [entry, salt, text])
        connection.execute(OUTBOX, [entry])


def write_for(connection: Connection, label: str, seconds: float) -> int:
    """Write one after another for a time; returns how many."""
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        write_one(connection, f"{label}-{count}")
        count += 1
    return count
