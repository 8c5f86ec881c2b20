"""Every caller × subject, as the table says and a real broker does."""

import asyncio
import tomllib
from contextlib import suppress
from pathlib import Path

import nats
import pytest
from nats.errors import Error as BrokerError
from nats.js.api import StreamConfig

from liandong.config.streams.entry import caller_in
from liandong.config.streams.keys import claims_of, keys_of
from liandong.config.streams.server import Broker
from liandong.config.streams.subjects import (
    MQTT,
    NATS,
    STREAMS,
    account_for,
    permissions_for,
    said_in,
    subject_name,
    username_of,
)
from tests.config import broking
from tests.config.broking import alone, running
from tests.config.nodes import until

TABLE = tomllib.loads(
    Path(__file__).with_name("streams_table.toml").read_text(encoding="utf-8")
)
DEVICES = ("gauge-1", "gauge-2")


def test_a_subject_says_which_device_spoke():
    assert said_in("$MQTT.msgs.obs.a//b.21401550.flow_m3s", MQTT) == [
        "a//b",
        "21401550",
        "flow_m3s",
    ]
    assert said_in("direct.gauge-1", NATS) == ["gauge-1"]
    assert said_in("direct.gauge-1", MQTT) == []


@pytest.mark.parametrize("name", ["gauge-1", "a.b", "a_b.c.d"])
def test_a_name_comes_back_as_it_was(name):
    assert "." not in subject_name(name)
    assert username_of(subject_name(name)) == name


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("broker")
    port, mqtt_port = broking.ports()
    made = Broker(folder=folder / "nats", host="127.0.0.1", port=port, mqtt_port=mqtt_port)
    keys = keys_of(folder)
    with running(made, keys, folder / "log"):
        yield made, keys


class Door:
    """Lets devices in by their names, with what is permitted to them; and asks what was kept."""

    def __init__(self, made, keys):
        self.server, self.keys = f"nats://127.0.0.1:{made.port}", keys

    async def __aenter__(self):
        self.system = await self._connected("system", self.keys.system)
        self.county = await self._connected("intake", self.keys.intake)
        await self.system.subscribe("$SYS.REQ.USER.AUTH", cb=self._answer)
        for stream in STREAMS:
            config = StreamConfig(name=stream.name, subjects=[stream.subjects])
            await self.county.jetstream().add_stream(config)
        return self

    async def __aexit__(self, *_):
        for stream in STREAMS:
            await self.county.jetstream().delete_stream(stream.name)
        await self.county.close()
        await self.system.close()

    async def _connected(self, user, password):
        return await nats.connect(self.server, user=user, password=password)

    async def _answer(self, asked):
        caller = caller_in(claims_of(asked.data.decode()))
        claims = {
            "aud": account_for(speaks_mqtt=caller.speaks_mqtt),
            "sub": caller.key,
            "nats": permissions_for(caller.username, speaks_mqtt=caller.speaks_mqtt),
        }
        said = {
            "jwt": self.keys.token(claims),
            "type": "authorization_response",
            "version": 2,
        }
        answer = self.keys.token({"aud": caller.server, "sub": caller.key, "nats": said})
        await asked.respond(answer.encode())

    async def kept(self):
        """How many messages lie in the streams."""
        found = [await self.county.jetstream().stream_info(one.name) for one in STREAMS]
        return sum(one.state.messages for one in found)


def test_mqtt_keeps_what_the_table_says(broker):
    alone(_by_mqtt(*broker, TABLE["device_by_mqtt"]))


async def _by_mqtt(made, keys, table):
    async with Door(made, keys) as door:
        gauge = broking.Device("gauge-1", "-", made.mqtt_port)
        codes = []
        gauge.client.on_subscribe = lambda *told: codes.extend(one.value for one in told[3])
        await asyncio.to_thread(until, lambda: gauge.connections)
        for topic in table["kept"] + table["dropped"]:
            gauge.say(topic, "1", name=topic)
        await asyncio.to_thread(until, lambda: gauge.is_done)
        for topic in table["heard"] + table["unheard"]:
            gauge.client.subscribe(topic, 1)
        wanted = len(table["heard"] + table["unheard"])
        await asyncio.to_thread(until, lambda: len(codes) == wanted)
        kept = await door.kept()
        gauge.close()

    assert kept == len(table["kept"])
    assert codes == [1] * len(table["heard"]) + [128] * len(table["unheard"])


def test_nats_keeps_what_the_table_says(broker):
    alone(_by_nats(*broker, TABLE["device_by_nats"]))


async def _by_nats(made, keys, table):
    async with Door(made, keys) as door:
        troubles = []

        async def note(trouble):
            troubles.append(str(trouble))

        sender = await nats.connect(
            door.server,
            user="gauge-1",
            password="-",
            inbox_prefix=b"_INBOX.gauge-1",
            error_cb=note,
        )
        for subject in table["dropped"]:
            with suppress(BrokerError):
                await sender.request(subject, b"", timeout=0.3)
        refused = list(troubles)
        for subject in table["kept"]:
            await sender.jetstream().publish(subject, b"1")
        # An acknowledgement aimed at a stream reaches none.
        await sender.publish("obs.gauge-1.x", b"1", reply="$JS.API.STREAM.PURGE.OBS")
        for subject in table["heard"] + table["unheard"]:
            await sender.subscribe(subject)
        await sender.flush()
        kept = await door.kept()
        await sender.close()

    assert kept == len(table["kept"]) + 1
    assert len(refused) == len(table["dropped"])
    assert len(troubles) - len(refused) == len(table["unheard"])
