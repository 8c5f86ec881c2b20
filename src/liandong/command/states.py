"""States and kinds of command, and which may follow which."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class IncidentState(TextChoices):
    """The life of an incident."""

    OPEN = "open", _("处置中")
    CLOSED = "closed", _("已结束")
    MERGED = "merged", _("已并入")


class LinkKind(TextChoices):
    """How an incident belongs to another."""

    CAUSED_BY = "caused_by", _("由它引发")
    PART_OF = "part_of", _("是它的一部分")
    SAME_AS = "same_as", _("与它是同一事件")


class Severity(IntegerChoices):
    """事件级别; none of them while undetermined, and never derived from another level."""

    ORDINARY = 1, _("一般")
    LARGER = 2, _("较大")
    MAJOR = 3, _("重大")
    GRAVEST = 4, _("特别重大")


class CommandLevel(TextChoices):
    """指挥层级: who is in overall command; the county goes on with what it began."""

    COUNTY = "county", _("县级指挥")
    CITY = "city", _("市级指挥")
    PROVINCE = "province", _("省级指挥")
    STATE = "state", _("国家指挥")


class SuperiorOrderState(TextChoices):
    """What became of what a superior told the county to do; who carries it out, its orders say."""

    OPEN = "open", _("待回报")
    REPORTED = "reported", _("已回报")
    WITHDRAWN = "withdrawn", _("已收回")


class ResponseLevel(TextChoices):
    """响应级别, the gravest first."""

    FIRST = "I", _("Ⅰ级")
    SECOND = "II", _("Ⅱ级")
    THIRD = "III", _("Ⅲ级")
    FOURTH = "IV", _("Ⅳ级")


class DecisionKind(TextChoices):
    """What is proposed, or decided, about a response."""

    ACTIVATE = "activate", _("启动")
    RAISE = "raise", _("升级")
    LOWER = "lower", _("降级")
    MAINTAIN = "maintain", _("维持")
    END = "end", _("终止")


class ProposalState(TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("待决定")
    DECIDED = "decided", _("已决定")
    SUPERSEDED = "superseded", _("已更新")


class ConsultationState(TextChoices):
    """The life of a consultation."""

    OPEN = "open", _("会商中")
    CLOSED = "closed", _("已结束")


class InvitationAnswer(TextChoices):
    """What somebody who was called to a consultation answers."""

    COMES = "comes", _("到场参加")
    PHONE = "phone", _("电话参加")
    VIDEO = "video", _("视频参加")
    DEPUTY = "deputy", _("派人代参加")
    CANNOT = "cannot", _("不能参加")


class ActionPlanState(TextChoices):
    """The life of an action plan: one of an incident is being written, and one in force, at a time."""

    DRAFT = "draft", _("拟稿")
    SUBMITTED = "submitted", _("待签署")
    IN_FORCE = "in_force", _("执行中")
    SUPERSEDED = "superseded", _("已换期")


class AttendanceWay(TextChoices):
    """By which way somebody is in a consultation."""

    ROOM = "room", _("现场")
    PHONE = "phone", _("电话")
    VIDEO = "video", _("视频")


class Stance(TextChoices):
    """How somebody stands to what a consultation makes of the situation."""

    SUPPORT = "support", _("同意")
    CONDITIONS = "conditions", _("有条件同意")
    DIFFER = "differ", _("有不同意见")


class DecisionState(TextChoices):
    """A decision waits until everyone who must has signed."""

    PENDING = "pending", _("待会签")
    MADE = "made", _("已生效")
    REFUSED = "refused", _("未获同意")
    WITHDRAWN = "withdrawn", _("已作废")


class FilingKind(TextChoices):
    """Which deed about a special period the standing committee is told of."""

    DECLARED = "declared", _("宣布")
    EXTENDED = "extended", _("延长")
    LIFTED = "lifted", _("解除")


class SpecialPeriodKind(TextChoices):
    """特殊时期: times in which a law gives powers that it gives at no other time."""

    EMERGENCY_FLOOD = "emergency_flood", _("紧急防汛期")
    FIRE_BAN = "fire_ban", _("森林禁火期")
    GEOLOGICAL_DANGER = "geological_danger", _("地质灾害危险区")
    PRE_QUAKE = "pre_quake", _("临震应急期")


class SpecialPeriodState(TextChoices):
    """The life of a special period. One whose end has come lapses; it is lifted before by a decision."""

    IN_FORCE = "in_force", _("生效中")
    LIFTED = "lifted", _("已解除")
    LAPSED = "lapsed", _("已期满")


class ResponseState(TextChoices):
    """The life of a response."""

    ACTIVE = "active", _("响应中")
    ENDED = "ended", _("已终止")


class FieldPostKind(TextChoices):
    """Who commands on the spot: one who was sent there, or a headquarters with its groups."""

    COMMISSIONER = "commissioner", _("现场特派员")
    HEADQUARTERS = "headquarters", _("现场指挥部")


class FieldPostState(TextChoices):
    """The life of a field headquarters."""

    OPEN = "open", _("已设立")
    CLOSED = "closed", _("已撤销")


class FieldPresenceState(TextChoices):
    """Where somebody stands who came to the spot; all but those who left are counted there."""

    AT_WORK = "at_work", _("在岗")
    RESTING = "resting", _("轮休")
    LEFT = "left", _("已离开")


class Fitness(TextChoices):
    """What was found when each of a party was asked before a forest fire."""

    FIT = "fit", _("逐人问过，没有下列人员")
    MINOR = "minor", _("有未成年人")
    PREGNANT = "pregnant", _("有孕妇")
    DISABLED = "disabled", _("有残疾人")
    UNFIT = "unfit", _("有其他不适宜参加的人")


class MissingState(TextChoices):
    """What is known of somebody who was reported missing."""

    MISSING = "missing", _("失踪")
    ALIVE = "alive", _("平安")
    HURT = "hurt", _("受伤")
    DEAD = "dead", _("死亡")
    WITHDRAWN = "withdrawn", _("撤销登记")


class HouseholdState(TextChoices):
    """Where a household stands that has to leave its home."""

    TO_MOVE = "to_move", _("待转移")
    MOVED = "moved", _("已转移")
    REFUSED = "refused", _("不愿转移")
    AWAY = "away", _("已不在家")
    HOME = "home", _("已返回")


class RouteKind(TextChoices):
    """What a line on the map of an incident is for."""

    EVACUATION = "evacuation", _("转移路线")
    APPROACH = "approach", _("行进路线")
    CLOSED = "closed", _("封控路段")
    FIREBREAK = "firebreak", _("隔离带")


class RouteState(TextChoices):
    """The life of a route."""

    DRAWN = "drawn", _("在用")
    WITHDRAWN = "withdrawn", _("已撤销")


class OrderState(TextChoices):
    """The life of an order. Overdue is no state: a rung was climbed and the deadline has passed."""

    ISSUED = "issued", _("已下达")
    DELIVERED = "delivered", _("已送达")
    READ_BACK = "read_back", _("已复诵")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("无法执行")
    IN_PROGRESS = "in_progress", _("进行中")
    FINISHED = "finished", _("已完成")
    CHECKED = "checked", _("已核验")
    RETURNED = "returned", _("已退回")
    RECALLED = "recalled", _("已撤回")
    REPLACED = "replaced", _("已改令")


class OrderKind(TextChoices):
    """What sort of thing a post is told to do; all of them are orders."""

    ORDER = "order", _("指令")
    RELEASE = "release", _("发布信息")
    REQUEST = "request", _("请求支援")


class AssignmentState(TextChoices):
    """The life of an assignment."""

    ASSIGNED = "assigned", _("已派出")
    RELEASED = "released", _("已放回")


class CounterAnswer(TextChoices):
    """How a counter-proposal was answered."""

    ACCEPTED = "accepted", _("采纳对案")
    INSISTED = "insisted", _("坚持原令")


class TaskKind(TextChoices):
    """What a plan asks of somebody that is no order."""

    CONSULT = "consult", _("提请会商")
    DECIDE = "decide", _("提请决定")
    CALL_OUT = "call_out", _("叫应")
    START_PLAN = "start_plan", _("提请启动预案")


class PrecautionState(TextChoices):
    """The life of what is proposed for a warning: one of a warning is proposed or adopted at a time."""

    PROPOSED = "proposed", _("待决定")
    ADOPTED = "adopted", _("执行中")
    PASSED_OVER = "passed_over", _("不采取")
    SUPERSEDED = "superseded", _("已更新")
    ENDED = "ended", _("已解除")


class ReportKind(TextChoices):
    """信息报告: the first, those that follow, the last, and one that puts another right."""

    FIRST = "first", _("首报")
    FOLLOW_UP = "follow_up", _("续报")
    FINAL = "final", _("终报")
    CORRECTION = "correction", _("更正")


class ReportState(TextChoices):
    """The life of a report."""

    DUE = "due", _("应报")
    DRAFTED = "drafted", _("已拟稿")
    OVERDUE = "overdue", _("已超时")
    SENT = "sent", _("已报出")
    WAIVED = "waived", _("免报")


class DigestKind(TextChoices):
    """值班信息: of a day on duty, of some incidents, of a week."""

    DAILY = "daily", _("值班日报")
    BULLETIN = "bulletin", _("要情")
    WEEKLY = "weekly", _("一周台账")


class DigestState(TextChoices):
    """The life of an edition: it may be put in other words until it is issued."""

    COMPILED = "compiled", _("已编制")
    ISSUED = "issued", _("已签发")


class NilReturnState(TextChoices):
    """What a township answered in a round of nil reports."""

    AWAITED = "awaited", _("未报")
    NIL = "nil", _("平安")
    NEWS = "news", _("有情况")


class Channel(TextChoices):
    """How a report goes up: by telephone first, in writing or a superior's system after."""

    PHONE = "phone", _("电话")
    WRITTEN = "written", _("书面")
    SYSTEM = "system", _("系统")


class Anchor(TextChoices):
    """What a report's clock counts from."""

    OCCURRED = "occurred", _("发生")
    DISCOVERED = "discovered", _("发现")
    RECEIVED = "received", _("接报")
    LEADER_INFORMED = "leader_informed", _("负责人接报")


class BasisStatus(TextChoices):
    """Whether a figure stands in a paper that was read, or was assumed by the county."""

    RECORDED = "recorded", _("有原文")
    ASSUMED = "assumed", _("暂定")


class SignalChannel(TextChoices):
    """By which way word came in."""

    PHONE = "phone", _("电话")
    WECHAT = "wechat", _("微信群")
    POST = "post", _("值守上报")
    NEIGHBOR = "neighbor", _("邻县通报")
    PLATFORM = "platform", _("平台接口")
    VISIT = "visit", _("当面报告")
    SATELLITE = "satellite", _("卫星电话")
    RADIO = "radio", _("对讲机、电台")
    MESSENGER = "messenger", _("徒步送信")


class SignalState(TextChoices):
    """The life of a signal: it rings until taken, then it becomes a call or is dismissed."""

    RINGING = "ringing", _("响铃")
    HANDED = "handed", _("已转带班领导")
    TAKEN = "taken", _("已接听")
    REGISTERED = "registered", _("已登记")
    DISMISSED = "dismissed", _("不作登记")
    TRANSFERRING = "transferring", _("移送中")
    TRANSFERRED = "transferred", _("已移送")


class TransferState(TextChoices):
    """The life of a transfer: whoever received it first answers for it until it is taken over."""

    WAITING = "waiting", _("待接收")
    ACCEPTED = "accepted", _("已接收")
    REFUSED = "refused", _("已退回")


A = PrecautionState
R = ReportState
P = SpecialPeriodState
S = OrderState
G = SignalState

INCIDENT_MOVES = Moves(
    {
        IncidentState.OPEN: {IncidentState.CLOSED, IncidentState.MERGED},
        IncidentState.CLOSED: set(),
        IncidentState.MERGED: set(),
    }
)
FIELD_POST_MOVES = Moves(
    {FieldPostState.OPEN: {FieldPostState.CLOSED}, FieldPostState.CLOSED: set()}
)
FIELD_PRESENCE_MOVES = Moves(
    {
        FieldPresenceState.AT_WORK: {FieldPresenceState.RESTING, FieldPresenceState.LEFT},
        FieldPresenceState.RESTING: {FieldPresenceState.AT_WORK, FieldPresenceState.LEFT},
        FieldPresenceState.LEFT: set(),
    }
)
MISSING_MOVES = Moves(
    {
        MissingState.MISSING: {
            MissingState.ALIVE,
            MissingState.HURT,
            MissingState.DEAD,
            MissingState.WITHDRAWN,
        },
        # Each of them may have been a mistake; whoever was hurt may die.
        MissingState.ALIVE: {MissingState.MISSING},
        MissingState.HURT: {MissingState.DEAD, MissingState.MISSING},
        MissingState.DEAD: {MissingState.MISSING},
        MissingState.WITHDRAWN: {MissingState.MISSING},
    }
)
HOUSEHOLD_MOVES = Moves(
    {
        HouseholdState.TO_MOVE: {
            HouseholdState.MOVED,
            HouseholdState.REFUSED,
            HouseholdState.AWAY,
        },
        # From shelter to shelter they are moved again.
        HouseholdState.MOVED: {HouseholdState.MOVED, HouseholdState.HOME},
        HouseholdState.REFUSED: {
            HouseholdState.MOVED,
            HouseholdState.AWAY,
            HouseholdState.TO_MOVE,
        },
        HouseholdState.AWAY: {HouseholdState.MOVED, HouseholdState.HOME},
        # The danger came back.
        HouseholdState.HOME: {HouseholdState.TO_MOVE},
    }
)
ROUTE_MOVES = Moves({RouteState.DRAWN: {RouteState.WITHDRAWN}, RouteState.WITHDRAWN: set()})
SUPERIOR_ORDER_MOVES = Moves(
    {
        SuperiorOrderState.OPEN: {SuperiorOrderState.REPORTED, SuperiorOrderState.WITHDRAWN},
        SuperiorOrderState.REPORTED: set(),
        SuperiorOrderState.WITHDRAWN: set(),
    }
)
ACTION_PLAN_MOVES = Moves(
    {
        ActionPlanState.DRAFT: {ActionPlanState.SUBMITTED},
        ActionPlanState.SUBMITTED: {ActionPlanState.DRAFT, ActionPlanState.IN_FORCE},
        ActionPlanState.IN_FORCE: {ActionPlanState.SUPERSEDED},
        ActionPlanState.SUPERSEDED: set(),
    }
)
CONSULTATION_MOVES = Moves(
    {ConsultationState.OPEN: {ConsultationState.CLOSED}, ConsultationState.CLOSED: set()}
)
DECISION_MOVES = Moves(
    {
        DecisionState.PENDING: {
            DecisionState.MADE,
            DecisionState.REFUSED,
            DecisionState.WITHDRAWN,
        },
        DecisionState.MADE: set(),
        DecisionState.REFUSED: set(),
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
ASSIGNMENT_MOVES = Moves(
    {AssignmentState.ASSIGNED: {AssignmentState.RELEASED}, AssignmentState.RELEASED: set()}
)
PRECAUTION_MOVES = Moves(
    {
        A.PROPOSED: {A.ADOPTED, A.PASSED_OVER, A.SUPERSEDED, A.ENDED},
        A.ADOPTED: {A.SUPERSEDED, A.ENDED},
        A.PASSED_OVER: set(),
        A.SUPERSEDED: set(),
        A.ENDED: set(),
    }
)
SPECIAL_PERIOD_MOVES = Moves(
    {P.IN_FORCE: {P.LIFTED, P.LAPSED}, P.LIFTED: set(), P.LAPSED: set()}
)
REPORT_MOVES = Moves(
    {
        R.DUE: {R.DRAFTED, R.OVERDUE, R.SENT, R.WAIVED},
        R.DRAFTED: {R.DRAFTED, R.OVERDUE, R.SENT, R.WAIVED},
        # What was missed is still owed, however it is worked on, unless another incident reports it.
        R.OVERDUE: {R.OVERDUE, R.SENT, R.WAIVED},
        R.SENT: set(),
        R.WAIVED: set(),
    }
)

NIL_RETURN_MOVES = Moves(
    {
        NilReturnState.AWAITED: {NilReturnState.NIL, NilReturnState.NEWS},
        # What was said to be well may turn out not to be; what was not is never unsaid.
        NilReturnState.NIL: {NilReturnState.NEWS},
        NilReturnState.NEWS: {NilReturnState.NEWS},
    }
)
DIGEST_MOVES = Moves({DigestState.COMPILED: {DigestState.ISSUED}, DigestState.ISSUED: set()})
SIGNAL_MOVES = Moves(
    {
        G.RINGING: {G.TAKEN, G.HANDED, G.REGISTERED, G.DISMISSED, G.TRANSFERRING},
        # Nobody answered at the leader's either: it rings for all again.
        G.HANDED: {G.TAKEN, G.RINGING, G.REGISTERED, G.DISMISSED, G.TRANSFERRING},
        G.TAKEN: {G.HANDED, G.REGISTERED, G.DISMISSED, G.TRANSFERRING},
        # Sent back, it is again in the hands that had it first.
        G.TRANSFERRING: {G.TRANSFERRED, G.TAKEN, G.REGISTERED},
        G.TRANSFERRED: set(),
        G.REGISTERED: set(),
        G.DISMISSED: set(),
    }
)
TRANSFER_MOVES = Moves(
    {
        TransferState.WAITING: {TransferState.ACCEPTED, TransferState.REFUSED},
        TransferState.ACCEPTED: set(),
        TransferState.REFUSED: set(),
    }
)

# Nobody carries out the orders of these states any more. A recalled one holds its step back until people say on.
VOID = frozenset({S.RECALLED, S.REPLACED})
# The unit still owes something.
LIVE = frozenset(
    {S.ISSUED, S.DELIVERED, S.READ_BACK, S.ACCEPTED, S.DECLINED, S.IN_PROGRESS, S.RETURNED}
)
UNANSWERED = frozenset({S.ISSUED, S.DELIVERED})
UNDER_WAY = frozenset({S.READ_BACK, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED})
DONE = frozenset({S.FINISHED, S.CHECKED})
OWED = frozenset({R.DUE, R.DRAFTED, R.OVERDUE})
# Nobody has taken the signal yet.
SIGNAL_WAITS = frozenset({G.RINGING, G.HANDED})
