"""What the broker is told, by a real one; and three of them, of which one is killed."""

import asyncio
import json
import os
import signal
import stat
import subprocess
from contextlib import ExitStack, suppress

import nats
import pytest
from nats.errors import Error as BrokerError

from liandong.config.streams.keys import keys_of
from liandong.config.streams.server import Broker, binary
from liandong.config.streams.subjects import MQTT
from tests.config import broking
from tests.config.broking import STATION, alone, at, running, taking, values_in
from tests.config.nodes import free_port, until

NAMES = ("a", "b", "c")


def broker(folder, **more):
    port, mqtt_port = broking.ports()
    return Broker(folder=folder, host="127.0.0.1", port=port, mqtt_port=mqtt_port, **more)


def test_the_configuration_is_the_owners_alone_and_the_broker_takes_it(tmp_path):
    made = broker(tmp_path / "nats")

    made.write(keys_of(tmp_path))

    done = subprocess.run(
        [binary(), "-t", "-c", made.configuration_file], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(made.configuration_file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys" / "nats.json").stat().st_mode) == 0o600


def test_what_was_acknowledged_is_on_the_disk(tmp_path):
    said = json.loads(broker(tmp_path).configuration(keys_of(tmp_path)))

    assert said["jetstream"]["sync_interval"] == "always"


@pytest.mark.slow
# The client library leaves sockets behind when it looks for another server.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_acknowledged_is_in_the_table_once_though_the_leading_broker_is_killed(
    cluster, home, tmp_path
):
    tokens, keys = broking.furnish(home, "gauge-1", "gauge-2"), keys_of(home)
    routes = [f"127.0.0.1:{free_port()}" for _ in NAMES]
    brokers = {
        name: broker(
            tmp_path / name,
            name=name,
            cluster_port=int(route.rpartition(":")[2]),
            routes=routes,
            replicas=3,
        )
        for name, route in zip(NAMES, routes, strict=True)
    }
    servers = [f"nats://127.0.0.1:{one.port}" for one in brokers.values()]
    with ExitStack() as stack:
        running_ = {
            name: stack.enter_context(running(one, keys, tmp_path / f"{name}.log"))
            for name, one in brokers.items()
        }
        stack.enter_context(taking(home, servers, tmp_path / "intake.log"))
        safe = alone(_publish(brokers, running_, servers, keys, tokens))

        until(lambda: safe <= set(values_in(home)))

    assert len(safe) == 2 * 400
    assert {value: n for value, n in values_in(home).items() if value in safe} == (
        dict.fromkeys(safe, 1)
    )
    assert max(values_in(home).values()) == 1


async def _publish(brokers, running_, servers, keys, tokens):
    """Say readings by MQTT and NATS while the leader of what MQTT keeps is killed; what is safe."""
    first, count, topic = 1, 400, f"obs/gauge-1/{STATION}/flow_m3s"
    leader = await _leader(servers, keys)
    other = next(one for name, one in brokers.items() if name != leader)
    safe, gauge = set(), broking.Device("gauge-1", tokens["gauge-1"], other.mqtt_port)
    sender = await nats.connect(
        servers, user="gauge-2", password=tokens["gauge-2"], inbox_prefix=b"_INBOX.gauge-2"
    )
    await asyncio.to_thread(until, lambda: gauge.connections)
    for number in range(first, first + count):
        gauge.say(topic, f"{at(number)},{number}", name=number)
        safe.add(await _until_kept(sender, number + count))
        if number == first + count // 4:
            os.kill(running_[leader].pid, signal.SIGKILL)
        await asyncio.sleep(0.02)
    await asyncio.to_thread(until, lambda: gauge.is_done)
    gauge.close()
    await sender.close()
    return safe | set(gauge.safe)


async def _leader(servers, keys):
    """Who leads the stream that MQTT's acknowledgements vouch for, once the intake has made it."""
    county = await nats.connect(servers, user="intake", password=keys.intake)
    try:
        while True:
            with suppress(BrokerError):
                info = await county.jetstream().stream_info(MQTT.name)
                if info.cluster.leader and len(info.cluster.replicas) == len(NAMES) - 1:
                    return info.cluster.leader
            await asyncio.sleep(0.2)
    finally:
        await county.close()


async def _until_kept(sender, number):
    """Say one reading until it is acknowledged."""
    subject, body = f"obs.gauge-2.{STATION}.flow_m3s", f"{at(number)},{number}".encode()
    while True:
        try:
            headers = {"Nats-Msg-Id": str(number)}
            await sender.jetstream().publish(subject, body, headers=headers)
        except (BrokerError, OSError):
            await asyncio.sleep(0.1)
        else:
            return number
