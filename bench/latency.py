"""From a deed to the page it shows on: a thousand pages live, two thousand readings a second behind."""

import http.client
import re
import selectors
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.fanout import Readers
from bench.house import fetch, sign_in
from liandong.config.homes import environment
from tests.browser.houses import House

PAGES, TRIALS = 1_000, 100
PRESSURE_SECONDS = 2000  # longer than it lasts; ended when all is measured
DESK = "/command/desk/"


class Watcher(threading.Thread):
    """An open desk, as the browser keeps it: the stream says that something happened, the desk is fetched."""

    def __init__(self, node: House, name: str, event: str, words: str) -> None:
        super().__init__(daemon=True)
        self.event, self.words = event.encode(), words
        self.seen: list[float] = []
        self.cookie = sign_in(node, name)
        self.url = node.url
        place = urlsplit(node.url)
        here = re.search(r'data-position="([0-9:]+)"', fetch(node.url + "/", self.cookie))
        self.stream = http.client.HTTPConnection(place.hostname or "", (place.port or 0) + 1)
        path = f"/live?after={here and here[1]}"
        self.stream.request("GET", path, headers={"Cookie": self.cookie})
        self.answer = self.stream.getresponse()

    def run(self) -> None:
        """Watch until the process ends."""
        while line := self.answer.readline():
            if self.event in line and self.words in fetch(self.url + DESK, self.cookie):
                self.seen.append(time.monotonic())


@contextmanager
def pressed(node: House) -> Iterator[subprocess.Popen[bytes]]:
    """A thousand streams that are read, and readings that come in meanwhile."""
    cookie = sign_in(node, "zhiban")
    readers = Readers((urlsplit(node.url).port or 0) + 1, "/live?after=9999:0", cookie, PAGES)
    drain = threading.Thread(target=_drain, args=(readers.selector,), daemon=True)
    drain.start()
    command = [
        sys.executable,
        "-m",
        "bench.pressure",
        str(node.home),
        node.url,
        str(PRESSURE_SECONDS),
    ]
    with subprocess.Popen(command, env=environment(node.home), stdout=subprocess.PIPE) as press:  # noqa: S603 -- our own
        assert press.stdout
        press.stdout.readline()
        yield press
        press.terminate()


def delays(node: House, what: str, watcher: Watcher) -> list[float]:
    """Seconds from each commit to the page that shows it."""
    deeds = [sys.executable, "-m", "bench.deeds", str(node.home), what, str(TRIALS)]
    done = subprocess.run(  # noqa: S603 -- our own
        deeds, env=environment(node.home), capture_output=True, text=True, check=True
    )
    time.sleep(1)
    committed = [float(line) for line in done.stdout.splitlines()]
    shown = [
        min((one for one in watcher.seen if one > at), default=float("inf")) for at in committed
    ]
    return [there - at for at, there in zip(committed, shown, strict=True)]


def p99(delays: list[float]) -> float:
    """The delay that one in a hundred exceeds, in milliseconds."""
    return statistics.quantiles(delays, n=100, method="inclusive")[98] * 1000


def _drain(selector: selectors.BaseSelector) -> None:
    while True:
        for key, _ in selector.select(timeout=1):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.recv(65536)
