"""``GET /live?after=epoch:position``: server-sent events, as a plain ASGI function."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.db import connection, connections

from liandong.kernel.actors import Actor
from liandong.kernel.events import known
from liandong.kernel.journal.reading import cursor
from liandong.kernel.live.fanout import Fanout, Item, Sign, Stream
from liandong.kernel.problems import Invalid

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CUT = b"event: cut\ndata: {}\n\n"


class Live:
    """The stream's server. Authenticates once and holds no database connection for a reader."""

    def __init__(self, reader_of: Callable[[str], Actor | None]) -> None:
        self.reader_of = reader_of
        self.fanout: Fanout | None = None
        self.stopping: asyncio.Event | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but the stream is not found here."""
        if scope["type"] != "http":
            return
        headers = {
            name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]
        }
        allowed = _same_host(headers)
        if scope["method"] != "GET" or scope["path"] != "/live":
            await _answer(send, 404, "没有这个地址。", allowed)
            return
        try:
            after = _place(headers, scope["query_string"].decode("latin1"))
        except Invalid as trouble:
            await _answer(send, 400, str(trouble), allowed)
            return
        reader = await self._who(headers.get("cookie", ""))
        if reader is None:
            await _answer(send, 401, "会话已结束，请重新登录。", allowed)
            return
        await self._stream(reader, after, receive, send, allowed)

    async def _who(self, cookies: str) -> Actor | None:
        def look() -> Actor | None:
            try:
                return self.reader_of(cookies)
            finally:
                connections.close_all()

        async with ThreadSensitiveContext():
            return await sync_to_async(look)()

    def _begin(self) -> tuple[Fanout, asyncio.Event]:
        """Make what one process needs, at its first request, inside its loop."""
        if self.fanout is None or self.stopping is None:
            cuts = frozenset(name for name, kind in known.items() if kind.cuts)
            self.fanout = Fanout(_conninfo(), cuts)
            self.stopping = _stop_signal()
        return self.fanout, self.stopping

    async def _stream(
        self, reader: Actor, after: tuple[int, int], receive: Receive, send: Send, allowed: str
    ) -> None:
        fanout, stopping = self._begin()
        await fanout.start()
        with fanout.open(reader) as stream:
            await send(_start(200, "text/event-stream", allowed))
            pump = asyncio.create_task(_pump(fanout, stream, after, send))
            gone = asyncio.create_task(_gone(receive))
            stop = asyncio.create_task(stopping.wait())
            tasks = {pump, gone, stop}
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if not gone.done() or gone.cancelled():
                await send({"type": "http.response.body", "body": b""})


async def _pump(fanout: Fanout, stream: Stream, after: tuple[int, int], send: Send) -> None:
    """The backlog first, then what comes in; each entry once, in order."""
    await _write(send, b": open\n\n")
    async for told in fanout.backlog(after, fanout.head):
        if told.seen_by(stream.reader):
            await _write(send, told.told)
        after = told.place
    while True:
        # What came in together goes out together.
        items = [await stream.queue.get(), *stream.all_waiting()]
        entries = [item for item in items if isinstance(item, Item) and item.place > after]
        said = [item.told for item in entries]
        after = max([after, *(item.place for item in entries)])
        if Sign.CUT in items:
            await _write(send, b"".join([*said, CUT]))
            return
        if Sign.ALIVE in items:
            said.append(_alive(fanout.head))
        if said:
            await _write(send, b"".join(said))


def _alive(head: tuple[int, int]) -> bytes:
    return f"id: {head[0]}:{head[1]}\n: alive\n\n".encode()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _place(headers: dict[str, str], query: str) -> tuple[int, int]:
    """Where to go on from: a reconnecting browser's header wins over the page's address."""
    return cursor(headers.get("last-event-id") or parse_qs(query).get("after", ["0:0"])[0])


def _same_host(headers: dict[str, str]) -> str:
    """The origin, if it is this host on another port; pages and stream have different ports."""
    origin = headers.get("origin", "")
    here = urlsplit(f"//{headers.get('host', '')}").hostname
    return origin if origin and urlsplit(origin).hostname == here else ""


def _start(status: int, kind: str, allowed: str) -> dict[str, Any]:
    headers = [
        ("content-type", f"{kind}; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'"),
    ]
    if allowed:
        headers += [
            ("access-control-allow-origin", allowed),
            ("access-control-allow-credentials", "true"),
            ("vary", "origin"),
        ]
    lines = [(name.encode(), value.encode("latin1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": lines}


async def _answer(send: Send, status: int, text: str, allowed: str) -> None:
    await send(_start(status, "text/plain", allowed))
    await send({"type": "http.response.body", "body": text.encode()})


async def _write(send: Send, said: bytes) -> None:
    await send({"type": "http.response.body", "body": said, "more_body": True})


def _conninfo() -> str:
    """How to reach the database as the running role does."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 -- slow import

    params = connection.get_connection_params()
    keep = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")
    return make_conninfo(**{key: params[key] for key in keep if params.get(key)})


def _stop_signal() -> asyncio.Event:
    """Set at SIGTERM, so that open streams do not hold up the end of the process."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(stopping.set)
        if callable(before):
            before(number, frame)

    # Not in the main thread the server's kill time-out ends the streams.
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, stop)
    return stopping
