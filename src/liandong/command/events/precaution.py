"""What is said of measures while a warning is in force."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.precaution_proposed", about="command.precaution")
class PrecautionProposed(Event):
    """A warning was issued: what the law wants done is laid before the headquarters' office."""

    incident_id: str
    warning: str
    title: str
    level: str
    to: str
    say = _("提请{to}决定{title}期措施")


@event("command.precaution_adopted", about="command.precaution")
class PrecautionAdopted(Event):
    """Somebody has decided which of the measures are taken."""

    incident_id: str
    warning: str
    title: str
    level: str
    measures: int
    left_out: int
    reason: str
    say = _("决定采取{title}期措施{measures}项")


@event("command.precaution_passed_over", about="command.precaution")
class PrecautionPassedOver(Event):
    """Somebody has decided to take none of the measures, and why."""

    incident_id: str
    warning: str
    title: str
    reason: str
    say = _("不采取{title}期措施：{reason}")


@event("command.precaution_ended", about="command.precaution")
class PrecautionEnded(Event):
    """The warning was lifted, and with it the measures end; orders under way are left to people."""

    incident_id: str
    warning: str
    title: str
    say = _("{title}已解除，所采取的措施结束")
