"""Brokers of readings as processes, devices that speak to them, and what became of what they said."""

import asyncio
import json
import secrets
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import paho.mqtt.client as mqtt
import psycopg

from liandong.kernel.database import Cluster, processes
from tests.config.nodes import COMMAND, environment, free_port, until

STATION, FLOW = "21401550", "flow_m3s"
SINCE = datetime.fromtimestamp(time.time(), tz=UTC).replace(
    second=0, microsecond=0
) - timedelta(days=20)
FURNISH = """
import json, sys
from decimal import Decimal
from pathlib import Path
from liandong.config.homes import database, wake_django
home = Path(sys.argv[1])
with database(home):
    wake_django(home)
    from liandong.kernel.actors import system_actor
    from liandong.monitoring.actions import SeriesSpec, register_station
    from liandong.monitoring.permissions import Permission
    from liandong.organization.actions import register_device
    from liandong.organization.models import Secret
    from liandong.organization.permissions import Permission as Known
    maker = system_actor("node", "测试", "actual", *Permission, *Known)
    register_station(maker, code="21401550", name="出口", kind="ZQ", river="清溪河", lon=Decimal("122.5"),
        lat=Decimal("39.8"), series=[SeriesSpec(quantity="flow_m3s", step_minutes=1)])
    for name, token in json.loads(sys.argv[2]).items():
        register_device(maker, username=name, title=name, token=Secret(token))
"""
CHANGE = """
import json, sys
from pathlib import Path
from liandong.config.homes import database, wake_django
home = Path(sys.argv[1])
with database(home):
    wake_django(home)
    from liandong.kernel.actors import system_actor
    from liandong.organization.actions import rotate_token
    from liandong.organization.models import Secret
    from liandong.organization.permissions import Permission
    from liandong.organization.queries import account_by_username
    maker = system_actor("node", "测试", "actual", *Permission)
    account = account_by_username(sys.argv[2])
    rotate_token(maker, account=account, token=Secret(sys.argv[3]), expected_version=account.version)
"""


def alone(story):
    """Run it in a thread of its own: in the main one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


def in_home(home, script, *arguments):
    """Run a script of ours as another process of the node."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(home), *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def furnish(home, *names):
    """A station, and devices by these names; their tokens."""
    tokens = {name: secrets.token_urlsafe(32) for name in names}
    in_home(home, FURNISH, json.dumps(tokens))
    return tokens


def rotate(home, name):
    """Give a device another token; which."""
    token = secrets.token_urlsafe(32)
    in_home(home, CHANGE, name, token)
    return token


def at(number):
    """The minute of a reading."""
    return (SINCE + timedelta(minutes=number)).isoformat()


def asked(home, sql, *values):
    """Ask the home's database, which runs."""
    with psycopg.connect(Cluster(home).url()) as connection:
        return connection.execute(sql, values).fetchall()


def values_in(home):
    """How often each value is in the table: values name readings here."""
    found = asked(home, "SELECT value::int, count(*) FROM monitoring_reading GROUP BY 1")
    return dict(found)


def refusals_in(home):
    """What was refused, by whose source."""
    found = asked(
        home, "SELECT source, refusals FROM monitoring_batch WHERE rejected > 0 ORDER BY id"
    )
    return [(source, one["field"], one["problem"]) for source, all_ in found for one in all_]


class Device:
    """A device that speaks MQTT 3.1.1, and keeps a list of what it was told is safe."""

    def __init__(self, name, token, port, *, client_id="", will=None):
        self.said, self.acknowledged = {}, []
        self.connections, self.refusals = 0, []
        self.client = mqtt.Client(
            mqtt.CallbackAPIVersion.VERSION2,
            client_id=client_id or name.replace(".", "_"),  # the broker takes none with a dot
            protocol=mqtt.MQTTv311,
            clean_session=False,
        )
        self.client.username_pw_set(name, token)
        self.client.reconnect_delay_set(1, 1)
        self.client.max_inflight_messages_set(100)
        if will:
            self.client.will_set(*will, qos=1)
        self.client.on_connect = self._connected
        self.client.on_publish = self._published
        self.client.connect_async("127.0.0.1", port, keepalive=10)
        self.client.loop_start()

    def _connected(self, _client, _data, _flags, reason, _properties):
        if reason.is_failure:
            self.refusals.append(str(reason))
        else:
            self.connections += 1

    def _published(self, _client, _data, mid, _reason, _properties):
        self.acknowledged.append(mid)

    @property
    def safe(self):
        """What it was told is safe, by the names it has for it."""
        return [self.said[mid] for mid in list(self.acknowledged) if mid in self.said]

    @property
    def is_done(self):
        """Whether it waits for nothing."""
        return len(self.safe) == len(self.said)

    def say(self, topic, body, *, name=None, qos=1, retain=False):
        """Publish, under a name for the list."""
        info = self.client.publish(topic, body, qos=qos, retain=retain)
        self.said[info.mid] = name if name is not None else topic

    def close(self):
        """Hang up in good order."""
        self.client.disconnect()
        self.client.loop_stop()

    def vanish(self):
        """Be gone without a word."""
        self.client._sock_close()
        self.client._thread_terminate = True
        self.client.loop_stop()


@contextmanager
def device(*arguments, **more):
    """A device for a while."""
    one = Device(*arguments, **more)
    try:
        until(lambda: one.connections)
        yield one
    finally:
        one.close()


def ports():
    """Ports for a broker: NATS, MQTT."""
    port = free_port()
    return port, port + 1


def children(process, words):
    """The processes a supervisor has started whose command line has these words."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit():
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                line = (entry / "cmdline").read_text().replace("\0", " ")
                if parent == process.pid and words in line:
                    found.append(int(entry.name))
    return found


@contextmanager
def running(made, keys, log):
    """A broker as a process, that dies with us."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            made.write(keys),
            stdout=output,
            stderr=output,
            preexec_fn=processes.dies_with_parent(signal.SIGKILL),  # noqa: PLW1509 -- one prctl
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def taking(home, servers, log):
    """The intake beside a database and brokers that run elsewhere."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "intake", "--home", str(home), "--nats-url", ",".join(servers)],
            stdout=output,
            stderr=output,
            env=environment(),
            preexec_fn=processes.dies_with_parent(signal.SIGKILL),  # noqa: PLW1509 -- one prctl
        )
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(30) == 0
