"""What is said of those who are on the spot. Who they are is never part of a sentence."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.field_party_signed_in", about="command.field_party")
class FieldPartySignedIn(Event):
    """A party came to the spot. ``names`` and ``phones`` side by side: the only place they are kept."""

    stays: ClassVar[frozenset[str]] = frozenset(
        {"incident_id", "field_post_id", "headcount", "there"}
    )
    incident_id: str
    field_post_id: str
    unit: str
    group: str
    job: str
    headcount: int
    names: list[str]
    phones: list[str]
    fitness: str
    insured: bool
    geared: bool
    waiver: str
    there: int
    say = _("{unit}{headcount}人到场签到，现场共{there}人")


@event("command.field_people_rested", about="command.field_post")
class FieldPeopleRested(Event):
    """Some of those on the spot rest; they are still counted there."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "people", "n"})
    incident_id: str
    people: list[str]
    n: int
    units: str
    say = _("{units}{n}人轮休")


@event("command.field_people_resumed", about="command.field_post")
class FieldPeopleResumed(Event):
    """Some of those who rested work again, and their shift is counted anew."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "people", "n"})
    incident_id: str
    people: list[str]
    n: int
    units: str
    say = _("{units}{n}人轮休后返岗")


@event("command.field_people_signed_out", about="command.field_post")
class FieldPeopleSignedOut(Event):
    """Some of those on the spot have left it."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "people", "n", "there"})
    incident_id: str
    people: list[str]
    n: int
    units: str
    there: int
    say = _("{units}{n}人签退离场，现场还有{there}人")


@event("command.field_shift_set", about="command.field_post")
class FieldShiftSet(Event):
    """How long somebody works on the spot before they rest was settled for this field headquarters."""

    incident_id: str
    title: str
    before: int
    hours: int
    reason: str
    say = _("{title}班时由{before}小时改为{hours}小时：{reason}")
