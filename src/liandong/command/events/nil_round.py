"""What is said of rounds in which townships report whether all is well."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.nil_round_asked", about="command.nil_round")
class NilRoundAsked(Event):
    """Townships were asked to report by a time, also that there is nothing to report."""

    incident_id: str
    question: str
    due_at: str
    bodies: list[str]
    count: int
    say = _("要求 {count} 个单位零报告：{question}")


@event("command.nil_return_answered", about="command.nil_return")
class NilReturnAnswered(Event):
    """A township said that all is well, or what is not."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "round_id", "state", "noted"})
    incident_id: str
    round_id: str
    body: str
    state: str
    label: str
    text: str
    noted: bool
    say = _("{body}零报告：{label}{text}")


@event("command.nil_round_missed", about="command.nil_round")
class NilRoundMissed(Event):
    """The time is over; who has not answered is asked again."""

    incident_id: str
    missing: list[str]
    shown: str
    say = _("零报告超时未报：{shown}")
