"""Messages of one stream, in order and without gaps, from wherever the table stands."""

import contextlib
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as BrokerError
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.client import JetStreamContext
from nats.js.errors import NotFoundError

from liandong.config.streams import taking
from liandong.config.streams.server import STREAM_BYTES
from liandong.config.streams.subjects import Stream, said_in
from liandong.monitoring.adapters.deliveries import Message

MOST, FEWEST = 4000, 16
MOST_BYTES = 4 * 1024**2
SPARED = 10_000
SWEPT = 20_000
IDLE_SECONDS = 1.0
PATIENCE = 3


class GapError(BrokerError):
    """Some of what was asked for did not arrive."""


@dataclass
class Fetcher:
    """Fetches one stream; forgets all when something is amiss, and begins where the table stands."""

    county: Client
    stream: Stream
    replicas: int = 1
    source: JetStreamContext.PullSubscription | None = field(default=None, repr=False)
    heard: int = 0
    wanted: int = FEWEST
    kept_from: int = 0

    async def prepare(self) -> None:
        """Have the stream; what is full refuses the new and keeps the old, and a sender is told so."""
        manager = self.county.jetstream()
        try:
            await manager.stream_info(self.stream.name)
        except NotFoundError:
            await manager.add_stream(
                StreamConfig(
                    name=self.stream.name,
                    subjects=[self.stream.subjects],
                    retention=RetentionPolicy.LIMITS,
                    discard=DiscardPolicy.NEW,
                    storage=StorageType.FILE,
                    max_bytes=STREAM_BYTES,
                    num_replicas=self.replicas,
                )
            )

    async def born(self) -> str:
        """When the stream was made: another of the same name counts from one again."""
        info = await self.county.jetstream().stream_info(self.stream.name)
        return info.created.isoformat() if info.created else ""

    async def begin(self, *, after: int) -> None:
        """Ask for what comes after a message."""
        await self.forget()
        self.source = await self.county.jetstream().pull_subscribe(
            "",
            stream=self.stream.name,
            config=ConsumerConfig(
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=after + 1,
                ack_policy=AckPolicy.NONE,
                inactive_threshold=30.0,
                mem_storage=True,
                num_replicas=1,
            ),
        )
        self.heard = 0

    async def forget(self) -> None:
        """Let go of what was asked for; the broker drops its side by itself."""
        source, self.source = self.source, None
        if source:
            with contextlib.suppress(BrokerError):
                await source.unsubscribe()

    async def is_behind(self, position: int) -> bool:
        """Whether the broker has more than what was taken, though nothing came."""
        info = await self.county.jetstream().stream_info(self.stream.name)
        return info.state.last_seq > position

    async def fetch(self) -> list[Message]:
        """The next messages; none when in a while there were none."""
        if self.source is None:
            raise GapError("nothing was asked for")
        for _ in range(PATIENCE):
            with contextlib.suppress(TimeoutError):
                return self._read(await self.source.fetch(self.wanted, timeout=IDLE_SECONDS))
        return []

    async def spare(self, position: int) -> None:
        """Let the broker drop what was taken, but for the last: a database set back finds it again."""
        if position - self.kept_from > SWEPT:
            self.kept_from = position - SPARED
            await self.county.jetstream().purge_stream(self.stream.name, seq=self.kept_from)

    def _read(self, told: list[Msg]) -> list[Message]:
        found = []
        for one in told:
            numbers = one.metadata.sequence
            self.heard += 1
            if numbers.consumer != self.heard:
                raise GapError(f"message {self.heard} came as {numbers.consumer}")
            parts = said_in(one.subject, self.stream)
            found.append(taking.message(numbers.stream, parts, one.data))
        size = sum(len(one.body) for one in found) / (len(found) or 1)
        self.wanted = max(FEWEST, min(MOST, 2 * self.wanted, int(MOST_BYTES / (size + 1))))
        return found
