"""Reference: server-sent events by Starlette, a queue for each reader, fed by one LISTEN."""

import asyncio
from collections.abc import AsyncIterator

import django
import psycopg
from psycopg.conninfo import make_conninfo
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

django.setup()

from django.db import connection  # noqa: E402 -- app ready

WANTED = ("dbname", "user", "password", "host", "port")
params = connection.get_connection_params()
conninfo = make_conninfo(**{key: params[key] for key in WANTED if params.get(key)})
queues: set[asyncio.Queue[str]] = set()
tasks: list[asyncio.Task[None]] = []


async def listen() -> None:
    """Hand every notification to every queue."""
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as conn:
        await conn.execute("LISTEN bench")
        async for bell in conn.notifies():
            for queue in queues:
                queue.put_nowait(bell.payload)


async def live(_request: Request) -> StreamingResponse:
    """One reader."""
    if not tasks:
        tasks.append(asyncio.create_task(listen()))
    queue: asyncio.Queue[str] = asyncio.Queue()

    async def events() -> AsyncIterator[str]:
        queues.add(queue)
        yield ": open\n\n"
        try:
            while True:
                yield await queue.get()
        finally:
            queues.discard(queue)

    return StreamingResponse(events(), media_type="text/event-stream")


application = Starlette(routes=[Route("/live", live)])
