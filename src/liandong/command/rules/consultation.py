"""Who answers and speaks in a consultation, while it goes on, and what has to be said."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from liandong.command.models import Attendee, Consultation, ConsultationItem
from liandong.command.permissions import Permission
from liandong.command.states import InvitationAnswer, Stance
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _


def demand_running(consultation: Consultation) -> None:
    """Refuse what is asked of a consultation that is over."""
    if not consultation.is_open:
        raise IllegalMove(
            _("%(consultation)s已经结束，纪要不再改动。") % {"consultation": consultation},
            remedy=_("如有新情况，请另开一次会商。"),
        )


def demand_somebody(attendees: Sequence[object]) -> None:
    """Refuse a consultation with nobody."""
    if not attendees:
        raise Invalid(
            _("没有选参会岗位。"),
            place=_("参会"),
            remedy=_("请至少选一个岗位。"),
            fields={"attendees": _("请选择参会岗位")},
        )


def demand_link(link: str) -> None:
    """Refuse an address that a browser would not open safely: https and a host, nothing hidden."""
    if not link:
        return
    try:
        parts = urlsplit(link)
        fits = parts.scheme == "https" and bool(parts.hostname) and not parts.username
    except ValueError:
        fits = False
    if not fits or any(one.isspace() for one in link):
        raise Invalid(
            _("视频会议地址不是 https 开头的网址。"),
            place=_("视频会议地址"),
            remedy=_("请把会议软件给出的网址整行粘贴进来。"),
            fields={"video_link": _("请填写 https:// 开头的网址")},
        )


def is_own(actor: Actor, attendee: Attendee) -> bool:
    """Say whether the actor sits in the chair that was called."""
    return attendee.post_id is not None and f"post:{attendee.post_id}" in actor.scopes


def demand_speaks(actor: Actor, attendee: Attendee) -> None:
    """Everybody speaks for themselves; whoever keeps the minutes writes down what others said."""
    if is_own(actor, attendee) or actor.may(Permission.RECORD_MINUTES):
        return
    raise Forbidden(
        _("不能替“%(attendee)s”答复或发表意见。") % {"attendee": attendee},
        place=str(attendee.consultation),
        remedy=_("请由本人办理；电话口述的由记录人代录。"),
    )


def demand_answer(answer: str, deputy: str, reason: str) -> InvitationAnswer:
    """Refuse an answer that is none, or leaves out through whom, or why not."""
    if answer not in InvitationAnswer.values:
        raise Invalid(_("没有选怎样参加。"), fields={"answer": _("请选择")})
    if answer == InvitationAnswer.DEPUTY and not deputy.strip():
        raise Invalid(
            _("没有写由谁代为参加。"),
            place=_("代参会人"),
            remedy=_("请写姓名和职务。"),
            fields={"deputy": _("请填写代参会人")},
        )
    if answer == InvitationAnswer.CANNOT and not reason.strip():
        raise Invalid(
            _("没有写不能参加的原因。"),
            place=_("原因"),
            remedy=_("请写明原因。"),
            fields={"reason": _("请填写原因")},
        )
    return InvitationAnswer(answer)


def demand_since_called(
    at: datetime | None, consultation: Consultation, now: datetime, *, field: str
) -> None:
    """Refuse a moment that lies ahead, or before the consultation was called."""
    if at is not None and not consultation.opened_at <= at <= now:
        raise Invalid(
            _("这个时间不在会商期间。"),
            place=_("时间"),
            remedy=_("请核对时间；现在办理的留空。"),
            fields={field: _("应在会商开始以后、现在以前")},
        )


def demand_opinion(stance: str, words: str, *, has_file: bool) -> Stance:
    """Refuse an opinion that says nothing; to agree needs no words."""
    if stance not in Stance.values:
        raise Invalid(_("没有选意见。"), fields={"stance": _("请选择")})
    if stance != Stance.SUPPORT and not words.strip() and not has_file:
        raise Invalid(
            _("没有写意见的内容。"),
            place=_("意见"),
            remedy=_("请写明不同在哪里，或附条件是什么。"),
            fields={"words": _("请填写意见内容")},
        )
    return Stance(stance)


def demand_item(decision: str, due_at: datetime | None, by: str, opened_at: datetime) -> None:
    """Refuse what is decided without saying what, or until when."""
    if not decision.strip():
        raise Invalid(
            _("议定事项没有写内容。"),
            place=_("议定事项"),
            remedy=_("每项写明事项、责任和时限。"),
            fields={"decision": _("请填写事项")},
        )
    if due_at is None and not by.strip():
        raise Invalid(
            _("议定事项没有写时限。"),
            place=_("议定事项"),
            remedy=_("请填写到几时，或写明到什么情况为止。"),
            fields={"due_at": _("请填写时限")},
        )
    if due_at is not None and due_at <= opened_at:
        raise Invalid(
            _("议定事项的时限早于会商。"),
            place=_("议定事项"),
            remedy=_("请核对日期和时刻。"),
            fields={"due_at": _("不能早于会商开始")},
        )


def demand_open_item(item: ConsultationItem) -> None:
    """Refuse what is asked of an item that was ordered, settled or withdrawn."""
    if item.is_open:
        return
    if item.withdrawn_reason:
        what = _("“%(decision)s”已经撤销。")
    else:
        what = (
            _("“%(decision)s”已经下达为指令。")
            if item.order_id
            else _("“%(decision)s”已经办结。")
        )
    raise IllegalMove(
        what % {"decision": item.decision[:60]},
        place=str(item.consultation),
        remedy=_("请刷新后看最新状态。"),
    )


def demand_settler(actor: Actor, item: ConsultationItem) -> None:
    """What came of an item is said by whoever answers for it, or written down at the desk."""
    if f"post:{item.owner_id}" in actor.scopes or actor.may(Permission.RECORD_MINUTES):
        return
    raise Forbidden(
        _("这件议定事项不由您所在的岗位负责。"),
        place=str(item.consultation),
        remedy=_("请由“%(who)s”办理；电话报告的由值班员代录。") % {"who": item.responsible},
    )


def demand_other_signer(actor: Actor, consultation: Consultation) -> None:
    """Minutes are signed once they stand, once, and by somebody else than who wrote them."""
    if consultation.is_open:
        raise IllegalMove(
            _("%(consultation)s还没有结束。") % {"consultation": consultation},
            place=_("会商纪要"),
            remedy=_("请先结束会商，再签发纪要。"),
        )
    if consultation.signed_at:
        raise IllegalMove(
            _("纪要已由%(who)s签发。") % {"who": consultation.signed_by},
            place=str(consultation),
            remedy=_("请刷新后看最新状态。"),
        )
    if consultation.recorder == actor.label[:120]:
        raise Forbidden(
            _("记录人不能签发自己写的纪要。"),
            place=str(consultation),
            remedy=_("请由主持人或带班领导签发。"),
        )
