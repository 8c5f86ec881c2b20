"""Who is filling in which form just now: told to others who have the same form, and kept nowhere.

Housekeeping in the cache that all processes share. Whoever was given a form holds a ticket for it,
signed for them and their post: only they may ask who else is at it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from django.core import signing
from django.core.cache import cache

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.web.times import clock_face

SALT = "web.presence"
TICKET_AGE = timedelta(hours=12)
GONE = timedelta(seconds=12)
"""After so long without a word somebody has left; a page speaks every four seconds."""
MOST = 20
"""Forms on a page, and people at a form, that are looked at."""


class Writer(TypedDict):
    """Somebody at a form: since when by the realm's clock, last heard of by the machine's."""

    account: str
    who: str
    since: str
    heard: datetime


@dataclass(frozen=True)
class Place:
    """A form somebody holds a ticket for, and whether they are writing in it."""

    key: str
    writing: bool


def ticket(actor: Actor, path: str) -> str:
    """Sign that this actor was given the form that goes to ``path``; empty for a stranger."""
    if not (actor.account and path):
        return ""
    here = path.partition("?")[0]
    return signing.dumps([here, actor.account, actor.post, actor.realm], salt=SALT)


def place(actor: Actor, signed: str, *, writing: bool) -> Place | None:
    """Read a ticket; None when it is not this actor's, or too old."""
    try:
        here, *whose = signing.loads(signed, salt=SALT, max_age=TICKET_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if whose != [actor.account, actor.post, actor.realm]:
        return None
    digest = hashlib.sha256(f"{actor.realm} {here}".encode()).hexdigest()[:40]
    return Place(f"presence:{digest}", writing)


def look(actor: Actor, places: Iterable[Place | None]) -> list[list[dict[str, str]]]:
    """Say who else is at each form, and keep whether the actor is; nobody where there is no ticket."""
    asked = list(places)[:MOST]
    kept: dict[str, list[Writer]] = cache.get_many({one.key for one in asked if one})
    return [_look(actor, one, kept.get(one.key, [])) if one else [] for one in asked]


def _look(actor: Actor, here: Place, kept: list[Writer]) -> list[dict[str, str]]:
    now = clock.real()
    present = [one for one in kept if now - one["heard"] < GONE]
    mine = next((one for one in present if one["account"] == actor.account), None)
    others = [one for one in present if one["account"] != actor.account]
    if here.writing:
        since = mine["since"] if mine else clock_face(clock.now(actor.realm))
        me: Writer = {
            "account": actor.account,
            "who": actor.label,
            "since": since,
            "heard": now,
        }
        cache.set(here.key, [*others, me][-MOST:], timeout=60)
    elif mine:
        cache.set(here.key, others, timeout=60)
    return [{"who": one["who"], "since": one["since"]} for one in others]
