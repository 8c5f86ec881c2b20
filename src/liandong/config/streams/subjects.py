"""Who may say what to the broker, and where it is kept: the one place that decides it.

MQTT says ``obs/gauge-1/21401501/level_m``, NATS ``obs.gauge-1.21401501.level_m``; a dot within a
name is ``//`` to both. What comes by MQTT the broker itself keeps in its stream of acknowledged
messages before it acknowledges; what comes by NATS is led into a stream of ours.
"""

from dataclasses import dataclass
from typing import Any

COUNTY = "COUNTY"  # where MQTT lives and what is kept is kept
SENDERS = "SENDERS"  # where devices that speak NATS live: no stream can be asked for there
SYSTEM = "SYS"

ROOT = "obs"
LED = "direct"  # what ``obs`` of the senders is called where it is kept
LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Stream:
    """Where messages wait until they are in the table; ``head`` is what stands before the device."""

    name: str
    subjects: str
    head: tuple[str, ...]


# The first is the broker's own name for what devices were told is safe.
MQTT = Stream("$MQTT_msgs", "$MQTT.msgs.>", ("$MQTT", "msgs", ROOT))
NATS = Stream("OBS", f"{LED}.>", (LED,))
STREAMS = (MQTT, NATS)


def subject_name(username: str) -> str:
    """How a device's name stands in a subject."""
    return username.replace(".", "//")


def username_of(name: str) -> str:
    """The device that a part of a subject names."""
    return name.replace("//", ".")


def said_in(subject: str, stream: Stream) -> list[str]:
    """The parts of a subject from the device on; none where it is not a device's."""
    parts = subject.split(".")
    length = len(stream.head)
    return parts[length:] if tuple(parts[:length]) == stream.head else []


def account_for(*, speaks_mqtt: bool) -> str:
    """Which account of the broker a device comes to."""
    return COUNTY if speaks_mqtt else SENDERS


def permissions_for(username: str, *, speaks_mqtt: bool) -> dict[str, Any]:
    """What a device may: say things of its own, and, by NATS, hear that they are kept."""
    name = subject_name(username)
    heard = {"deny": [">"]} if speaks_mqtt else {"allow": [f"_INBOX.{name}.>"]}
    return {
        "pub": {"allow": [f"{ROOT}.{name}", f"{ROOT}.{name}.>"]},
        "sub": heard,
        "subs": -1,
        "data": -1,
        "payload": LARGEST,
        "type": "user",
        "version": 2,
    }
