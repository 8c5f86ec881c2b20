"""What is said of consultations."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.consultation_opened", about="command.consultation")
class ConsultationOpened(Event):
    """Posts have been called together to judge the situation."""

    incident_id: str
    number: int
    attendees: str
    say = _("第{number}次会商开始，参会：{attendees}")


@event("command.minutes_recorded", about="command.consultation")
class MinutesRecorded(Event):
    """The minutes of a consultation were written or amended."""

    incident_id: str
    number: int
    findings: str
    dissent: str
    items: str
    say = _("第{number}次会商纪要：{findings}")


@event("command.consultation_closed", about="command.consultation")
class ConsultationClosed(Event):
    """A consultation is over; its minutes stand."""

    incident_id: str
    number: int
    say = _("第{number}次会商结束")
