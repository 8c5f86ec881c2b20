"""Entering a person: one permission, one idempotency key, one row, one journal entry."""

import time

import django
import psycopg
from django.db import connection, connections

django.setup()

from bench.crowd import crowd  # noqa: E402 -- app ready
from bench.reference.action import write_for  # noqa: E402 -- app ready
from liandong.kernel.actors import Actor, Grant  # noqa: E402 -- app ready
from liandong.organization.actions import create_person  # noqa: E402 -- app ready
from liandong.organization.permissions import Permission  # noqa: E402 -- app ready

ACTOR = Actor(
    post="bench", label="bench", grants=frozenset({Grant(permission=Permission.CREATE_PERSON)})
)


def _address() -> str:
    place = connection.settings_dict
    return f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}"


def _act_for(label: str, seconds: float) -> int:
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        name = f"{label}-{count}"
        create_person(ACTOR, name=name, idempotency_key=name)
        count += 1
    connection.close()
    return count


def _write_for(label: str, seconds: float) -> int:
    with psycopg.connect(_address(), autocommit=True) as plain:
        return write_for(plain, label, seconds)


def ours(seconds: float) -> float:
    """Actions a second."""
    connections.close_all()
    return crowd(_act_for, seconds)


def reference(seconds: float) -> float:
    """Plain transactions a second."""
    connections.close_all()
    return crowd(_write_for, seconds)
