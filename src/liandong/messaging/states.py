"""Channels, and what may become of a message on one of them."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class Channel(TextChoices):
    """A way to a person."""

    IN_APP = "in_app", _("站内")
    EMAIL = "email", _("电子邮件")
    PHONE = "phone", _("固定电话")
    MOBILE = "mobile", _("手机")


class CheckResult(TextChoices):
    """What a test call came to."""

    REACHED = "reached", _("接通")
    NO_ANSWER = "no_answer", _("无人接听")
    SWITCHED_OFF = "switched_off", _("关机或停机")
    WRONG = "wrong", _("空号、错号或退信")


class ReceiptState(TextChoices):
    """How far a message came on one way. ``unknown`` is an answer: nobody can say."""

    QUEUED = "queued", _("待发")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    READ = "read", _("已阅")
    FAILED = "failed", _("未送达")
    UNKNOWN = "unknown", _("不知是否送达")


RECEIPT_MOVES: Moves[ReceiptState] = Moves(
    {
        ReceiptState.QUEUED: {ReceiptState.SENT, ReceiptState.FAILED, ReceiptState.UNKNOWN},
        ReceiptState.SENT: {ReceiptState.DELIVERED, ReceiptState.READ, ReceiptState.FAILED},
        ReceiptState.DELIVERED: {ReceiptState.READ},
        ReceiptState.READ: set(),
        ReceiptState.FAILED: {ReceiptState.QUEUED, ReceiptState.DELIVERED, ReceiptState.READ},
        ReceiptState.UNKNOWN: {
            ReceiptState.QUEUED,
            ReceiptState.DELIVERED,
            ReceiptState.READ,
            ReceiptState.FAILED,
        },
    }
)


class Tier(IntegerChoices):
    """Levels of command (指挥层级), the highest first: whose people are called before whose."""

    COUNTY = 1, _("县级")
    TOWN = 2, _("乡镇")
    VILLAGE = 3, _("村（社区）")
    GROUP = 4, _("村民小组")
    HOUSEHOLD = 5, _("包户责任人")


class Urgency(IntegerChoices):
    """How urgent what is said is, by the colors of warnings; the more, the more people."""

    BLUE = 1, _("蓝色")
    YELLOW = 2, _("黄色")
    ORANGE = 3, _("橙色")
    RED = 4, _("红色")


class CallOutState(TextChoices):
    """The life of a call-out."""

    RUNNING = "running", _("正在叫应")
    FINISHED = "finished", _("已叫完")
    STOPPED = "stopped", _("已停止")


class CalleeState(TextChoices):
    """How far somebody is reached. ``silent`` ends a test call only."""

    WAITING = "waiting", _("待呼叫")
    CALLING = "calling", _("正在呼叫")
    ANSWERED = "answered", _("已应答")
    ASSIGNED = "assigned", _("派人上门")
    SILENT = "silent", _("未应答")
    STOPPED = "stopped", _("已停止")


class AnswerWay(TextChoices):
    """On which way somebody answered."""

    VOICE = "voice", _("语音按键")
    IN_APP = "in_app", _("站内已阅")
    SMS = "sms", _("短信回复")
    EMAIL = "email", _("邮件回复")
    PHONE = "phone", _("人工电话")
    RADIO = "radio", _("对讲机")
    SATELLITE = "satellite", _("卫星电话")
    DOOR = "door", _("上门")
    GONG = "gong", _("鸣锣")
    MEGAPHONE = "megaphone", _("喊话、大喇叭")


class AttemptState(TextChoices):
    """One call: noted, taken by the gateway, over."""

    CLAIMED = "claimed", _("待拨")
    PLACED = "placed", _("已拨出")
    ENDED = "ended", _("已结束")


OPEN_ATTEMPTS = [AttemptState.CLAIMED, AttemptState.PLACED]


class CallOutcome(TextChoices):
    """What one call came to. ``failed`` and ``canceled`` are no tries: nobody's phone rang."""

    CONFIRMED = "confirmed", _("听完并按键确认")
    PASSED_ON = "passed_on", _("代接，答应转告")
    PARTLY = "partly", _("接了，没有听完或没有确认")
    NO_ANSWER = "no_answer", _("无人接听")
    BUSY = "busy", _("占线")
    SWITCHED_OFF = "off", _("关机或停机")
    WRONG = "wrong", _("空号或错号")
    UNKNOWN = "unknown", _("不知结果")
    FAILED = "failed", _("线路没有拨出")
    CANCELED = "canceled", _("不必再拨")


CALL_OUT_MOVES: Moves[CallOutState] = Moves(
    {
        CallOutState.RUNNING: {CallOutState.FINISHED, CallOutState.STOPPED},
        CallOutState.FINISHED: set(),
        CallOutState.STOPPED: set(),
    }
)
CALLEE_MOVES: Moves[CalleeState] = Moves(
    {
        CalleeState.WAITING: {
            CalleeState.CALLING,
            CalleeState.ANSWERED,
            CalleeState.ASSIGNED,
            CalleeState.SILENT,
            CalleeState.STOPPED,
        },
        CalleeState.CALLING: {
            CalleeState.WAITING,
            CalleeState.ANSWERED,
            CalleeState.ASSIGNED,
            CalleeState.SILENT,
            CalleeState.STOPPED,
        },
        CalleeState.ANSWERED: set(),
        CalleeState.ASSIGNED: {CalleeState.ANSWERED},
        CalleeState.SILENT: {CalleeState.ANSWERED},
        CalleeState.STOPPED: {CalleeState.ANSWERED},
    }
)
