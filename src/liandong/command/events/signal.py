"""What is said of signals, and of calls that were written down."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.signal_raised", about="command.signal")
class SignalRaised(Event):
    """Somebody calls or sends word; it rings until it is taken."""

    reaches_drills = True
    channel: str
    caller: str
    number: str
    words: str
    received_at: str
    next_post: str
    say = _("{channel}响铃：{caller} {words}")


@event("command.signal_pasted", about="command.signal")
class SignalPasted(Event):
    """Words, a picture or a voice note were copied in from a chat, by whoever sees to them."""

    channel: str
    caller: str
    words: str
    files: str
    say = _("粘贴{channel}内容：{words}")


@event("command.phone_record_taken_up", about="command.signal")
class PhoneRecordTakenUp(Event):
    """A call of the duty telephone's book turned out to be an emergency."""

    record: str
    record_id: str
    say = _("{record}转接报登记")


@event("command.signal_taken", about="command.signal")
class SignalTaken(Event):
    """Somebody of the duty desk has answered; it rings no more."""

    reaches_drills = True
    who: str
    waited_seconds: int
    say = _("{who}接听，响铃 {waited_seconds} 秒")


@event("command.signal_handed", about="command.signal")
class SignalHanded(Event):
    """It was passed to the leader of the shift, and rings there."""

    reaches_drills = True
    told: str
    say = _("转{told}接听")


@event("command.signal_climbed", about="command.signal")
class SignalClimbed(Event):
    """Nobody answered in time: the next is rung besides."""

    reaches_drills = True
    rung: int
    rung_post: str
    told: str
    say = _("无人接听，第{rung}级响铃至{told}")


@event("command.signal_registered", about="command.signal")
class SignalRegistered(Event):
    """What it was about has been written down, in an incident of its own or in an open one."""

    reaches_drills = True
    incident_id: str
    incident_title: str
    say = _("已登记：{incident_title}")


@event("command.signal_dismissed", about="command.signal")
class SignalDismissed(Event):
    """It was no emergency; the reason stays."""

    reaches_drills = True
    reason: str
    say = _("不作登记：{reason}")


@event("command.call_registered", about="command.call")
class CallRegistered(Event):
    """A call was written down with its eight elements; figures nobody could tell are blank."""

    incident_id: str
    number: str
    channel: str
    caller: str
    received_at: str
    occurred: str
    place: str
    what: str
    dead: str
    missing: str
    badly_injured: str
    villages: str
    measures: str
    merged: bool
    lon: str = ""
    lat: str = ""
    on_behalf_of: str = ""
    read_back: bool = False
    say = _("接报登记{number}：{caller}报，{place}，{what}")


@event("command.call_read_back", about="command.call")
class CallReadBack(Event):
    """What was written down for somebody who cannot do so was read to them, and they said yes."""

    number: str
    caller: str
    by: str
    say = _("接报{number}已向{caller}复诵，对方确认")
