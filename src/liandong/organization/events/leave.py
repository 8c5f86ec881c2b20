"""Facts about who is away, and who stands in."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("organization.leave_entered", about="organization.leave")
class LeaveEntered(Event):
    """When somebody's leave was entered.

    ``posts`` are those at which nobody answers meanwhile, ``shifts`` those that nobody took over.
    """

    person_id: str
    person_name: str
    stand_in: str
    from_at: str
    until_at: str
    span: str
    posts: list[str]
    shifts: int
    say = _("{person_name}请假（{span}）")


@event("organization.leave_begun", about="organization.leave")
class LeaveBegun(Event):
    """When a leave began."""

    person_id: str
    person_name: str
    say = _("{person_name}开始休假")


@event("organization.leave_ended", about="organization.leave")
class LeaveEnded(Event):
    """When a leave was over, by the clock or because somebody was back sooner."""

    person_id: str
    person_name: str
    early: bool
    say = _("{person_name}销假")
