"""What is said of field headquarters."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.field_post_opened", about="command.field_post")
class FieldPostOpened(Event):
    """A field headquarters commands on the spot from now on."""

    incident_id: str
    title: str
    place: str
    commander: str
    groups: str
    say = _("在{place}设立{title}，现场指挥长：{commander}")


@event("command.field_post_expanded", about="command.field_post")
class FieldPostExpanded(Event):
    """Where a commissioner was sent there is a headquarters now; they go on commanding."""

    incident_id: str
    before: str
    title: str
    groups: str
    reason: str
    say = _("{before}扩大为{title}：{reason}")


@event("command.field_commander_appointed", about="command.field_post")
class FieldCommanderAppointed(Event):
    """Command on the spot went from one post to another."""

    incident_id: str
    title: str
    before: str
    after: str
    reason: str
    say = _("{title}现场指挥长由{before}改为{after}：{reason}")


@event("command.field_group_set", about="command.field_post")
class FieldGroupSet(Event):
    """A group of the field headquarters has somebody to lead it, and bodies that work in it."""

    incident_id: str
    title: str
    group: str
    leader: str
    members: str
    say = _("{group}组长：{leader}，成员：{members}")


@event("command.field_adjustment_noted", about="command.field_post")
class FieldAdjustmentNoted(Event):
    """The field told headquarters what it does otherwise than was ordered, and why."""

    incident_id: str
    title: str
    text: str
    reason: str
    say = _("{title}现场调整：{text}，{reason}")


@event("command.field_post_closed", about="command.field_post")
class FieldPostClosed(Event):
    """A field headquarters was withdrawn; nobody commands on the spot any more."""

    incident_id: str
    title: str
    reason: str
    say = _("撤销{title}：{reason}")
