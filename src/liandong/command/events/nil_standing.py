"""What is said of nil reports that a clock asks for."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.nil_standing_set", about="command.nil_standing")
class NilStandingSet(Event):
    """Townships will be asked every day at an hour whether all is well."""

    question: str
    at: str
    minutes: int
    hazard: str
    level: str
    from_on: str
    until_on: str
    say = _("设定每天 {at} 零报告：{question}")


@event("command.nil_standing_withdrawn", about="command.nil_standing")
class NilStandingWithdrawn(Event):
    """The clock asks no longer; rounds that were asked go on."""

    question: str
    at: str
    reason: str
    say = _("停止每天 {at} 零报告（{question}）：{reason}")
