"""States and kinds of command, and which may follow which."""

from django.db.models import IntegerChoices, TextChoices

from liandong.kernel.states import Moves


class IncidentState(TextChoices):
    """The life of an incident."""

    OPEN = "open", "处置中"
    CLOSED = "closed", "已结束"


class Severity(IntegerChoices):
    """事件级别; none of them while undetermined, and never derived from another level."""

    ORDINARY = 1, "一般"
    LARGER = 2, "较大"
    MAJOR = 3, "重大"
    GRAVEST = 4, "特别重大"


class CommandLevel(TextChoices):
    """指挥层级: who is in overall command; the county goes on with what it began."""

    COUNTY = "county", "县级指挥"
    CITY = "city", "市级指挥"
    PROVINCE = "province", "省级指挥"
    STATE = "state", "国家指挥"


class ResponseLevel(TextChoices):
    """响应级别, the gravest first."""

    FIRST = "I", "Ⅰ级"
    SECOND = "II", "Ⅱ级"
    THIRD = "III", "Ⅲ级"
    FOURTH = "IV", "Ⅳ级"


class DecisionKind(TextChoices):
    """What is proposed, or decided, about a response."""

    ACTIVATE = "activate", "启动"
    RAISE = "raise", "升级"
    LOWER = "lower", "降级"
    MAINTAIN = "maintain", "维持"
    END = "end", "终止"


class ProposalState(TextChoices):
    """What became of a proposal."""

    OPEN = "open", "待决定"
    DECIDED = "decided", "已决定"
    SUPERSEDED = "superseded", "已更新"


class ConsultationState(TextChoices):
    """The life of a consultation."""

    OPEN = "open", "会商中"
    CLOSED = "closed", "已结束"


class DecisionState(TextChoices):
    """A decision waits until everyone who must has signed."""

    PENDING = "pending", "待会签"
    MADE = "made", "已生效"
    WITHDRAWN = "withdrawn", "已作废"


class ResponseState(TextChoices):
    """The life of a response."""

    ACTIVE = "active", "响应中"
    ENDED = "ended", "已终止"


class FieldPostState(TextChoices):
    """The life of a field headquarters."""

    OPEN = "open", "已设立"
    CLOSED = "closed", "已撤销"


class OrderState(TextChoices):
    """The life of an order. Overdue is no state: a rung was climbed and the deadline has passed."""

    ISSUED = "issued", "已下达"
    DELIVERED = "delivered", "已送达"
    READ_BACK = "read_back", "已复诵"
    ACCEPTED = "accepted", "已接受"
    DECLINED = "declined", "无法执行"
    IN_PROGRESS = "in_progress", "进行中"
    FINISHED = "finished", "已完成"
    CHECKED = "checked", "已核验"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "已撤回"
    REPLACED = "replaced", "已改令"


class CounterAnswer(TextChoices):
    """How a counter-proposal was answered."""

    ACCEPTED = "accepted", "采纳对案"
    INSISTED = "insisted", "坚持原令"


class ReportKind(TextChoices):
    """信息报告: the first, those that follow, the last."""

    FIRST = "first", "首报"
    FOLLOW_UP = "follow_up", "续报"
    FINAL = "final", "终报"


class ReportState(TextChoices):
    """The life of a report."""

    DUE = "due", "应报"
    DRAFTED = "drafted", "已拟稿"
    OVERDUE = "overdue", "已超时"
    SENT = "sent", "已报出"
    WAIVED = "waived", "免报"


class Channel(TextChoices):
    """How a report goes up: by telephone first, in writing after."""

    PHONE = "phone", "电话"
    WRITTEN = "written", "书面"


class Anchor(TextChoices):
    """What a report's clock counts from."""

    OCCURRED = "occurred", "发生"
    DISCOVERED = "discovered", "发现"
    RECEIVED = "received", "接报"
    LEADER_INFORMED = "leader_informed", "负责人接报"


class BasisStatus(TextChoices):
    """Whether a figure stands in a paper that was read, or was assumed by the county."""

    RECORDED = "recorded", "有原文"
    ASSUMED = "assumed", "暂定"


R = ReportState
S = OrderState

INCIDENT_MOVES = Moves(
    {IncidentState.OPEN: {IncidentState.CLOSED}, IncidentState.CLOSED: set()}
)
FIELD_POST_MOVES = Moves(
    {FieldPostState.OPEN: {FieldPostState.CLOSED}, FieldPostState.CLOSED: set()}
)
CONSULTATION_MOVES = Moves(
    {ConsultationState.OPEN: {ConsultationState.CLOSED}, ConsultationState.CLOSED: set()}
)
DECISION_MOVES = Moves(
    {
        DecisionState.PENDING: {DecisionState.MADE, DecisionState.WITHDRAWN},
        DecisionState.MADE: set(),
        DecisionState.WITHDRAWN: set(),
    }
)
ORDER_MOVES = Moves(
    {
        S.ISSUED: {S.DELIVERED, S.READ_BACK, S.DECLINED, S.RECALLED, S.REPLACED},
        S.DELIVERED: {S.READ_BACK, S.DECLINED, S.RECALLED, S.REPLACED},
        S.READ_BACK: {S.ACCEPTED, S.DECLINED, S.RECALLED, S.REPLACED},
        S.ACCEPTED: {S.IN_PROGRESS, S.FINISHED, S.DECLINED, S.RECALLED, S.REPLACED},
        # Insisted upon, an order starts anew: it wants a new reading back.
        S.DECLINED: {S.ISSUED, S.RECALLED, S.REPLACED},
        S.IN_PROGRESS: {S.IN_PROGRESS, S.FINISHED, S.DECLINED, S.RECALLED, S.REPLACED},
        S.FINISHED: {S.CHECKED, S.RETURNED},
        S.RETURNED: {S.IN_PROGRESS, S.FINISHED, S.DECLINED, S.RECALLED, S.REPLACED},
        S.CHECKED: set(),
        S.RECALLED: set(),
        S.REPLACED: set(),
    }
)
REPORT_MOVES = Moves(
    {
        R.DUE: {R.DRAFTED, R.OVERDUE, R.SENT, R.WAIVED},
        R.DRAFTED: {R.DRAFTED, R.OVERDUE, R.SENT, R.WAIVED},
        # What was missed is still owed, however it is worked on.
        R.OVERDUE: {R.OVERDUE, R.SENT},
        R.SENT: set(),
        R.WAIVED: set(),
    }
)

# Nobody carries out the orders of these states any more; a step may be ordered anew.
VOID = frozenset({S.RECALLED, S.REPLACED})
# The unit still owes something.
LIVE = frozenset(
    {S.ISSUED, S.DELIVERED, S.READ_BACK, S.ACCEPTED, S.DECLINED, S.IN_PROGRESS, S.RETURNED}
)
UNANSWERED = frozenset({S.ISSUED, S.DELIVERED})
UNDER_WAY = frozenset({S.READ_BACK, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED})
DONE = frozenset({S.FINISHED, S.CHECKED})
OWED = frozenset({R.DUE, R.DRAFTED, R.OVERDUE})
