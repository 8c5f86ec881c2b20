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
    MM = "MM", _("气象站")


class Quantity(TextChoices):
    """What a series holds; the unit is part of the name."""

    RAIN = "rain_mm", _("雨量")
    LEVEL = "level_m", _("水位")
    FLOW = "flow_m3s", _("流量")


UNITS = {Quantity.RAIN: "mm", Quantity.LEVEL: "m", Quantity.FLOW: "m³/s"}


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
