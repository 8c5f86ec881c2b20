"""What is said of consultations."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.consultation_opened", about="command.consultation")
class ConsultationOpened(Event):
    """Posts and experts have been called together; ``pack`` is the digest of what was known then."""

    incident_id: str
    number: int
    attendees: str
    place: str = ""
    video_link: str = ""
    pack: str = ""
    say = _("第{number}次会商开始，参会：{attendees}")


@event("command.consultation_widened", about="command.consultation")
class ConsultationWidened(Event):
    """More people were called to a consultation that goes on."""

    incident_id: str
    number: int
    attendees: str
    say = _("第{number}次会商增加参会：{attendees}")


@event("command.consultation_answered", about="command.consultation")
class ConsultationAnswered(Event):
    """Somebody who was called said whether and how they take part; ``note``: through whom, or why not."""

    incident_id: str
    number: int
    attendee: str
    answer: str
    note: str
    on_behalf: bool
    say = _("{attendee}答复第{number}次会商：{answer} {note}")


@event("command.consultation_joined", about="command.consultation")
class ConsultationJoined(Event):
    """Somebody is there: in the room, by telephone or by video."""

    incident_id: str
    number: int
    attendee: str
    way: str
    say = _("{attendee}参加第{number}次会商（{way}）")


@event("command.consultation_left", about="command.consultation")
class ConsultationLeft(Event):
    """Somebody left before the consultation was over."""

    incident_id: str
    number: int
    attendee: str
    say = _("{attendee}离开第{number}次会商")


@event("command.consultation_opinion_given", about="command.consultation")
class ConsultationOpinionGiven(Event):
    """Somebody said what they think; what they said before stays. ``digest`` is a written opinion's."""

    incident_id: str
    number: int
    attendee: str
    stance: str
    words: str
    on_behalf: bool
    file_id: str = ""
    digest: str = ""
    say = _("{attendee}（{stance}）：{words}")


@event("command.consultation_item_decided", about="command.consultation")
class ConsultationItemDecided(Event):
    """It was decided who does what by when."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "number", "item"})
    incident_id: str
    number: int
    item: int
    decision: str
    responsible: str
    by: str
    say = _("第{number}次会商议定：{decision}（{responsible}，{by}）")


@event("command.consultation_item_withdrawn", about="command.consultation")
class ConsultationItemWithdrawn(Event):
    """What was decided holds no longer, or was entered wrongly."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "number", "item"})
    incident_id: str
    number: int
    item: int
    decision: str
    reason: str
    say = _("撤销第{number}次会商议定事项“{decision}”：{reason}")


@event("command.consultation_item_ordered", about="command.consultation")
class ConsultationItemOrdered(Event):
    """What was decided became an order; from now on it stands as the order stands."""

    stays: ClassVar[frozenset[str]] = frozenset(
        {"incident_id", "number", "item", "order_id", "order"}
    )
    incident_id: str
    number: int
    item: int
    decision: str
    order_id: str
    order: int
    say = _("第{number}次会商议定事项“{decision}”作为{order}号令下达")


@event("command.consultation_item_settled", about="command.consultation")
class ConsultationItemSettled(Event):
    """What was decided has been done without an order, or something else came of it."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "number", "item"})
    incident_id: str
    number: int
    item: int
    decision: str
    outcome: str
    say = _("第{number}次会商议定事项“{decision}”办结：{outcome}")


@event("command.minutes_recorded", about="command.consultation")
class MinutesRecorded(Event):
    """The minutes of a consultation were written or amended."""

    incident_id: str
    number: int
    findings: str
    dissent: str
    items: str
    situation: str = ""
    chair: str = ""
    say = _("第{number}次会商纪要：{findings}")


@event("command.consultation_closed", about="command.consultation")
class ConsultationClosed(Event):
    """A consultation is over; its minutes stand."""

    incident_id: str
    number: int
    say = _("第{number}次会商结束")


@event("command.minutes_signed", about="command.consultation")
class MinutesSigned(Event):
    """Somebody put their name under the minutes."""

    incident_id: str
    number: int
    signed_by: str
    say = _("{signed_by}签发第{number}次会商纪要")
