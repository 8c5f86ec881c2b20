"""A collector: publishes each line's bodies, and says when all of them were acknowledged."""

import asyncio
import json
import sys
import threading
from collections.abc import Callable

import nats
import paho.mqtt.client as mqtt

NAME = "collector"
AT_ONCE = 200


def main() -> None:
    """Read lines until there are no more."""
    way, port, token = sys.argv[1:]
    publish = by_mqtt(int(port), token) if way == "mqtt" else by_nats(int(port), token)
    print("ready", flush=True)
    for line in sys.stdin:
        publish(json.loads(line))
        print("done", flush=True)


def by_mqtt(port: int, token: str) -> Callable[[list[str]], None]:
    """Publish at QoS 1."""
    connected = threading.Event()
    client = mqtt.Client(
        mqtt.CallbackAPIVersion.VERSION2, client_id=NAME, protocol=mqtt.MQTTv311
    )
    client.username_pw_set(NAME, token)
    client.max_inflight_messages_set(AT_ONCE)
    client.reconnect_delay_set(1, 1)
    client.on_connect = lambda *told: told[3].is_failure or connected.set()
    client.connect_async("127.0.0.1", port)
    client.loop_start()
    connected.wait()

    def publish(bodies: list[str]) -> None:
        for info in [client.publish(f"obs/{NAME}", body, qos=1) for body in bodies]:
            info.wait_for_publish()

    return publish


def by_nats(port: int, token: str) -> Callable[[list[str]], None]:
    """Publish through JetStream."""
    loop = asyncio.new_event_loop()
    client = loop.run_until_complete(_connected(port, token))
    stream = client.jetstream()

    async def publish(bodies: list[str]) -> None:
        for n in range(0, len(bodies), AT_ONCE):
            some = bodies[n : n + AT_ONCE]
            await asyncio.gather(*(stream.publish(f"obs.{NAME}", one.encode()) for one in some))

    return lambda bodies: loop.run_until_complete(publish(bodies))


async def _connected(port: int, token: str) -> nats.NATS:
    return await nats.connect(
        f"nats://127.0.0.1:{port}",
        user=NAME,
        password=token,
        inbox_prefix=f"_INBOX.{NAME}".encode(),
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.5,
        allow_reconnect=True,
    )


if __name__ == "__main__":
    main()
