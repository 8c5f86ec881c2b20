"""What is said of operating a reservoir."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.operating_ordered", about="command.operating_order")
class OperatingOrdered(Event):
    """A reservoir was ordered to let water out; those downstream are warned first."""

    incident_id: str
    order_id: str
    number: int
    reservoir: str
    gates: str
    outflow_m3s: str
    starts_at: str
    warnings: list[int]
    say = _("调度令（{number}号令）：{reservoir}，{gates}，下泄 {outflow_m3s} m³/s")


@event("command.downstream_confirmed", about="command.operating_order")
class DownstreamConfirmed(Event):
    """Everybody downstream knows, by reading back or otherwise; the gates may be moved."""

    incident_id: str
    order_id: str
    reservoir: str
    number: int
    reached_otherwise: str
    say = _("已确认{reservoir}下游知悉，{number}号令可以执行。{reached_otherwise}")
