"""应急避难场所: where people can go, for how long, and in which kinds of disaster."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.hazards import HAZARDS
from liandong.sharing.registers.reading import Value
from liandong.sharing.registers.register import AREA, POINT, Register

# Wind and rain come through where there is no roof.
INDOORS_ONLY = frozenset({"11B"})


def _check(values: Mapping[str, Value]) -> dict[str, str]:
    """An open square suits an earthquake, not a typhoon; more people need more ground."""
    wrong: dict[str, str] = {}
    if values.get("space") == "outdoor" and INDOORS_ONLY & set(values.get("hazards", ())):
        wrong["hazards"] = gettext("室外场所不适合台风、暴雨等气象灾害，请去掉或改为室内。")
    area, people = values.get("area_m2"), values.get("capacity")
    if area and people and Decimal(area) < Decimal(people) / 2:
        wrong["capacity"] = gettext(
            "有效面积 %(area)s 平方米容不下 %(people)s 人，请核对。"
        ) % {
            "area": area,
            "people": people,
        }
    return wrong


SHELTER = Register(
    kind="shelter",
    title=_("应急避难场所"),
    prefix="CS",
    source="GB/T 44013-2024",
    about=_("人能转移到哪里：级别、容量、能住多久、适用哪些灾种、谁开门。"),
    shapes=(POINT, AREA),
    freshness_days=180,
    facets=("grade", "stay", "hazards"),
    mark="shelter",
    check=_check,
    fields=(
        Field(
            key="grade",
            title=_("级别"),
            kind=Kind.CHOICE,
            choices={
                "province": _("省级"),
                "city": _("市级"),
                "county": _("县级"),
                "township": _("乡镇（街道）级"),
                "village": _("村（社区）级"),
            },
            words={
                "乡镇级": "township",
                "街道级": "township",
                "村级": "village",
                "社区级": "village",
                "乡级": "township",
            },
            required=True,
            listed=True,
            also=("场所级别", "避难场所级别"),
            source="GB/T 44013-2024",
        ),
        Field(
            key="space",
            title=_("空间类型"),
            kind=Kind.CHOICE,
            choices={"indoor": _("室内"), "outdoor": _("室外"), "both": _("室内外兼有")},
            words={"室内型": "indoor", "室外型": "outdoor", "兼有": "both"},
            required=True,
            also=("场所类型", "类型", "室内外"),
            source="GB/T 44013-2024",
        ),
        Field(
            key="stay",
            title=_("避难时长"),
            kind=Kind.CHOICE,
            choices={"urgent": _("紧急"), "short": _("短期"), "long": _("长期")},
            words={"紧急避难": "urgent", "短期避难": "short", "长期避难": "long"},
            required=True,
            listed=True,
            also=("时长类型", "避难时间", "使用时长"),
            source="GB/T 44013-2024",
        ),
        Field(
            key="hazards",
            title=_("适用灾种"),
            kind=Kind.CHOICES,
            choices=HAZARDS,
            required=True,
            also=("适用事件", "适用灾害", "避难种类"),
        ),
        Field(
            key="area_m2",
            title=_("有效面积"),
            kind=Kind.DECIMAL,
            unit=_("平方米"),
            also=("有效避难面积", "面积"),
        ),
        Field(
            key="capacity",
            title=_("可容纳人数"),
            kind=Kind.INTEGER,
            unit=_("人"),
            summed=True,
            required=True,
            listed=True,
            also=("容纳人数", "容量", "可容纳"),
        ),
        Field(key="radius_m", title=_("服务半径"), kind=Kind.INTEGER, unit=_("米")),
        Field(
            key="keeper",
            title=_("管理员"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("管理人", "联系人", "负责人", "安置场所管理员"),
        ),
        Field(
            key="open_minutes",
            title=_("启用时间"),
            kind=Kind.INTEGER,
            unit=_("分钟"),
            also=("开放时间", "启用时限"),
            hint=_("接到通知后多久能开门"),
        ),
        Field(key="water", title=_("供水"), kind=Kind.YES_NO, also=("饮用水",)),
        Field(key="power", title=_("供电"), kind=Kind.YES_NO, also=("应急供电",)),
        Field(key="toilets", title=_("厕所"), kind=Kind.QUANTITY, unit=_("个"), also=("厕位",)),
        Field(key="accessible", title=_("无障碍"), kind=Kind.YES_NO, also=("无障碍设施",)),
        Field(
            key="supplies", title=_("储备物资"), kind=Kind.LONG_TEXT, also=("物资", "配备物资")
        ),
        Field(key="usual_use", title=_("平时用途"), also=("日常用途", "原用途")),
        Field(key="remark", title=_("备注"), kind=Kind.LONG_TEXT, also=("说明",)),
    ),
)
