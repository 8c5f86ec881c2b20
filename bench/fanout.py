"""The live stream to five thousand readers, against a bare Starlette server of the same bytes."""

import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.beside import beside
from bench.house import fetch
from liandong.config.homes import environment
from tests.browser.houses import House

READERS, EVENTS = 5_000, 20
AT_ONCE = 50
PATIENCE = 120.0


class Readers:
    """Sockets that stay open and are read as they fill; nothing is looked at but the count."""

    def __init__(self, port: int, path: str, cookie: str, count: int = READERS) -> None:
        self.selector = selectors.EpollSelector()
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
        for _ in range(count // AT_ONCE):
            some = [socket.create_connection(("127.0.0.1", port)) for _ in range(AT_ONCE)]
            for one in some:
                one.sendall(request)
            for one in some:
                _await_open(one)
                one.setblocking(False)
                self.selector.register(one, selectors.EVENT_READ)

    def hear(self, said: subprocess.Popen[bytes]) -> float:
        """Return how many events a second were heard until everybody had heard all."""
        assert said.stdout
        said.stdout.readline()
        began, owed = time.monotonic(), EVENTS * READERS
        while owed > 0:
            if time.monotonic() > began + PATIENCE:
                raise TimeoutError(f"{owed} events were not heard")
            for key, _ in self.selector.select(timeout=1):
                owed -= key.fileobj.recv(65536).count(b"event: entry")  # type: ignore[union-attr]
        took = time.monotonic() - began
        said.wait()
        return READERS * EVENTS / took

    def close(self) -> None:
        """Go home."""
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self.selector.close()


@contextmanager
def audiences(node: House, cookie: str) -> Iterator[tuple[Readers, Readers]]:
    """Five thousand at the node's stream, and five thousand at the bare server's."""
    app = "bench.reference.fanout:application"
    with beside(node, "asginl", app, "--workers", "1", "--backpressure", "20000") as port:
        stream = (urlsplit(node.url).port or 0) + 1
        here = re.search(r'data-position="([0-9:]+)"', fetch(node.url + "/", cookie))
        after = f"/live?after={here and here[1]}"
        ours, plain = Readers(stream, after, cookie), Readers(port, "/live", "")
        try:
            yield ours, plain
        finally:
            ours.close()
            plain.close()


def say(node: House, how: str) -> subprocess.Popen[bytes]:
    """Begin to say twenty things to everybody: through the journal, or by the bare server's bell."""
    telling = [sys.executable, "-m", "bench.telling", str(node.home), str(EVENTS), how]
    return subprocess.Popen(telling, env=environment(node.home), stdout=subprocess.PIPE)  # noqa: S603 -- our own


def _await_open(one: socket.socket) -> None:
    """Read until the stream says that it is open; the rest is heard later."""
    heard = b""
    while b": open" not in heard:
        more = one.recv(4096)
        if not more:
            raise LookupError(f"the stream did not open: {heard[:200]!r}")
        heard += more
