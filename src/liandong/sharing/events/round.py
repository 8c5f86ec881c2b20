"""What is told of rounds of reporting and of what is compiled from them."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("sharing.round_opened", about="sharing.round")
class RoundOpened(Event):
    """An office asks units to bring their part of some registers up to date."""

    title: str
    office_id: str
    kinds: list[str]
    bodies: list[str]
    due_at: str
    say = _("布置报送：{title}")


@event("sharing.return_submitted", about="sharing.return")
class ReturnSubmitted(Event):
    """A unit has answered a round; ``is_nil`` where it has nothing to report."""

    round_id: str
    title: str
    body_id: str
    body: str
    is_nil: bool
    is_late: bool
    records: int
    say = _("{body}报送：{title}")


@event("sharing.return_sent_back", about="sharing.return")
class ReturnSentBack(Event):
    """The office has given a return back, with the reason."""

    round_id: str
    title: str
    body_id: str
    body: str
    reason: str
    say = _("退回{body}的报送：{reason}")


@event("sharing.return_accepted", about="sharing.return")
class ReturnAccepted(Event):
    """The office has checked a return and found it good."""

    round_id: str
    title: str
    body_id: str
    body: str
    say = _("审核通过{body}的报送：{title}")


@event("sharing.bulletin_compiled", about="sharing.bulletin")
class BulletinCompiled(Event):
    """An office has compiled what was returned; it waits for the committee office."""

    round_id: str
    title: str
    edition: int
    new: int
    changed: int
    gone: int
    say = _("汇编 {title} 第 {edition} 稿：新增 {new}，变更 {changed}，撤销 {gone}")


@event("sharing.bulletin_rejected", about="sharing.bulletin")
class BulletinRejected(Event):
    """The committee office wants a bulletin compiled anew."""

    round_id: str
    title: str
    reason: str
    say = _("{title} 的汇编未通过：{reason}")


@event("sharing.bulletin_approved", about="sharing.bulletin")
class BulletinApproved(Event):
    """The committee office has approved a bulletin."""

    round_id: str
    title: str
    say = _("审批通过 {title} 的汇编")


@event("sharing.bulletin_distributed", about="sharing.bulletin")
class BulletinDistributed(Event):
    """A bulletin has been given to named units, each of which is to sign for it."""

    round_id: str
    title: str
    bodies: list[str]
    say = _("分发 {title} 的汇编")


@event("sharing.bulletin_signed", about="sharing.bulletin")
class BulletinSigned(Event):
    """A unit has signed for a bulletin."""

    round_id: str
    title: str
    body_id: str
    body: str
    say = _("{body}签收 {title} 的汇编")


@event("sharing.units_reminded", about="sharing.round")
class UnitsReminded(Event):
    """Units that owe a return, or a signature, are to be reminded."""

    title: str
    what: str
    bodies: list[str]
    link: str
    say = _("催办 {title}")
