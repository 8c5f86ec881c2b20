"""Kinds of bodies, accounts and phases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class BodyKind(TextChoices):
    """What a body is in the county's mechanism."""

    COMMITTEE = "committee", _("应急委员会")
    GENERAL_HEADQUARTERS = "general_headquarters", _("总指挥部")
    SPECIAL_HEADQUARTERS = "special_headquarters", _("专项指挥部")
    HEADQUARTERS_OFFICE = "headquarters_office", _("指挥部办公室")
    UNIT = "unit", _("成员单位")
    PARTNER = "partner", _("协同单位")
    TOWNSHIP = "township", _("乡镇（街道）")
    VILLAGE = "village", _("村（社区）")
    ENTERPRISE = "enterprise", _("企业")
    SUPERIOR = "superior", _("上级机关")
    NEIGHBOR = "neighbor", _("毗邻县")


class Management(TextChoices):
    """Who manages a body; vertical ones, enterprises and the military are not the county's own."""

    COUNTY = "county", _("县属")
    VERTICAL = "vertical", _("垂直管理")
    MILITARY = "military", _("军队武警")
    ENTERPRISE = "enterprise", _("企业")


class Phase(TextChoices):
    """The phase of an emergency in which a duty falls due."""

    PREVENTION = "prevention", _("预防准备")
    WARNING = "warning", _("监测预警")
    RESPONSE = "response", _("处置救援")
    RECOVERY = "recovery", _("恢复重建")


class AccountKind(TextChoices):
    """Who stands behind an account."""

    PERSON = "person", _("人员")
    DEVICE = "device", _("设备")
    DESK = "desk", _("值班机")


class ShiftRole(TextChoices):
    """What somebody does during a shift."""

    OFFICER = "officer", _("值班员")
    LEADER = "leader", _("带班领导")


class IntakeKind(TextChoices):
    """What a spreadsheet that was taken in spoke of."""

    BODIES = "bodies", _("机构")
    PEOPLE = "people", _("人员与电话")
    ROSTER = "roster", _("值班表")
    STATIONS = "stations", _("测站与阈值")
    CALL_LIST = "call_list", _("叫应名单")


class Proof(TextChoices):
    """By what somebody proves at a shared machine who they are."""

    PIN = "pin", _("签名口令")
    TOTP = "totp", _("动态码")
    PASSWORD = "password", _("登录口令")


class IdentityCheck(TextChoices):
    """How it was made sure that somebody who lost their second factor is who they say."""

    PAPERS = "papers", _("当面核对证件")
    CALL_BACK = "call_back", _("回拨登记的电话")
    CHIEF = "chief", _("所在单位负责人证明")


class ResponsibilityRole(TextChoices):
    """For what part of an object somebody answers."""

    ADMINISTRATIVE = "administrative", _("行政责任人")
    TECHNICAL = "technical", _("技术责任人")
    PATROL = "patrol", _("巡查责任人")
    MONITORING = "monitoring", _("监测责任人")
    WARNING = "warning", _("预警责任人")
    EVACUATION = "evacuation", _("转移包保责任人")
    LEADER = "leader", _("包联领导")
    KEEPER = "keeper", _("管理责任人")


class PlainObject(TextChoices):
    """What somebody answers for that stands in no register."""

    HOUSEHOLDS = "households", _("受威胁户组")
    VILLAGE_GROUP = "village_group", _("村民小组")
    ROAD = "road", _("路段")
    DIKE = "dike", _("堤段")
    OTHER = "other", _("其他")


class RosterDays(TextChoices):
    """On which days a rule of the roster holds."""

    EVERY = "every", _("每天")
    WORKING = "working", _("工作日")
    REST = "rest", _("周末和节假日")
    WEEKEND = "weekend", _("周末")
    HOLIDAY = "holiday", _("节假日")


class SwapState(TextChoices):
    """How far a swap of shifts has come."""

    ASKED = "asked", _("待答复")
    AGREED = "agreed", _("已同意")
    DECLINED = "declined", _("不同意")
    WITHDRAWN = "withdrawn", _("已撤回")


SWAP_MOVES: Moves[SwapState] = Moves(
    {
        SwapState.ASKED: {SwapState.AGREED, SwapState.DECLINED, SwapState.WITHDRAWN},
        SwapState.AGREED: set(),
        SwapState.DECLINED: set(),
        SwapState.WITHDRAWN: set(),
    }
)


class Answer(TextChoices):
    """What came of a call in a roll-call."""

    WAITING = "waiting", _("未点")
    PRESENT = "present", _("在岗")
    NO_ANSWER = "no_answer", _("无人接听")
    BAD_NUMBER = "bad_number", _("电话不通")
    ABSENT = "absent", _("不在岗")


class PhoneRecordState(TextChoices):
    """Whether something is still to be done about a call."""

    OPEN = "open", _("待跟进")
    CLOSED = "closed", _("已办结")


PHONE_RECORD_MOVES: Moves[PhoneRecordState] = Moves(
    {
        PhoneRecordState.OPEN: {PhoneRecordState.CLOSED},
        PhoneRecordState.CLOSED: set(),
    }
)


class HandoverState(TextChoices):
    """Whether a handover has been signed by both."""

    OPEN = "open", _("正在交接")
    CLOSED = "closed", _("已交接")
    CANCELED = "canceled", _("已取消")


HANDOVER_MOVES: Moves[HandoverState] = Moves(
    {
        HandoverState.OPEN: {HandoverState.CLOSED, HandoverState.CANCELED},
        HandoverState.CLOSED: set(),
        HandoverState.CANCELED: set(),
    }
)
