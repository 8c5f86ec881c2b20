"""What is said of resources that are given out."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.resource_assigned", about="command.assignment")
class ResourceAssigned(Event):
    """A team, a vehicle, goods, a shelter or a person was given to an order or an incident for a time."""

    stays: ClassVar[frozenset[str]] = frozenset(
        {"incident_id", "order_id", "resource", "from_at", "until_at"}
    )
    incident_id: str
    order_id: str
    resource: str
    title: str
    owner: str
    to: str
    from_at: str
    until_at: str
    say = _("调派{title}（{owner}）到{to}")


@event("command.resource_released", about="command.assignment")
class ResourceReleased(Event):
    """What was given out is free again."""

    incident_id: str
    resource: str
    title: str
    to: str
    reason: str
    say = _("{title}从{to}放回：{reason}")
