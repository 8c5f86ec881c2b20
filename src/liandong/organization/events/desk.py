"""Facts about duty-room machines, and signatures on them."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("organization.desk_registered", about="organization.account")
class DeskRegistered(Event):
    """When a machine of the duty room received an account and the code that lets it in once."""

    username: str
    title: str
    post_id: str
    say = _("登记值班机：{title}")


@event("organization.desk_code_renewed", about="organization.account")
class DeskCodeRenewed(Event):
    """When a duty-room machine was shut out, and another code given to let it in again."""

    username: str
    title: str
    say = _("更换值班机登记码：{title}")
    cuts = True


@event("organization.desk_enrolled", about="organization.account")
class DeskEnrolled(Event):
    """When a browser became a duty-room machine by the code it was given."""

    username: str
    title: str
    browser: str
    address: str
    say = _("值班机启用：{title}（{browser} {address}）")


@event("organization.shift_joined", about="organization.account")
class ShiftJoined(Event):
    """When somebody came on duty at a machine; ``by`` is how they proved who they are."""

    attendance_id: str
    person_id: str
    person_name: str
    title: str
    by: str
    say = _("{person_name}在{title}签到上班")


@event("organization.shift_left", about="organization.account")
class ShiftLeft(Event):
    """When somebody went off duty at a machine."""

    attendance_id: str
    person_id: str
    person_name: str
    title: str
    say = _("{person_name}在{title}签退下班")


@event("organization.pin_set", about="organization.account")
class PinSet(Event):
    """When somebody chose the PIN they sign with on shared machines; it is told to nobody."""

    username: str
    say = _("设定签名口令：{username}")


@event("organization.pin_reset", about="organization.account")
class PinReset(Event):
    """When an administrator took away a PIN; its owner chooses another."""

    username: str
    say = _("取消签名口令：{username}")


@event("organization.signature_failed", about="organization.account")
class SignatureFailed(Event):
    """When a wrong PIN or code was given in somebody's name at a shared machine."""

    username: str
    desk: str
    say = _("签名未成功：{username}（{desk}）")


@event("organization.pin_locked", about="organization.account")
class PinLocked(Event):
    """When too many failures shut a PIN; the account itself stays open."""

    username: str
    desk: str
    say = _("签名口令已锁定：{username}（{desk}）")
