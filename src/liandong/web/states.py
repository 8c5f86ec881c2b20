"""States as they are drawn: an icon, a word and a tone, always all three."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Look(NamedTuple):
    """How a state looks."""

    icon: str
    text: str | Promise
    tone: str = ""


STATES: dict[str, Look] = {
    # orders
    "drafted": Look("pencil", _("拟稿"), "outline"),
    "issued": Look("send", _("已下达")),
    "delivered": Look("mail-opened", _("已送达")),
    "read_back": Look("message-dots", _("已复诵"), "blue"),
    "accepted": Look("check", _("已接受"), "blue"),
    "in_progress": Look("player-play", _("进行中"), "accent"),
    "finished": Look("checks", _("已完成"), "green"),
    "checked": Look("circle-check", _("已核验"), "green"),
    "overdue": Look("clock", _("超时"), "red"),
    "declined": Look("ban", _("无法执行"), "red"),
    "recalled": Look("arrow-back-up", _("已撤回"), "outline"),
    "stopped": Look("player-stop", _("已停止"), "outline"),
    "returned": Look("arrow-back-up", _("已退回"), "yellow"),
    "replaced": Look("replace", _("已改令"), "outline"),
    # reports
    "due": Look("hourglass", _("应报"), "outline"),
    "waived": Look("player-stop", _("免报"), "outline"),
    # graded clauses
    "met": Look("check", _("满足"), "green"),
    "undetermined": Look("question-mark", _("未定"), "yellow"),
    "not_met": Look("minus", _("不满足")),
    "not_recorded": Look("", _("原文未载"), "outline"),
    "assumed": Look("", _("假定"), "outline"),
    # what a check-up found
    "must": Look("ban", _("必须改"), "red"),
    "should": Look("alert-square", _("建议改"), "yellow"),
    # anything
    "ok": Look("check", _("正常"), "green"),
    "bad": Look("alert-triangle", _("异常"), "red"),
    "ask": Look("alert-triangle", _("待核实"), "yellow"),
    "soon": Look("clock", _("将到期"), "orange"),
    "waiting": Look("hourglass", _("等待"), "outline"),
    "info": Look("info-circle", _("说明"), "blue"),
    "plain": Look("", ""),
    "unknown": Look("", _("未知"), "outline"),
    "drill": Look("", _("演练"), "ink"),
}
# Other words for the same looks.
STATES |= {
    "sent": STATES["issued"],
    "acknowledged": STATES["read_back"],
    "under_way": STATES["in_progress"],
    "done": STATES["finished"],
    "progress": STATES["in_progress"],
    "escalated": Look("bell-ringing", _("催办"), "orange"),
    "split": Look("arrows-diff", _("已拆分"), "outline"),
    "handed_on": Look("arrow-right", _("已转交"), "outline"),
    "released": Look("player-play", _("可以开始"), "outline"),
    "answered": Look("message-check", _("已答复"), "accent"),
    "cannot_do": STATES["declined"],
    "failed": STATES["bad"],
}
