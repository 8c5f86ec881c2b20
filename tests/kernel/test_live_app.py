import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event, event
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.live.app import Live
from liandong.kernel.realms import Realm
from tests.kernel.gauges import MOVE, move
from tests.people import allowed

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 15  # seconds


@event("test.account_closed", about="test.account")
class AccountClosed(Event):
    """An account has lost its rights."""

    cuts = True


@event("test.signal_raised", about="test.signal")
class SignalRaised(Event):
    """It rings, for real, in drills too."""

    reaches_drills = True


@action(MOVE)
def ring(actor, *, signal, idempotency_key=""):
    """Let it ring, which publishes ``SignalRaised``."""
    happened(SignalRaised(subject_id=signal), audience={"county"})
    return Realm(name=signal)


@action(MOVE)
def close(actor, *, account, idempotency_key=""):
    """Close an account, which publishes ``AccountClosed``."""
    happened(AccountClosed(subject_id=account), audience={"audit"})
    return Realm.objects.create(
        name="x", real_at="2026-01-01T00:00Z", told_at="2026-01-01T00:00Z"
    )


READERS = {
    "me": Actor(account="me", scopes=frozenset({"county"})),
    "player": Actor(account="player", realm="drill-1", scopes=frozenset({"county"})),
    "other": Actor(account="other", scopes=frozenset({"body:other"})),
}


def reader_of(cookies):
    return READERS.get(cookies)


class Client:
    """A browser's side of one stream, without a network."""

    def __init__(self, live, *, cookie="me", after="0:0", **headers):
        lines = {"cookie": cookie, "host": "node:8001", **headers}
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": "/live",
            "query_string": f"after={after}".encode(),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in lines.items()],
        }
        self.live, self.sent, self.left = live, asyncio.Queue(), asyncio.Event()

    async def __aenter__(self):
        self.task = asyncio.create_task(self.live(self.scope, self.receive, self.sent.put))
        self.start = await asyncio.wait_for(self.sent.get(), PATIENCE)
        return self

    async def __aexit__(self, *trouble):
        self.left.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(self.task, PATIENCE)

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def read(self, marker):
        """Everything up to and with the first part that holds the marker."""
        text = ""
        while marker not in text:
            text += (await asyncio.wait_for(self.sent.get(), PATIENCE))["body"].decode()
        return text


def places(text):
    return [line.removeprefix("id: ") for line in text.splitlines() if line.startswith("id: ")]


@sync_to_async
def write(*gauges, audience=("county",)):
    move(allowed(MOVE), gauges=list(gauges), audience=audience)
    sequence(epoch=1)
    connections.close_all()


def play(story):
    """In a thread of its own: in the main one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story()).result()


def test_a_stream_tells_the_backlog_and_then_what_comes_each_once():
    async def story():
        live = Live(reader_of)
        await write(("上游", 1), ("上游", 2))
        async with Client(live) as client:
            first = await client.read("id: 1:2")
            await write(("上游", 3))
            second = await client.read("id: 1:3")
        assert (places(first), places(second)) == (["1:1", "1:2"], ["1:3"])
        assert '"subject_id": "上游"' in second or "\\u4e0a" in second
        assert "level" not in first + second

    play(story)


def test_a_reconnect_goes_on_after_the_last_id_not_after_the_pages_address():
    async def story():
        live = Live(reader_of)
        await write(("上游", 1), ("上游", 2), ("上游", 3))
        async with Client(live, after="0:0", last_event_id="1:2") as client:
            assert places(await client.read("id: 1:3")) == ["1:3"]

    play(story)


def test_only_the_audience_hears_of_an_entry():
    async def story():
        live = Live(reader_of)
        await write(("上游", 1))
        await write(("下游", 2), audience=["body:other"])
        async with Client(live, cookie="other") as client:
            assert places(await client.read("id: 1:2")) == ["1:2"]

    play(story)


def test_revocation_cuts_the_streams_of_that_account_alone():
    async def story():
        live = Live(reader_of)
        async with Client(live, after="9:9") as mine, Client(live, cookie="other") as theirs:
            await mine.read(": open")
            await theirs.read(": open")
            await sync_to_async(
                lambda: (
                    close(allowed(MOVE), account="me"),
                    sequence(epoch=1),
                    connections.close_all(),
                )
            )()
            assert "event: cut" in await mine.read("cut")
            await write(("下游", 1), audience=["body:other"])
            assert places(await theirs.read("id: 1:2")) == ["1:2"]

    play(story)


@pytest.mark.parametrize(
    ("cookie", "after", "status"),
    [("nobody", "0:0", 401), ("me", "x", 400), ("me", "1:-2", 400)],
)
def test_a_stranger_and_a_wrong_place_are_answered_and_end(cookie, after, status):
    async def story():
        async with Client(Live(reader_of), cookie=cookie, after=after) as client:
            assert client.start["status"] == status

    play(story)


@pytest.mark.parametrize(
    ("origin", "allowed_origin"),
    [("http://node:8000", [b"http://node:8000"]), ("http://evil.example:8000", [])],
)
def test_only_pages_of_the_same_host_may_read_across_ports(origin, allowed_origin):
    async def story():
        async with Client(Live(reader_of), origin=origin) as client:
            told = dict(client.start["headers"]).get(b"access-control-allow-origin")
            assert [told] * bool(told) == allowed_origin

    play(story)


def test_in_a_drill_is_heard_what_is_real_and_calls_and_nothing_else_that_is_real():
    @sync_to_async
    def call(realm):
        ring(allowed(MOVE, realm=realm), signal="x")
        sequence(epoch=1)
        connections.close_all()

    async def story():
        live = Live(reader_of)
        await write(("上游", 1))
        await call("actual")
        await call("drill-2")
        async with Client(live, cookie="player") as client:
            assert places(await client.read("id: 1:2")) == ["1:2"]
            await call("drill-1")
            assert places(await client.read("id: 1:4")) == ["1:4"]
        async with Client(live) as client:
            assert places(await client.read("id: 1:2")) == ["1:1", "1:2"]

    play(story)
