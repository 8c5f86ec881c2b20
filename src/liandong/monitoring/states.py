"""What stations measure, what a bound means, and the life of a warning."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


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
    WARNING = "warning", _("警戒")
    GUARANTEE = "guarantee", _("保证")
    HISTORICAL_MAX = "historical_max", _("历史最高")


class SourceStatus(TextChoices):
    """How well a figure is founded."""

    RECORDED = "recorded", _("有据")
    ASSUMED = "assumed", _("推定")


class Quality(TextChoices):
    """How far a reading is trusted."""

    GOOD = "good", _("正常")
    SUSPECT = "suspect", _("存疑")


class Level(TextChoices):
    """Levels of a warning, lowest first; not those of an event or of a response."""

    BLUE = "蓝", _("蓝色")
    YELLOW = "黄", _("黄色")
    ORANGE = "橙", _("橙色")
    RED = "红", _("红色")


class WarningState(TextChoices):
    """The life of a warning."""

    DRAFT = "draft", _("待确认")
    ISSUED = "issued", _("生效中")
    ADJUSTED = "adjusted", _("已被调整")
    LIFTED = "lifted", _("已解除")
    DISCARDED = "discarded", _("已放弃")


WARNING_MOVES = Moves(
    {
        WarningState.DRAFT: {WarningState.ISSUED, WarningState.DISCARDED},
        WarningState.ISSUED: {WarningState.ADJUSTED, WarningState.LIFTED},
        WarningState.ADJUSTED: set(),
        WarningState.LIFTED: set(),
        WarningState.DISCARDED: set(),
    }
)
