"""What stations measure, what a bound means, and the life of a warning."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves
from liandong.monitoring.signals import statistics
from liandong.monitoring.signals.quality import Flag


class StationKind(TextChoices):
    """Kinds of stations, lettered as SL 323 letters them."""

    PP = "PP", _("雨量站")
    ZZ = "ZZ", _("河道水位站")
    ZQ = "ZQ", _("河道水文站")
    RR = "RR", _("水库水文站")
    DD = "DD", _("堰闸水文站")
    TT = "TT", _("潮位站")
    SS = "SS", _("墒情站")
    MM = "MM", _("气象站")
    AQ = "AQ", _("空气质量站")  # not of SL 323, as are those below
    FILED = "TJ", _("统计报送")


class Quantity(TextChoices):
    """What a series holds; the unit is part of the name. Filed figures have names of their own."""

    RAIN = "rain_mm", _("雨量")
    LEVEL = "level_m", _("水位")
    FLOW = "flow_m3s", _("流量")
    INFLOW = "inflow_m3s", _("入库流量")
    OUTFLOW = "outflow_m3s", _("出库流量")
    STORAGE = "storage_hm3", _("蓄水量")
    GATE = "gate_m", _("闸门开度")
    SOIL = "soil_pct", _("土壤相对湿度")
    TEMPERATURE = "temp_c", _("气温")
    HUMIDITY = "humidity_pct", _("相对湿度")
    WIND = "wind_ms", _("平均风速")
    GUST = "gust_ms", _("阵风")
    VISIBILITY = "visibility_m", _("能见度")
    SNOW = "snow_mm", _("降雪量")
    SNOW_DEPTH = "snow_cm", _("积雪深度")
    PM25 = "pm25_ugm3", _("PM2.5")
    PM10 = "pm10_ugm3", _("PM10")
    SO2 = "so2_ugm3", _("二氧化硫")
    NO2 = "no2_ugm3", _("二氧化氮")
    O3 = "o3_ugm3", _("臭氧")
    CO = "co_mgm3", _("一氧化碳")
    AQI = "aqi", _("空气质量指数")


UNITS = {
    Quantity.RAIN: "mm",
    Quantity.LEVEL: "m",
    Quantity.FLOW: "m³/s",
    Quantity.INFLOW: "m³/s",
    Quantity.OUTFLOW: "m³/s",
    Quantity.STORAGE: "百万 m³",
    Quantity.GATE: "m",
    Quantity.SOIL: "%",
    Quantity.TEMPERATURE: "℃",
    Quantity.HUMIDITY: "%",
    Quantity.WIND: "m/s",
    Quantity.GUST: "m/s",
    Quantity.VISIBILITY: "m",
    Quantity.SNOW: "mm",
    Quantity.SNOW_DEPTH: "cm",
    Quantity.PM25: "µg/m³",
    Quantity.PM10: "µg/m³",
    Quantity.SO2: "µg/m³",
    Quantity.NO2: "µg/m³",
    Quantity.O3: "µg/m³",
    Quantity.CO: "mg/m³",
    Quantity.AQI: "",
}
# What adds up over time; everything else is a state at a moment.
FALLEN = frozenset({Quantity.RAIN, Quantity.SNOW})


class ThresholdKind(TextChoices):
    """What it means that a bound is reached."""

    RAINSTORM = "rainstorm", _("暴雨信号")
    SIGNAL = (
        "signal",
        _("气象信号"),
    )  # any other of the weather's signals; ``hazard`` says which
    WARNING = "warning", _("警戒")
    GUARANTEE = "guarantee", _("保证")
    HISTORICAL_MAX = "historical_max", _("历史最高")
    FLOOD_LIMIT = "flood_limit", _("汛限")
    NORMAL_POOL = "normal_pool", _("正常蓄水位")
    DESIGN_FLOOD = "design_flood", _("设计洪水位")
    CHECK_FLOOD = "check_flood", _("校核洪水位")
    DROUGHT = "drought", _("旱警")
    DEAD_POOL = "dead_pool", _("死水位")
    RATE = "rate", _("涨落过快")
    OWN = "own", _("自定")


class Hazard(TextChoices):
    """Classes of hazard a warning may be about, coded as real messages code them (GB/T 35561-2017)."""

    # 洪水 is assumed, to be checked by the county; those of the weather are seen in real messages.
    FLOOD = "11A01", _("洪水")
    TYPHOON = "11B01", _("台风")
    RAINSTORM = "11B03", _("暴雨")
    SNOWSTORM = "11B04", _("暴雪")
    COLD_WAVE = "11B05", _("寒潮")
    GALE = "11B06", _("大风")
    SANDSTORM = "11B07", _("沙尘暴")
    HEAT = "11B09", _("高温")
    LIGHTNING = "11B14", _("雷电")
    HAIL = "11B15", _("冰雹")
    FROST = "11B16", _("霜冻")
    FOG = "11B17", _("大雾")
    HAZE = "11B19", _("霾")
    THUNDERSTORM = "11B20", _("雷雨大风")
    ICY_ROADS = "11B21", _("道路结冰")
    DROUGHT = "11B22", _("干旱")
    OTHER_WEATHER = "11B99", _("其他气象灾害")


class Comparison(TextChoices):
    """From which side a bound is reached; what stands on it has reached it."""

    AT_LEAST = "at_least", _("达到或超过")
    AT_MOST = "at_most", _("降到或低于")
    BELOW = "below", _("低于")  # what stands on it has not


class Statistic(TextChoices):
    """Which figure of the readings a bound is held against."""

    VALUE = statistics.VALUE, _("读数")
    SUM = statistics.SUM, _("时段累计")
    MEAN = statistics.MEAN, _("时段平均")
    MAX = statistics.MAX, _("时段最高")
    MIN = statistics.MIN, _("时段最低")
    RISE = statistics.RISE, _("时段上涨")
    FALL = statistics.FALL, _("时段下降")
    MIN_FALL = statistics.MIN_FALL, _("日最低值的下降")
    DAILY_MAX = statistics.DAILY_MAX, _("连续几天的日最高值")
    COUNT = statistics.COUNT, _("同时满足的条件数")


class SourceStatus(TextChoices):
    """How well a figure is founded."""

    RECORDED = "recorded", _("有据")
    ASSUMED = "assumed", _("推定")


class Quality(TextChoices):
    """How far a reading is trusted."""

    GOOD = "good", _("正常")
    SUSPECT = "suspect", _("存疑")
    CONFIRMED = "confirmed", _("已核实")
    REJECTED = "rejected", _("已判废")


class SeriesStanding(TextChoices):
    """How a series stands just now."""

    OVER = "over", _("越限")
    DOUBTED = "doubted", _("存疑")
    SILENT = "silent", _("静默")
    NORMAL = "normal", _("正常")
    UNHEARD = "unheard", _("无读数")


# Others are kept and shown, and decide nothing.
TRUSTED = (Quality.GOOD, Quality.CONFIRMED)
FLAGS = {
    Flag.RANGE: _("超出可信范围"),
    Flag.SPIKE: _("突变"),
    Flag.STUCK: _("长时间不变"),
    Flag.DRY: _("无雨而涨"),
    Flag.UNIT: _("疑为单位错误"),
    Flag.CLOCK: _("时间超前"),
    Flag.FLAPPING: _("反复更正"),
    Flag.ESTIMATED: _("估计值"),
    Flag.PROVISIONAL: _("未经整编"),
}


class Level(TextChoices):
    """Levels of a warning, lowest first; not those of an event or of a response."""

    BLUE = "蓝", _("蓝色")
    YELLOW = "黄", _("黄色")
    ORANGE = "橙", _("橙色")
    RED = "红", _("红色")


class WarningState(TextChoices):
    """The life of a warning."""

    DRAFT = "draft", _("待确认")
    SUBMITTED = "submitted", _("待批准")
    ISSUED = "issued", _("生效中")
    ADJUSTED = "adjusted", _("已被调整")
    LIFTED = "lifted", _("已解除")
    DISCARDED = "discarded", _("已放弃")


WARNING_MOVES = Moves(
    {
        WarningState.DRAFT: {
            WarningState.SUBMITTED,
            WarningState.ISSUED,
            WarningState.DISCARDED,
        },
        WarningState.SUBMITTED: {
            WarningState.ISSUED,
            WarningState.DRAFT,
            WarningState.DISCARDED,
        },
        WarningState.ISSUED: {WarningState.ADJUSTED, WarningState.LIFTED},
        WarningState.ADJUSTED: set(),
        WarningState.LIFTED: set(),
        WarningState.DISCARDED: set(),
    }
)


class Period(TextChoices):
    """How often a unit files statistics."""

    DAILY = "daily", _("每日")
    WEEKLY = "weekly", _("每周")
    TEN_DAY = "ten_day", _("每旬")
    MONTHLY = "monthly", _("每月")
    QUARTERLY = "quarterly", _("每季度")


class Weekday(IntegerChoices):
    """The day a week of statistics ends on."""

    MONDAY = 1, _("周一")
    TUESDAY = 2, _("周二")
    WEDNESDAY = 3, _("周三")
    THURSDAY = 4, _("周四")
    FRIDAY = 5, _("周五")
    SATURDAY = 6, _("周六")
    SUNDAY = 7, _("周日")


class FilingState(TextChoices):
    """Whether a unit has filed for a period."""

    AWAITED = "awaited", _("待报")
    FILED = "filed", _("已报")


class UrgeStep(IntegerChoices):
    """How far up it has been said that a filing is owed."""

    ASKED = 0, _("已通知")
    REMINDED = 1, _("已提醒")
    OVERDUE = 2, _("已催报")
    LEADER = 3, _("已告知单位负责人")
    OFFICE = 4, _("已告知办公室")


class CameBy(TextChoices):
    """How a warning of somebody else came."""

    HAND = "hand", _("人工录入")
    API = "api", _("接口")
    FEED = "feed", _("订阅")


class Standing(TextChoices):
    """How a warning of somebody else stands. What ran out is told by the time, not by a state."""

    IN_FORCE = "in_force", _("有效")
    REPLACED = "replaced", _("已被更新")
    CANCELLED = "cancelled", _("已解除")
    ENDING = "ending", _("解除通知")
    ASIDE = "aside", _("非实际预警")
    CONFLICT = "conflict", _("编号冲突")
    REFUSED = "refused", _("拒收")


STANDING_MOVES = Moves(
    {
        Standing.IN_FORCE: {Standing.REPLACED, Standing.CANCELLED},
        Standing.REPLACED: set(),
        Standing.CANCELLED: set(),
        Standing.ENDING: set(),
        Standing.ASIDE: set(),
        Standing.CONFLICT: set(),
        Standing.REFUSED: set(),
    }
)


class MeetingState(TextChoices):
    """The life of a joint meeting."""

    CALLED = "called", _("已通知")
    OPEN = "open", _("正在开")
    CLOSED = "closed", _("待签纪要")
    SIGNED = "signed", _("纪要已签发")
    CANCELED = "canceled", _("已取消")


MEETING_MOVES = Moves(
    {
        MeetingState.CALLED: {MeetingState.OPEN, MeetingState.CANCELED},
        MeetingState.OPEN: {MeetingState.CLOSED},
        MeetingState.CLOSED: {MeetingState.SIGNED},
        MeetingState.SIGNED: set(),
        MeetingState.CANCELED: set(),
    }
)


class SeatAnswer(TextChoices):
    """What a body answered to the invitation."""

    COMES = "comes", _("参加")
    DELEGATES = "delegates", _("派人代参加")
    CANNOT = "cannot", _("不能参加")


class DecisionState(TextChoices):
    """How far something decided in a joint meeting has come."""

    OPEN = "open", _("待签收")
    ACCEPTED = "accepted", _("办理中")
    DONE = "done", _("已办结")
    WITHDRAWN = "withdrawn", _("已撤销")


DECISION_MOVES = Moves(
    {
        DecisionState.OPEN: {
            DecisionState.ACCEPTED,
            DecisionState.DONE,
            DecisionState.WITHDRAWN,
        },
        DecisionState.ACCEPTED: {DecisionState.DONE, DecisionState.WITHDRAWN},
        DecisionState.DONE: set(),
        DecisionState.WITHDRAWN: set(),
    }
)
