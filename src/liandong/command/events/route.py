"""What is said of routes."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.route_drawn", about="command.route")
class RouteDrawn(Event):
    """A route stands on the map of its incident; ``length`` is in words."""

    incident_id: str
    kind: str
    title: str
    length: str
    say = _("在地图上画{kind}：{title}，长 {length}")


@event("command.route_withdrawn", about="command.route")
class RouteWithdrawn(Event):
    """A route no longer holds, and is off the maps."""

    incident_id: str
    kind: str
    title: str
    reason: str
    say = _("撤销{kind}：{title}，{reason}")
