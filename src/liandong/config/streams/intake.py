"""The process between broker and table: answers at the door, takes messages in, shows what is wrong.

The database says how far each stream was taken, in the transaction that stored it; the broker is
only asked for what comes after. So a kill at any moment loses nothing and repeats nothing.
"""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as BrokerError

from liandong.config.streams import entry, taking
from liandong.config.streams.fetching import Fetcher
from liandong.config.streams.guarding import Guard
from liandong.config.streams.keys import Keys, claims_of
from liandong.config.streams.subjects import LED, ROOT, STREAMS
from liandong.kernel.problems import Stale

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
BEAT_SECONDS = 5.0
TROUBLES = (BrokerError, OSError, TimeoutError, taking.AwayError, Stale)
QUALITY = "Nmqtt-Pub"  # the header in which the broker says how an MQTT message was sent

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the broker is, how it is trusted, and how many copies of a message it keeps."""

    servers: Sequence[str]
    certificate: Path | None = None  # of a broker of ours: this one and no other is trusted
    replicas: int = 1
    log: Path | None = None  # of a broker of ours: it tells there what it dropped

    @property
    def tls(self) -> ssl.SSLContext | None:
        """Whom to trust: the one certificate, whatever name it is for, or those the system trusts."""
        if self.certificate:
            pinned = ssl.create_default_context(cafile=str(self.certificate))
            pinned.check_hostname = False
            pinned.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
            return pinned
        if any(server.startswith("tls:") for server in self.servers):
            return ssl.create_default_context()
        return None


class GoneError(Exception):
    """A connection to the broker ended."""


@dataclass
class Pause:
    """How long to wait before trying again: longer each time, from the start once it went well."""

    seconds: float = FIRST_PAUSE

    def grown(self) -> float:
        """The next pause."""
        now, self.seconds = self.seconds, min(self.seconds * 2, LONGEST_PAUSE)
        return now

    def reset(self) -> None:
        """It went well."""
        self.seconds = FIRST_PAUSE


@dataclass
class Intake:
    """Runs until told to stop, whatever happens to broker and database."""

    place: Place
    keys: Keys
    stop: asyncio.Event
    # The table is written by one thread; the door must not wait for it.
    writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    door: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    # Of one attendance: a task may miss that it was canceled (the client library turns that into
    # errors of its own), so each looks here before it begins again.
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Attend to the broker; when it is gone, wait and try again."""
        pause = Pause()
        while not self.stop.is_set():
            try:
                await self._attend(pause)
            except* (GoneError, *TROUBLES) as troubles:
                logger.warning("broker away: %s", _told(troubles))
            await _within(self.stop, pause.grown())
        with contextlib.suppress(taking.AwayError):
            await self._write(taking.leave)
        self.writer.shutdown()
        self.door.shutdown()

    async def _attend(self, pause: Pause) -> None:
        async with contextlib.AsyncExitStack() as stack:
            self.over, ended = asyncio.Event(), asyncio.Event()
            county = await self._connected(stack, "intake", self.keys.intake, ended)
            system = await self._connected(stack, "system", self.keys.system, ended)
            fetchers = [Fetcher(county, stream, self.place.replicas) for stream in STREAMS]
            for fetcher in fetchers:
                await fetcher.prepare()
            pause.reset()
            # From here on devices come in: what they will be told is safe has a place to be kept.
            guard = Guard(system, self.place.log)
            at_the_door = partial(self._at_the_door, guard)
            await system.subscribe("$SYS.REQ.USER.AUTH", queue="intake", cb=at_the_door)
            await county.subscribe(f"{ROOT}.>", queue="intake", cb=partial(_lead_on, county))
            logger.info("attending to %s", ", ".join(self.place.servers))
            async with asyncio.TaskGroup() as tasks:
                work = [tasks.create_task(self._taking(one)) for one in fetchers]
                work.append(tasks.create_task(self._guarding(guard)))
                work.append(tasks.create_task(self._living(county)))
                await _first(ended, self.stop)
                self.over.set()
                for one in work:
                    one.cancel()
            if ended.is_set() and not self.stop.is_set():
                raise GoneError("the connection ended")

    async def _connected(
        self, stack: contextlib.AsyncExitStack, user: str, password: str, ended: asyncio.Event
    ) -> Client:
        async def end() -> None:
            ended.set()

        async def note(trouble: Exception) -> None:
            logger.info("broker: %s", trouble)

        client = await nats.connect(
            list(self.place.servers),
            user=user,
            password=password,
            name=f"liandong {user}",
            allow_reconnect=False,
            max_reconnect_attempts=1,
            connect_timeout=5,
            tls=self.place.tls,
            closed_cb=end,
            disconnected_cb=end,
            error_cb=note,
        )
        stack.push_async_callback(_closed, client)
        return client

    async def _at_the_door(self, guard: Guard, asked: Msg) -> None:
        caller = entry.caller_in(claims_of(asked.data.decode()))
        try:
            answer = await self._ask(self.door, entry.answer, caller, self.keys)
        except taking.AwayError as trouble:
            answer = entry.refuse(caller, self.keys, f"the node cannot tell now: {trouble}")
        if answer.refused:
            logger.warning("%r is not let in: %s", caller.username[:60], answer.refused)
        guard.known[caller.number] = answer.name
        await asked.respond(answer.said.encode())

    async def _taking(self, fetcher: Fetcher) -> None:
        """Take one stream in, for as long as it is this process's turn."""
        pause = Pause()
        while not self.over.is_set():
            try:
                if not await self._write(taking.may_take):
                    await self._wait(1.0)
                    continue
                await self._take_from(fetcher, pause)
            except TROUBLES as trouble:
                await fetcher.forget()
                logger.warning(
                    "%s waits: %s", fetcher.stream.name, str(trouble) or type(trouble)
                )
                await self._wait(pause.grown())

    async def _take_from(self, fetcher: Fetcher, pause: Pause) -> None:
        """One round: what comes next is fetched while the last is being stored."""
        born = await fetcher.born()
        position = await self._write(taking.position, fetcher.stream.name, born)
        await fetcher.begin(after=position)
        name, coming = fetcher.stream.name, asyncio.create_task(fetcher.fetch())
        try:
            while not self.over.is_set():
                messages = await coming
                if not messages and await fetcher.is_behind(position):
                    return
                pause.reset()
                coming = asyncio.create_task(fetcher.fetch())
                if messages:
                    # What was begun is finished, also when told to stop meanwhile.
                    write = self._write(taking.take, name, born, position, messages)
                    await asyncio.shield(write)
                    position = messages[-1].number
                    await fetcher.spare(position)
        finally:
            coming.cancel()
            with contextlib.suppress(asyncio.CancelledError, *TROUBLES):
                await coming

    async def _guarding(self, guard: Guard) -> None:
        while not self.over.is_set():
            await self._wait(guard.seconds)
            with contextlib.suppress(*TROUBLES):
                # In this order: who strayed and is still there is among those seen after it.
                strays = guard.strays()
                if strays:
                    await self._ask(self.door, taking.refuse_strays, strays)
                names = await guard.look()
                outdated = await self._ask(self.door, taking.to_be_cut, names)
                await guard.cut(outdated | guard.straying(strays))

    async def _living(self, county: Client) -> None:
        """Say that all is well, while it is."""
        while not self.over.is_set():
            with contextlib.suppress(*TROUBLES):
                await county.flush(5)
                for stream in STREAMS:
                    await county.jetstream().stream_info(stream.name)
                await self._write(taking.live)
            await self._wait(BEAT_SECONDS)

    async def _write(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await self._ask(self.writer, fn, *args, **kwargs)

    async def _ask(
        self, by: ThreadPoolExecutor, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(by, lambda: taking.asked(fn, *args, **kwargs))

    async def _wait(self, seconds: float) -> None:
        await _within(self.over, seconds)


async def _lead_on(county: Client, message: Msg) -> None:
    """Lead a message nobody was promised anything about (QoS 0) to where the others are kept."""
    if (message.headers or {}).get(QUALITY, "0")[:1] != "0":
        return
    rest = message.subject.removeprefix(f"{ROOT}.")
    with contextlib.suppress(*TROUBLES):
        await county.jetstream().publish(f"{LED}.{rest}", message.data)


async def _within(event: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until it is so."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


async def _closed(client: Client) -> None:
    with contextlib.suppress(*TROUBLES):
        await client.close()


async def _first(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()


def _told(troubles: BaseExceptionGroup[Exception]) -> str:
    return "; ".join(str(one) or type(one).__name__ for one in troubles.exceptions)
