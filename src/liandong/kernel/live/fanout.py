"""One LISTEN per process, and from it a queue for every open stream."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import Any

import psycopg

from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.events import known

logger = logging.getLogger(__name__)

LONGEST_QUEUE = 1000
HEARTBEAT_SECONDS = 15
MOST_READERS = 4
AFTER = """
SELECT link.epoch, link.position, entry.name, entry.subject_kind, entry.subject_id,
    entry.incident, entry.realm, entry.at, entry.audience
FROM kernel_link link JOIN kernel_entry entry ON entry.id = link.entry_id
WHERE (link.epoch, link.position) > (%s, %s) ORDER BY link.position LIMIT %s
"""


@dataclass(frozen=True)
class Item:
    """An entry as the stream tells of it: what it is about, never what it says."""

    epoch: int
    position: int
    name: str
    subject_kind: str
    subject_id: str
    incident: str
    realm: str
    at: str
    audience: frozenset[str]

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.epoch, self.position

    @cached_property
    def told(self) -> bytes:
        """What goes over the wire: put into words once, however many hear it."""
        said = {
            "name": self.name,
            "subject_kind": self.subject_kind,
            "subject_id": self.subject_id,
            "incident": self.incident,
            "realm": self.realm,
            "at": self.at,
        }
        place = f"{self.epoch}:{self.position}"
        return f"id: {place}\nevent: entry\ndata: {json.dumps(said)}\n\n".encode()

    def seen_by(self, reader: Actor) -> bool:
        """Whether the reader may know of it: of their own realm, and in a drill of what is real and calls."""
        if self.realm != reader.realm and not self.calls_out:
            return False
        return EVERYTHING in reader.scopes or bool(self.audience & reader.scopes)

    @cached_property
    def calls_out(self) -> bool:
        """Whether it is real and told in drills too."""
        kind = known.get(self.name)
        return self.realm == ACTUAL and kind is not None and kind.reaches_drills


class Sign(Enum):
    """What a stream is told beside entries."""

    ALIVE = auto()  # nothing happened, but the stream stands
    CUT = auto()  # come again from your place


@dataclass(eq=False)
class Stream:
    """One open stream: its reader, and what waits to be sent. A full queue ends it: it resumes."""

    reader: Actor
    queue: asyncio.Queue[Item | Sign] = field(
        default_factory=lambda: asyncio.Queue(LONGEST_QUEUE)
    )

    def push(self, item: Item | Sign) -> None:
        """Put an item in; a reader too slow to take it is told to come again from its place."""
        try:
            self.queue.put_nowait(item)
        except asyncio.QueueFull:
            self.all_waiting()
            self.queue.put_nowait(Sign.CUT)

    def all_waiting(self) -> list[Item | Sign]:
        """Take out whatever waits."""
        return [self.queue.get_nowait() for _ in range(self.queue.qsize())]


class Fanout:
    """Follows the chain from one connection and hands each new entry to the streams."""

    def __init__(self, conninfo: str, cuts: frozenset[str]) -> None:
        self.conninfo = conninfo
        self.cuts = cuts
        self.streams: set[Stream] = set()
        self.head: tuple[int, int] = (0, 0)
        self._tasks: list[asyncio.Task[None]] = []
        self._ready = asyncio.Event()
        self._readers = asyncio.Semaphore(MOST_READERS)

    async def start(self) -> None:
        """Begin to follow, once per process; returns when the head is known."""
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._follow()),
                asyncio.create_task(self._beat()),
            ]
        await self._ready.wait()

    async def backlog(
        self, after: tuple[int, int], upto: tuple[int, int]
    ) -> AsyncIterator[Item]:
        """What stands after a place; no connection is held while it is being sent."""
        while after < upto:
            # When all browsers come back together, the database is not overrun.
            async with (
                self._readers,
                await psycopg.AsyncConnection.connect(self.conninfo, autocommit=True) as conn,
            ):
                items = await _read(conn, after)
            if not items:
                return
            for item in items:
                yield item
            after = items[-1].place

    async def _beat(self) -> None:
        """One clock for all streams: five thousand of their own would be most of the work."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for stream in tuple(self.streams):
                stream.push(Sign.ALIVE)

    async def _follow(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self.conninfo, autocommit=True
                ) as conn:
                    await conn.execute("LISTEN journal")
                    await self._catch_up(conn)
                    while True:
                        async for _bell in conn.notifies(timeout=5, stop_after=1):
                            pass
                        await self._catch_up(conn)
            except (psycopg.Error, OSError) as trouble:
                logger.warning("database away: %s", trouble)
                await asyncio.sleep(1)

    async def _catch_up(self, conn: psycopg.AsyncConnection) -> None:
        if not self._ready.is_set():
            row = await (
                await conn.execute(
                    "SELECT epoch, position FROM kernel_link ORDER BY position DESC LIMIT 1"
                )
            ).fetchone()
            self.head = (row[0], row[1]) if row else (0, 0)
            self._ready.set()
        while items := await _read(conn, self.head):
            for item in items:
                self._hand_out(item)
            self.head = items[-1].place

    def _hand_out(self, item: Item) -> None:
        for stream in tuple(self.streams):
            if item.name in self.cuts and item.subject_id == stream.reader.account:
                stream.push(Sign.CUT)
                self.streams.discard(stream)
            elif item.seen_by(stream.reader):
                stream.push(item)

    @contextlib.contextmanager
    def open(self, reader: Actor) -> Iterator[Stream]:
        """Register a stream; from here on it misses nothing."""
        stream = Stream(reader)
        self.streams.add(stream)
        try:
            yield stream
        finally:
            self.streams.discard(stream)


async def _read(conn: psycopg.AsyncConnection, after: tuple[int, int]) -> list[Item]:
    rows = await (await conn.execute(AFTER, [*after, 500])).fetchall()
    return [_item(row) for row in rows]


def _item(row: tuple[Any, ...]) -> Item:
    epoch, position, name, kind, subject, incident, realm, at, audience = row
    return Item(
        epoch=epoch,
        position=position,
        name=name,
        subject_kind=kind,
        subject_id=subject,
        incident=incident,
        realm=realm,
        at=at.isoformat(),
        audience=frozenset(audience),
    )
