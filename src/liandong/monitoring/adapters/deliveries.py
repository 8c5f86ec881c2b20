"""Messages of many devices sorted into what each of them delivers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.monitoring.actions import Delivery, Refusal
from liandong.monitoring.adapters.mqtt import is_status, read_message
from liandong.monitoring.permissions import Permission
from liandong.organization.queries import actor_for, devices_named


@dataclass(frozen=True, slots=True)
class Message:
    """What the broker kept: its number in the stream, the device, what follows it, and the body."""

    number: int
    device: str
    topic: tuple[str, ...]
    body: bytes


@dataclass
class Sorted:
    """What devices deliver, and what they say of themselves."""

    by_device: dict[str, Delivery] = field(default_factory=dict)
    said: dict[UUID, str] = field(default_factory=dict)

    @property
    def deliveries(self) -> list[Delivery]:
        """Of whoever has something to deliver, always in one order."""
        found = [self.by_device[name] for name in sorted(self.by_device)]
        return [one for one in found if one.readings or one.refused]


def sort_messages(messages: Iterable[Message], keeper: Actor) -> Sorted:
    """Read messages, each as its device's. What no device answers for is refused as the keeper's."""
    messages = list(messages)
    devices = devices_named({message.device for message in messages})
    found = Sorted()
    for name in {message.device for message in messages}:
        device = devices.get(name)
        actor = actor_for(device) if device else keeper
        is_let = bool(device and device.is_open and actor.may(Permission.RECORD_READINGS))
        found.by_device[name] = Delivery(
            actor if is_let else keeper, (actor.label or name) if is_let else name
        )
    with recorded():
        for message in messages:
            delivery = found.by_device[message.device]
            device = devices.get(message.device)
            if delivery.actor is keeper or device is None:
                delivery.refused.append(_nobody(message))
            elif is_status(message.topic):
                found.said[device.pk] = _text(message.body)
            else:
                read = read_message(message.topic, message.body, message.number)
                delivery.readings += read.observations
                delivery.refused += read.refusals
    return found


def refuse_message(message: Message, problem: str, keeper: Actor) -> Sorted:
    """Refuse a whole message that cannot be stored, so that those after it can."""
    devices = devices_named([message.device])
    device = devices.get(message.device)
    actor = actor_for(device) if device and device.is_open else keeper
    remedy = _("请检查设备的输出格式；其余报文不受影响。")
    refusal = Refusal(message.number, "payload", problem, remedy)
    delivery = Delivery(actor, actor.label or message.device, refused=[refusal])
    return Sorted({message.device: delivery})


def _nobody(message: Message) -> Refusal:
    return Refusal(
        message.number,
        "topic",
        _("没有设备“%(name)s”，或它已停用。") % {"name": message.device[:60]},
        _("请先登记设备，或为它解除锁定。"),
    )


def _text(body: bytes) -> str:
    text = body.decode("utf-8", "replace")[:200]
    return "".join(one if one.isprintable() else " " for one in text).strip()
