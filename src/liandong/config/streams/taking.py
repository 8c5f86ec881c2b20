"""From the broker into the table: what is done with messages once they are fetched. Synchronous."""

import logging
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.db.utils import InterfaceError

from liandong.config.streams.entry import outdated, username_in
from liandong.config.streams.subjects import username_of
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.elections import elected
from liandong.kernel.heartbeats import Heartbeat, beat
from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.monitoring.actions import Refusal, Span, record_readings, take_messages
from liandong.monitoring.adapters.deliveries import (
    Message,
    Sorted,
    refuse_message,
    sort_messages,
)
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries import position_of
from liandong.organization.queries import actor_for, devices_named

logger = logging.getLogger(__name__)

ELECTION = 0x696E74616B65
PART = "intake"
P = ParamSpec("P")
R = TypeVar("R")


class AwayError(Exception):
    """The database is not to be had now; what was asked of it has not happened."""


def asked(fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Ask something of the database; its absence is told as such, and the next asks anew."""
    try:
        return fn(*args, **kwargs)
    except (OperationalError, InterfaceError) as trouble:
        connection.close()
        clock.forget()
        raise AwayError(str(trouble)) from trouble


def keeper() -> Actor:
    """Who takes messages in: the node itself, for devices that speak for themselves."""
    return system_actor("node", "遥测接入", ACTUAL, Permission.RECORD_READINGS)


def may_take() -> bool:
    """Whether it is this process that takes; others wait to take over."""
    return elected(ELECTION)


def position(stream: str, born: str) -> int:
    """The last message of a stream that is in the table."""
    return position_of(stream, born)


def live() -> None:
    """Say that the broker answers, and that its messages are taken."""
    beat(PART)


def leave() -> None:
    """Say that nobody takes messages any more, and that it is meant so."""
    Heartbeat.objects.filter(part=PART).delete()


def message(number: int, parts: Sequence[str], body: bytes) -> Message:
    """A message as it is known to the table: the device, and what follows it."""
    device = username_of(parts[0]) if parts else ""
    return Message(number, device, tuple(part.replace("//", ".") for part in parts[1:]), body)


def take(stream: str, born: str, after: int, messages: Sequence[Message]) -> int:
    """Take messages in, all at once; returns how many could not be stored and were refused whole.

    One that cannot be stored, whatever the reason, must not hold up those behind it: the lot is
    halved until it stands alone, and its device's list of refusals says why.
    """
    try:
        _take(stream, born, after, messages[-1].number, sort_messages(messages, keeper()))
    except (OperationalError, InterfaceError, Stale):
        raise
    except Exception as trouble:
        if len(messages) == 1:
            logger.exception("a message cannot be stored: %s %s", stream, messages[0].number)
            refused = refuse_message(messages[0], _reason(trouble), keeper())
            _take(stream, born, after, messages[0].number, refused)
            return 1
        half = len(messages) // 2
        first = take(stream, born, after, messages[:half])
        return first + take(stream, born, messages[half - 1].number, messages[half:])
    return 0


def refuse_strays(strays: dict[str, set[str]]) -> None:
    """Keep what devices said where they may not: the broker drops it, and tells an MQTT device nothing."""
    devices = devices_named(strays)
    for name, subjects in sorted(strays.items()):
        device = devices.get(name)
        if device is None or not device.is_open:
            continue
        with recorded():
            refused = [_stray(subject) for subject in sorted(subjects)]
        record_readings(
            actor_for(device),
            readings=[],
            refused=refused,
            source=device.title or device.username,
        )


def to_be_cut(names: Sequence[str]) -> set[str]:
    """Of the connections by these names, whose token is worth nothing any more."""
    return outdated(name for name in names if username_in(name))


def _take(stream: str, born: str, after: int, upto: int, found: Sorted) -> None:
    span = Span(stream, born, after, upto)
    take_messages(keeper(), span=span, deliveries=found.deliveries, said=found.said)


def _reason(trouble: Exception) -> str:
    with recorded():
        return _("这条报文存不下：%(why)s") % {"why": str(trouble)[:200].replace("\0", "␀")}


def _stray(subject: str) -> Refusal:
    topic = subject.replace("//", "\0").replace(".", "/").replace("\0", ".")[:100]
    return Refusal(
        0,
        "topic",
        _("设备向不属于它的主题“%(topic)s”报送，未收。") % {"topic": topic},
        _("设备只能向 obs/自己的账号/… 报送，请更正设备的主题。"),
    )
