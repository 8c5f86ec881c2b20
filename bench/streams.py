"""Readings by MQTT and NATS: from a collector's publish until they are in the table, held to bounds."""

import asyncio
import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.observations import CODES, DEVICE, times_of
from liandong.config.streams.intake import Intake, Place
from liandong.config.streams.keys import keys_of
from liandong.config.streams.server import Broker
from liandong.config.streams.subjects import MQTT, NATS
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.monitoring.models import Inlet
from liandong.monitoring.states import Quantity
from liandong.organization.actions import register_device
from liandong.organization.models import Secret
from liandong.organization.permissions import Permission
from tests.config.nodes import free_port

NAME = "collector"
PATIENCE = 60.0


class Collector:
    """A program of its own that publishes what it is given, each time until all is acknowledged."""

    def __init__(self, way: str, port: int, token: str) -> None:
        self.stream = MQTT.name if way == "mqtt" else NATS.name
        self.sent = 0
        self.process = subprocess.Popen(  # noqa: S603 -- our own
            [sys.executable, "-m", "bench.collector", way, str(port), token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear()

    def rate(self, rows_each: int, _seconds: float = 0) -> float:
        """Readings a second, from the first publish until the last is in the table."""
        rows = [
            f"{code},{Quantity.FLOW},{at.isoformat()},812.345"
            for at in times_of("ours")
            for code in CODES
        ]
        bodies = ["\n".join(rows[n : n + rows_each]) for n in range(0, len(rows), rows_each)]
        self.sent += len(bodies)
        began = time.monotonic()
        self._say(json.dumps(bodies))
        self._hear()
        while not Inlet.objects.filter(name=self.stream, position__gte=self.sent).exists():
            if time.monotonic() > began + PATIENCE:
                raise TimeoutError("the intake did not take what was said")
            time.sleep(0.005)
        return len(rows) / (time.monotonic() - began)

    def close(self) -> None:
        """Let it end."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()

    def _say(self, text: str) -> None:
        if self.process.stdin:
            self.process.stdin.write(text + "\n")
            self.process.stdin.flush()

    def _hear(self) -> None:
        if not (self.process.stdout and self.process.stdout.readline()):
            raise RuntimeError("the collector ended")


@contextmanager
def collectors() -> Iterator[tuple[Collector, Collector]]:
    """A broker with its intake, and a collector for each way in."""
    folder, token = Path(tempfile.mkdtemp(prefix="liandong-bench-", dir="/tmp")), _token()
    keys, port = keys_of(folder), free_port()
    broker = Broker(folder=folder, host="127.0.0.1", port=port, mqtt_port=port + 1)
    with (folder / "nats.log").open("wb") as log:
        server = subprocess.Popen(broker.write(keys), stdout=log, stderr=log)  # noqa: S603 -- our own
    place = Place(servers=[f"nats://127.0.0.1:{port}"])
    ready, stop = threading.Event(), []

    async def take() -> None:
        over = asyncio.Event()
        stop.append((asyncio.get_running_loop(), over))
        ready.set()
        await Intake(place, keys, over).run()

    thread = threading.Thread(target=lambda: asyncio.run(take()))
    thread.start()
    ready.wait()
    try:
        with (
            contextlib.closing(Collector("mqtt", port + 1, token)) as mqtt,
            contextlib.closing(Collector("nats", port, token)) as nats,
        ):
            yield mqtt, nats
    finally:
        loop, over = stop[0]
        loop.call_soon_threadsafe(over.set)
        thread.join()
        server.terminate()
        server.wait()


def _token() -> str:
    token = secrets.token_urlsafe(32)
    maker = system_actor("node", "bench", ACTUAL, *Permission)
    register_device(maker, username=NAME, title=DEVICE.label, token=Secret(token))
    return token
