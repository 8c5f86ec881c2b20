"""What monitoring tells the apps above it. Figures are decimal text, times ISO 8601."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("monitoring.station_registered", about="monitoring.station")
class StationRegistered(Event):
    """A station has been entered in the register, or entered anew with other particulars."""

    code: str
    station: str
    kind: str
    quantities: list[str]
    say = _("登记测站 {station}（{code}）")


@event("monitoring.threshold_set", about="monitoring.series")
class ThresholdSet(Event):
    """A bound has been put on a series, or put elsewhere."""

    threshold_id: str
    station: str
    kind: str
    level: str
    quantity: str
    window_hours: int
    bound: str
    status: str
    cite: str
    hazard: str = ""
    rule: str = ""
    is_active: bool = True
    say = _("为 {station} 设定阈值 {bound}")


@event("monitoring.readings_received", about="monitoring.batch")
class ReadingsReceived(Event):
    """A batch of readings has come in; the root vouches for each of them."""

    source: str
    count: int
    duplicates: int
    rejected: int
    algorithm: str
    root: str
    first_at: str
    last_at: str
    corrected: int = 0
    suspect: int = 0
    say = _("收到 {source} 读数 {count} 条")


@event("monitoring.reading_judged", about="monitoring.series")
class ReadingJudged(Event):
    """A person has said whether a doubted reading holds."""

    station: str
    quantity: str
    unit: str
    at: str
    value: str
    flags: int
    verdict: str
    reason: str
    say = _("核实 {station} 读数 {value} {unit}：{reason}")


@event("monitoring.datastream_mapped", about="monitoring.series")
class DatastreamMapped(Event):
    """It has been said which series a platform's Datastream is."""

    datastream: str
    station: str
    quantity: str
    say = _("数据流 {datastream} 对应 {station}")


@event("monitoring.limits_set", about="monitoring.series")
class LimitsSet(Event):
    """It has been settled what is credible of a series."""

    station: str
    quantity: str
    low: str
    high: str
    jump: str
    stuck_after: str
    say = _("为 {station} 设定可信范围")


@event("monitoring.threshold_crossed", about="monitoring.series")
class ThresholdCrossed(Event):
    """A series has reached a bound. ``ended_at`` is given if, told late, it is over already."""

    station_id: str
    station: str
    series_id: str
    threshold_id: str
    crossing_id: str
    quantity: str
    unit: str
    kind: str
    level: str
    window_hours: int
    bound: str
    value: str
    at: str
    ended_at: str
    window_minutes: int = 0
    rule: str = ""
    say = _("{station} 达到阈值 {bound} {unit}：{value} {unit}")


@event("monitoring.threshold_cleared", about="monitoring.series")
class ThresholdCleared(Event):
    """A series has stayed well back from a bound for long enough, or what was told of it is void."""

    station_id: str
    station: str
    series_id: str
    threshold_id: str
    crossing_id: str
    quantity: str
    unit: str
    kind: str
    level: str
    bound: str
    value: str
    peak: str
    at: str
    is_void: bool = False
    say = _("{station} 回落到阈值 {bound} {unit} 以下：{value} {unit}")


@event("monitoring.reach_set", about="monitoring.station")
class ReachSet(Event):
    """It was said how long water takes from one station to the next below it."""

    upstream: str
    downstream: str
    downstream_id: str
    minutes: int
    status: str
    cite: str
    say = _("{upstream} 到 {downstream} 的传播时间：{minutes} 分钟")


@event("monitoring.arrival_expected", about="monitoring.station")
class ArrivalExpected(Event):
    """What was crossed at a station above is expected at this one; nothing is warned of by itself."""

    station: str
    crossing_id: str
    upstream: str
    kind: str
    level: str
    at: str
    areas: list[str]
    say = _("{upstream} 来水预计到达 {station}")


@event("monitoring.warning_drafted", about="monitoring.warning")
class WarningDrafted(Event):
    """A warning, or the adjusting of one, has been proposed to those who may issue it."""

    reaches_drills = True
    category: str
    hazard: str
    level: str
    body_id: str
    replaces: str
    reason: str
    say = _("拟发布{category}{level}色预警，待确认：{reason}")


@event("monitoring.warning_issued", about="monitoring.warning")
class WarningIssued(Event):
    """A person has issued a warning with its eight elements."""

    reaches_drills = True
    category: str
    hazard: str
    level: str
    body_id: str
    starts_at: str
    published_at: str
    scope: str
    areas: list[str]
    cautions: str
    measures: str
    chain: str
    expires_at: str = ""
    approved_by: str = ""
    say = _("发布{category}{level}色预警")


@event("monitoring.warning_adjusted", about="monitoring.warning")
class WarningAdjusted(Event):
    """A warning in force has been adjusted and issued anew; ``replaces`` names the one before."""

    category: str
    hazard: str
    level: str
    former_level: str
    replaces: str
    body_id: str
    starts_at: str
    published_at: str
    scope: str
    areas: list[str]
    cautions: str
    measures: str
    chain: str
    expires_at: str = ""
    approved_by: str = ""
    say = _("{category}预警由{former_level}色调整为{level}色")


@event("monitoring.lifting_proposed", about="monitoring.warning")
class LiftingProposed(Event):
    """What a warning rests on has passed; a person may lift it."""

    category: str
    level: str
    body_id: str
    reason: str
    say = _("建议解除{category}{level}色预警：{reason}")


@event("monitoring.warning_lifted", about="monitoring.warning")
class WarningLifted(Event):
    """A person has lifted a warning."""

    category: str
    hazard: str
    level: str
    body_id: str
    lifted_at: str
    reason: str
    chain: str
    say = _("解除{category}{level}色预警")


@event("monitoring.warning_discarded", about="monitoring.warning")
class WarningDiscarded(Event):
    """A proposed warning has been put aside, with the reason."""

    reaches_drills = True
    category: str
    level: str
    body_id: str
    reason: str
    say = _("不发布拟定的{category}{level}色预警：{reason}")


@event("monitoring.statistic_form_set", about="monitoring.statistic_form")
class StatisticFormSet(Event):
    """What units have to file, and by when, has been laid down or changed."""

    form: str
    period: str
    items: list[str]
    filers: list[str]
    receivers: list[str]
    all_townships: bool
    say = _("设定统计报表“{form}”")


@event("monitoring.statistic_form_withdrawn", about="monitoring.statistic_form")
class StatisticFormWithdrawn(Event):
    """A form is not asked for any longer; what was filed stays."""

    form: str
    reason: str
    say = _("停用统计报表“{form}”：{reason}")


@event("monitoring.filings_asked", about="monitoring.statistic_form")
class FilingsAsked(Event):
    """A period of a form has come to its end: bodies are to file for it."""

    form: str
    form_key: str
    period_text: str
    from_on: str
    due_at: str
    bodies: list[str]
    say = _("请各单位报送“{form}”（{period_text}）")


@event("monitoring.filings_urged", about="monitoring.statistic_form")
class FilingsUrged(Event):
    """Bodies that have not filed are told of it, or those above them: ``step`` is of ``UrgeStep``."""

    form: str
    form_key: str
    period_text: str
    from_on: str
    step: int
    bodies: list[str]
    say = _("催报“{form}”（{period_text}）")


@event("monitoring.statistics_filed", about="monitoring.filing")
class StatisticsFiled(Event):
    """A body has filed for a period: figures, ``nil``, or from the second edition on ``corrected``."""

    kind: str
    form: str
    period_text: str
    body_id: str
    body: str
    edition: int
    is_nil: bool
    is_late: bool
    reason: str
    values: dict[str, str]
    says: ClassVar[Mapping[str, str]] = {
        "filed": _("{body}报送“{form}”（{period_text}）"),
        "nil": _("{body}零报告“{form}”（{period_text}）"),
        "corrected": _("{body}更正“{form}”（{period_text}）：{reason}"),
    }


@event("monitoring.filings_signed", about="monitoring.statistic_form")
class FilingsSigned(Event):
    """A receiver has signed for what was filed for a period."""

    form: str
    period_text: str
    body_id: str
    body: str
    filings: list[str]
    say = _("{body}签收“{form}”（{period_text}）")


@event("monitoring.warning_submitted", about="monitoring.warning")
class WarningSubmitted(Event):
    """A unit has confirmed a warning that a second person has to approve before it goes out."""

    reaches_drills = True
    category: str
    hazard: str
    level: str
    body_id: str
    replaces: str
    approver: str
    due_at: str
    say = _("提请{approver}批准发布{category}{level}色预警")


@event("monitoring.warning_returned", about="monitoring.warning")
class WarningReturned(Event):
    """A warning that waited for approval has gone back to its unit, with the reason."""

    reaches_drills = True
    category: str
    level: str
    body_id: str
    reason: str
    say = _("退回{category}{level}色预警：{reason}")


@event("monitoring.approval_fell_overdue", about="monitoring.warning")
class ApprovalFellOverdue(Event):
    """Nobody has approved or returned a warning in time; the next above has been told."""

    category: str
    level: str
    body_id: str
    approver: str
    told: str
    say = _("{category}{level}色预警到时未批，已告{told}")


@event("monitoring.warning_expired", about="monitoring.warning")
class WarningExpired(Event):
    """The time a warning was issued for is over; it stays in force until a person lifts it."""

    category: str
    level: str
    body_id: str
    expires_at: str
    say = _("{category}{level}色预警有效期已到，待延续或解除")


@event("monitoring.issuing_rule_set", about="monitoring.issuing_rule")
class IssuingRuleSet(Event):
    """From which level up a second person approves a unit's warnings has been laid down."""

    body: str
    hazard: str
    level: str
    approver: str
    minutes: int
    cite: str
    say = _("规定{level}色及以上预警由{approver}批准发布")


@event("monitoring.issuing_rule_dropped", about="monitoring.issuing_rule")
class IssuingRuleDropped(Event):
    """A second person approves these warnings no more; the unit issues by itself."""

    body: str
    hazard: str
    level: str
    approver: str
    say = _("取消{level}色及以上预警由{approver}批准的规定")


@event("monitoring.warning_template_set", about="monitoring.warning_template")
class WarningTemplateSet(Event):
    """The county has laid down its own words for a hazard at a level."""

    hazard: str
    category: str
    level: str
    cautions: str
    measures: str
    say = _("修改{category}{level}色预警的拟稿用语")


@event("monitoring.warning_template_dropped", about="monitoring.warning_template")
class WarningTemplateDropped(Event):
    """The county's own words for a hazard at a level are used no more."""

    hazard: str
    category: str
    level: str
    say = _("{category}{level}色预警改回系统拟稿用语")


@event("monitoring.warning_received", about="monitoring.received")
class WarningReceived(Event):
    """A warning of somebody else has come in; ``digest`` vouches for the bytes that are kept."""

    reaches_drills = True
    says: ClassVar[Mapping[str, str]] = {
        "in_force": _("收到{sender}的预警：{headline}"),
        "ending": _("收到{sender}的解除通知：{headline}"),
        "aside": _("收到{sender}的非实际预警（{status}）：{headline}"),
        "conflict": _("收到编号相同而内容不同的预警：{headline}"),
        "refused": _("拒收来自{source}的预警：{headline}"),
    }
    say = _("收到{sender}的预警：{headline}")
    kind: str
    original_id: str
    digest: str
    shape: str
    source: str
    identifier: str
    sender: str
    status: str
    hazard: str
    category: str
    level: str
    headline: str
    concerns_us: bool | None
    signature: str
    chain: str
    ended: list[str]
    problems: list[str]


@event("monitoring.received_noted", about="monitoring.received")
class ReceivedNoted(Event):
    """Somebody on duty has taken note of a warning of somebody else."""

    identifier: str
    headline: str
    say = _("已知悉收到的预警：{headline}")


@event("monitoring.received_taken_over", about="monitoring.received")
class ReceivedTakenOver(Event):
    """A warning of the county's own was drafted from one of somebody else."""

    identifier: str
    headline: str
    warning_id: str
    say = _("据收到的预警拟本县预警：{headline}")


@event("monitoring.meeting_plan_set", about="monitoring.meeting_plan")
class MeetingPlanSet(Event):
    """In which months a joint meeting is called by itself has been laid down, changed or ended."""

    plan: str
    months: list[int]
    day: int
    in_force: bool
    say = _("设定联席会议会期“{plan}”")


@event("monitoring.meeting_called", about="monitoring.joint_meeting")
class MeetingCalled(Event):
    """Bodies have been invited to a joint meeting."""

    meeting: str
    begins_at: str
    place: str
    bodies: list[str]
    say = _("通知召开{meeting}")


@event("monitoring.meeting_canceled", about="monitoring.joint_meeting")
class MeetingCanceled(Event):
    """A joint meeting that was called is not held."""

    meeting: str
    reason: str
    bodies: list[str]
    say = _("取消{meeting}：{reason}")


@event("monitoring.meeting_answered", about="monitoring.joint_meeting")
class MeetingAnswered(Event):
    """A body has said whether it comes."""

    kind: str
    meeting: str
    body: str
    delegate: str
    reason: str
    says: ClassVar[Mapping[str, str]] = {
        "comes": _("{body}参加{meeting}"),
        "delegates": _("{body}派{delegate}参加{meeting}"),
        "cannot": _("{body}不能参加{meeting}：{reason}"),
    }


@event("monitoring.meeting_topic_added", about="monitoring.joint_meeting")
class MeetingTopicAdded(Event):
    """Something has been put on the agenda."""

    meeting: str
    topic: str
    say = _("{meeting}增加议题：{topic}")


@event("monitoring.meeting_pack_frozen", about="monitoring.joint_meeting")
class MeetingPackFrozen(Event):
    """What is known has been put together for a meeting; the digest vouches for it."""

    meeting: str
    digest: str
    say = _("{meeting}的资料包已固定")


@event("monitoring.meeting_opened", about="monitoring.joint_meeting")
class MeetingOpened(Event):
    """A joint meeting has begun."""

    meeting: str
    say = _("{meeting}开始")


@event("monitoring.meeting_arrival_noted", about="monitoring.joint_meeting")
class MeetingArrivalNoted(Event):
    """Somebody of a body is there."""

    meeting: str
    body: str
    who: str
    say = _("{body}到会：{meeting}")


@event("monitoring.meeting_opinion_given", about="monitoring.joint_meeting")
class MeetingOpinionGiven(Event):
    """A body has said something that is kept by name."""

    meeting: str
    body: str
    who: str
    words: str
    say = _("{body}在{meeting}发表意见")


@event("monitoring.meeting_decided", about="monitoring.joint_meeting")
class MeetingDecided(Event):
    """A joint meeting has decided that a body does something by a day."""

    meeting: str
    decision_id: str
    number: int
    text: str
    body_id: str
    body: str
    due_on: str
    say = _("{meeting}议定：{text}（{body}，{due_on}前）")


@event("monitoring.meeting_decision_moved", about="monitoring.meeting_decision")
class MeetingDecisionMoved(Event):
    """What was decided has been accepted, done or withdrawn."""

    kind: str
    meeting: str
    text: str
    body: str
    words: str
    says: ClassVar[Mapping[str, str]] = {
        "accepted": _("{body}签收议定事项：{text}"),
        "done": _("{body}办结议定事项：{text}"),
        "withdrawn": _("撤销议定事项：{text}（{words}）"),
    }


@event("monitoring.meeting_decision_urged", about="monitoring.meeting_decision")
class MeetingDecisionUrged(Event):
    """What was decided is not done in time; ``step`` is of ``UrgeStep``."""

    meeting: str
    text: str
    body_id: str
    body: str
    office_id: str
    step: int
    say = _("催办议定事项：{text}（{body}）")


@event("monitoring.meeting_closed", about="monitoring.joint_meeting")
class MeetingClosed(Event):
    """A joint meeting is over; its minutes wait to be signed."""

    meeting: str
    missing: list[str]
    say = _("{meeting}结束")


@event("monitoring.meeting_minutes_recorded", about="monitoring.joint_meeting")
class MeetingMinutesRecorded(Event):
    """The minutes have been written, or written anew."""

    meeting: str
    chair: str
    situation: str
    findings: str
    recorder: str
    say = _("整理{meeting}纪要")


@event("monitoring.meeting_minutes_signed", about="monitoring.joint_meeting")
class MeetingMinutesSigned(Event):
    """The minutes are signed and go out to every body that was invited."""

    meeting: str
    signed_by: str
    bodies: list[str]
    say = _("签发{meeting}纪要")


@event("monitoring.meeting_minutes_received", about="monitoring.joint_meeting")
class MeetingMinutesReceived(Event):
    """A body has signed for the minutes."""

    meeting: str
    body: str
    say = _("{body}签收{meeting}纪要")
