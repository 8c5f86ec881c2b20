"""Connections that should not be: devices whose token was taken away, and those that stray.

To a device that publishes where it may not, MQTT 3.1.1 has no word for no: the broker acknowledges
and drops, and only its log tells. So the log is read, the device's list says it, and it is cut off.
"""

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nats.aio.client import Client

from liandong.config.streams.entry import username_in

CONNECTIONS = "$SYS.REQ.SERVER.PING.CONNZ"
MOST = 100_000
MOST_SUBJECTS = 20
MOST_LOG = 4 * 1024**2
GATHER_SECONDS = 0.5
STRAY = re.compile(r' - [mc]id:(\d+) - .*Publish Violation - .*Subject "([^"]*)"')


@dataclass(frozen=True)
class Connection:
    """One connection of one server."""

    server: str
    number: int
    name: str


@dataclass
class Guard:
    """Looks at every connection now and then."""

    system: Client
    log: Path | None
    seconds: float = 2.0
    connections: list[Connection] = field(default_factory=list)
    known: dict[int, str] = field(default_factory=dict)
    read_to: int = -1

    async def look(self) -> list[str]:
        """Ask all servers who is connected; the names."""
        inbox = self.system.new_inbox()
        heard = await self.system.subscribe(inbox)
        asked = json.dumps({"auth": True, "limit": MOST}).encode()
        await self.system.publish(CONNECTIONS, asked, reply=inbox)
        self.connections = []
        with contextlib.suppress(TimeoutError):
            while True:
                self._take(json.loads((await heard.next_msg(GATHER_SECONDS)).data))
        await heard.unsubscribe()
        return [one.name for one in self.connections]

    def strays(self) -> dict[str, set[str]]:
        """What devices said where they may not since the last look, by device."""
        found: dict[str, set[str]] = {}
        for number, subject in self._violations():
            name = username_in(self.known.get(number, ""))
            subjects = found.setdefault(name, set())
            if name and len(subjects) < MOST_SUBJECTS:
                subjects.add(subject)
        found.pop("", None)
        return found

    def straying(self, devices: Iterable[str]) -> set[str]:
        """The names of these devices' connections."""
        known = set(devices)
        return {one.name for one in self.connections if username_in(one.name) in known}

    async def cut(self, names: set[str]) -> None:
        """End the connections by these names."""
        for one in self.connections:
            if one.name in names:
                asked = json.dumps({"cid": one.number}).encode()
                await self.system.request(
                    f"$SYS.REQ.SERVER.{one.server}.KICK", asked, timeout=2
                )

    def _take(self, said: dict[str, Any]) -> None:
        server = said["server"]["id"]
        for one in said.get("data", {}).get("connections") or []:
            name = one.get("authorized_user", "")
            self.connections.append(Connection(server, one["cid"], name))
            self.known[one["cid"]] = name
        if len(self.known) > MOST:
            self.known = {one.number: one.name for one in self.connections}

    def _violations(self) -> list[tuple[int, str]]:
        if self.log is None or not self.log.exists():
            return []
        size = self.log.stat().st_size
        if self.read_to < 0:
            self.read_to = size
        with self.log.open("rb") as file:
            file.seek(self.read_to if self.read_to <= size else 0)
            text = file.read(MOST_LOG)
            self.read_to = file.tell()
        return [
            (int(number), subject)
            for number, subject in STRAY.findall(text.decode("utf-8", "replace"))
        ]
