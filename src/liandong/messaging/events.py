"""Facts messaging publishes. None carries an address: those are personal and stay in their table."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("messaging.contact_point_added", about="messaging.contact_point")
class ContactPointAdded(Event):
    """A way to reach a person or a post has been entered."""

    owner: str
    channel: str
    say = _("登记{owner}的联系方式")


@event("messaging.contact_point_retired", about="messaging.contact_point")
class ContactPointRetired(Event):
    """A way to reach a person or a post is used no more."""

    owner: str
    channel: str
    say = _("停用{owner}的一个联系方式")


@event("messaging.contact_point_checked", about="messaging.contact_point")
class ContactPointChecked(Event):
    """Somebody tried a contact point, and it worked or it did not; who answered, if anybody."""

    owner: str
    channel: str
    works: bool
    result: str
    answered_by: str
    say = _("核对{owner}的联系方式")


@event("messaging.message_sent", about="messaging.message")
class MessageSent(Event):
    """A message to a post has been accepted, with a receipt for each person and channel."""

    reaches_drills = True
    to_post: str
    post_title: str
    title: str
    text: str
    urgent: bool
    subject_of_message: str
    people: list[str]
    say = _("通知{post_title}：{title}")


@event("messaging.message_delivered", about="messaging.message")
class MessageDelivered(Event):
    """A message has been shown to a person, or is known to have reached them."""

    receipt: str
    person: str
    channel: str
    say = _("消息已送到{person}")


@event("messaging.message_read", about="messaging.message")
class MessageRead(Event):
    """A person has said that they read a message."""

    reaches_drills = True
    receipt: str
    person: str
    say = _("{person}已阅")


@event("messaging.email_queued", about="messaging.receipt")
class EmailQueued(Event):
    """An e-mail waits to be sent; ``again`` when somebody asked for another try."""

    message: str
    person: str
    again: bool = False
    say = _("邮件待发：{person}")


@event("messaging.email_sent", about="messaging.receipt")
class EmailSent(Event):
    """A mail server has taken an e-mail."""

    message: str
    person: str
    say = _("邮件已发给{person}")


@event("messaging.delivery_failed", about="messaging.receipt")
class DeliveryFailed(Event):
    """A message did not reach a person on one channel, for good."""

    message: str
    person: str
    channel: str
    trouble: str
    say = _("未能送达{person}：{trouble}")


@event("messaging.outcome_lost", about="messaging.receipt")
class OutcomeLost(Event):
    """Nobody can say whether a message went out: sending was cut off half way."""

    message: str
    person: str
    channel: str
    trouble: str
    say = _("不知是否送达{person}：{trouble}")


@event("messaging.call_listing_entered", about="messaging.call_listing")
class CallListingEntered(Event):
    """Somebody stands on the call list, anew or otherwise than before."""

    owner: str
    area: str
    tier: int
    from_urgency: int
    say = _("列入叫应名单：{area} {owner}")


@event("messaging.call_listing_retired", about="messaging.call_listing")
class CallListingRetired(Event):
    """Somebody is called no more for a place."""

    owner: str
    area: str
    say = _("移出叫应名单：{area} {owner}")


@event("messaging.call_out_started", about="messaging.call_out")
class CallOutStarted(Event):
    """People are being called; how many, and about what."""

    reaches_drills = True
    title: str
    text: str
    subject_of_call: str
    urgency: int
    people: int
    is_test: bool
    say = _("开始叫应 {people} 人：{title}")


@event("messaging.callee_answered", about="messaging.call_out")
class CalleeAnswered(Event):
    """Somebody has answered: heard all of it and confirmed, or said so on another way."""

    callee: str
    person: str
    area: str
    way: str
    way_label: str
    answered_by: str
    answered_at: str
    tries: int
    say = _("{area} {person} 已应答（{way_label}）")


@event("messaging.callee_assigned", about="messaging.call_out")
class CalleeAssigned(Event):
    """Somebody could not be reached by telephone, and whoever is named goes to them."""

    callee: str
    person: str
    area: str
    goer: str
    go_by: str
    tries: int
    trouble: str
    say = _("{area} {person} 没有叫应，由{goer}上门")


@event("messaging.callee_not_met", about="messaging.call_out")
class CalleeNotMet(Event):
    """Somebody went, and did not find them."""

    callee: str
    person: str
    area: str
    goer: str
    trouble: str
    say = _("上门没有找到{area} {person}：{trouble}")


@event("messaging.call_out_finished", about="messaging.call_out")
class CallOutFinished(Event):
    """Nobody waits for a call any more: each has answered, or somebody goes."""

    title: str
    answered: int
    assigned: int
    silent: int
    is_test: bool
    say = _("叫应完毕：应答 {answered} 人，派人上门 {assigned} 人")


@event("messaging.call_out_stopped", about="messaging.call_out")
class CallOutStopped(Event):
    """A call-out was stopped before everybody had answered."""

    title: str
    reason: str
    say = _("停止叫应：{title}（{reason}）")


@event("messaging.voice_lost", about="messaging.voice")
class VoiceLost(Event):
    """The voice gateway does not answer; calls wait, and nobody's tries are counted."""

    trouble: str
    say = _("语音线路不通：{trouble}")


@event("messaging.voice_restored", about="messaging.voice")
class VoiceRestored(Event):
    """The voice gateway answers again."""

    away_seconds: int
    say = _("语音线路已恢复")
