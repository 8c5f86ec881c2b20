"""Readings by MQTT and NATS, with real brokers, and kills at every moment."""

import os
import signal

import nats
import pytest

from tests.config import broking, nodes
from tests.config.broking import STATION, alone, at, device, refusals_in, values_in
from tests.config.nodes import serving, until

pytestmark = pytest.mark.slow
TOPIC = f"obs/gauge.1/{STATION}/flow_m3s"


@pytest.fixture(scope="module")
def served(founded):
    """A node with a broker of its own, two devices and a station."""
    folder = nodes.new_folder()
    home = nodes.twin(founded["home"], folder)
    tokens = broking.furnish(home, "gauge.1", "gauge-2")
    port, mqtt_port = broking.ports()
    more = ("--nats", "--nats-port", port, "--mqtt-port", mqtt_port)
    with serving(home, *more) as (process, _port):
        yield Served(home, process, port, mqtt_port, tokens)
    nodes.remove(folder)


class Served:
    def __init__(self, home, process, port, mqtt_port, tokens):
        self.home, self.process, self.port = home, process, port
        self.mqtt_port, self.tokens = mqtt_port, tokens

    def device(self, name="gauge.1", **more):
        return device(name, self.tokens[name], self.mqtt_port, **more)


def test_each_form_of_message_gives_a_row(served):
    forms = [
        (TOPIC, f"{at(1)},1"),
        (TOPIC, f'{{"at": "{at(2)}", "value": 2}}'),
        (TOPIC, f'{{"phenomenonTime": "{at(3)}", "result": 3}}'),
        ("obs/gauge.1", f"{STATION},flow_m3s,{at(4)},4"),
        (
            "obs/gauge.1/rows",
            f'{{"station": "{STATION}", "quantity": "flow_m3s", "at": "{at(5)}", "value": 5}}',
        ),
    ]
    with served.device() as gauge:
        for topic, body in forms:
            gauge.say(topic, body)

        until(lambda: set(values_in(served.home)) >= {1, 2, 3, 4, 5})


def test_what_cannot_be_read_is_refused_once_and_holds_nothing_up(served):
    with served.device() as gauge:
        for body in ("垃圾", b"\xff\x00", "{", "", "1"):
            gauge.say(TOPIC, body)
        gauge.say(TOPIC, f"{at(10)},10", retain=True)
        until(lambda: values_in(served.home).get(10))

    refused = [one for one in refusals_in(served.home) if one[0] == "gauge.1"]
    assert len(refused) == 5


def test_qos_0_is_taken_too(served):
    with served.device() as gauge:
        gauge.say(TOPIC, f"{at(20)},20", qos=0)

        until(lambda: values_in(served.home).get(20))


def test_a_wrong_token_is_not_let_in(served):
    one = broking.Device("gauge.1", "x" * 40, served.mqtt_port, client_id="other")
    until(lambda: one.refusals)
    one.close()

    assert one.connections == 0
    assert one.refusals[0] == "Not authorized"


def test_a_device_that_strays_is_shown_and_cut_off(served):
    with served.device("gauge-2") as gauge:
        gauge.say(TOPIC, f"{at(30)},30")

        until(lambda: gauge.connections > 1)
        strayed = until(
            lambda: [one for one in refusals_in(served.home) if one[0] == "gauge-2"]
        )

    assert strayed[0][1] == "topic"
    assert "obs/gauge.1/21401550/flow_m3s" in strayed[0][2]
    assert 30 not in values_in(served.home)


def test_a_device_that_vanishes_leaves_its_last_will(served):
    one = broking.Device(
        "gauge-2",
        served.tokens["gauge-2"],
        served.mqtt_port,
        will=("obs/gauge-2/status", "离线"),
    )
    until(lambda: one.connections)
    one.vanish()

    sql = "SELECT said FROM monitoring_presence"
    until(lambda: broking.asked(served.home, sql) == [("离线",)])


def test_a_token_that_was_changed_ends_the_connection(served):
    with served.device("gauge-2", client_id="gauge-2-a") as gauge:
        served.tokens["gauge-2"] = broking.rotate(served.home, "gauge-2")

        until(lambda: gauge.refusals)

    assert gauge.refusals[0] == "Not authorized"


def test_acknowledged_is_in_the_table_once_through_kills_of_the_intake(served):
    first, count = 1000, 600

    with served.device() as gauge:
        acknowledged = alone(_publish(served, gauge, first, count))
        until(lambda: gauge.is_done)
    safe = set(gauge.safe) | acknowledged

    until(lambda: safe <= set(values_in(served.home)))
    found = {value: n for value, n in values_in(served.home).items() if value >= first}
    assert len(safe) == 2 * count
    assert found == dict.fromkeys(safe, 1)
    sql = "SELECT sum(count), sum(duplicates) FROM monitoring_batch WHERE count > 0"
    assert broking.asked(served.home, sql)[0][1] == 0


async def _publish(served, gauge, first, count):
    """Say readings by MQTT and by NATS, and kill the intake at times; what NATS acknowledged."""
    name = "gauge.1"
    sender = await nats.connect(
        f"nats://127.0.0.1:{served.port}",
        user=name,
        password=served.tokens[name],
        inbox_prefix=b"_INBOX.gauge//1",
    )
    safe = set()
    for number in range(first, first + count):
        gauge.say(TOPIC, f"{at(number)},{number}", name=number)
        other = number + count
        subject = f"obs.gauge//1.{STATION}.flow_m3s"
        await sender.jetstream().publish(subject, f"{at(other)},{other}".encode())
        safe.add(other)
        if number % 150 == 75:
            for pid in broking.children(served.process, "cli intake"):
                os.kill(pid, signal.SIGKILL)
    await sender.close()
    return safe
