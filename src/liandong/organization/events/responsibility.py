"""Facts about who answers for what."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("organization.responsibility_assigned", about="organization.responsibility")
class ResponsibilityAssigned(Event):
    """When somebody was made to answer for an object."""

    object_kind: str
    object_id: str
    object_name: str
    role: str
    person_id: str
    post_id: str
    who: str
    say = _("明确责任：{object_name}{role} {who}")


@event("organization.responsibility_ended", about="organization.responsibility")
class ResponsibilityEnded(Event):
    """When somebody answers for an object no longer; ``successor`` took it over, if anybody."""

    object_kind: str
    object_id: str
    object_name: str
    role: str
    who: str
    successor: str
    say = _("解除责任：{object_name}{role} {who}")


@event("organization.person_removed", about="organization.person")
class PersonRemoved(Event):
    """When somebody left the county's mechanism for good; ``successor`` took over, if anybody."""

    person_name: str
    successor: str
    reason: str
    say = _("{person_name}离开（{reason}）")
