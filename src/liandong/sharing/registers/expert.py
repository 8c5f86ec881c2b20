"""专家: whom the county asks for advice, on what, and how they are reached."""

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.hazards import HAZARDS
from liandong.sharing.registers.register import Register

EXPERT = Register(
    kind="expert",
    title=_("应急专家"),
    prefix="ZJ",
    source=_("《突发事件应对法》第五十七条"),
    about=_("可以请来会商、到现场的人：专业、职称、聘期、怎么找到。"),
    shapes=(),
    freshness_days=365,
    facets=("field", "hazards"),
    fields=(
        Field(
            key="field",
            title=_("专业领域"),
            kind=Kind.CHOICE,
            choices={
                "water": _("水利水文"),
                "geology": _("地质"),
                "weather": _("气象"),
                "forest": _("林业防火"),
                "chemistry": _("化工与危化品"),
                "mining": _("矿山"),
                "structure": _("建筑结构"),
                "fire": _("消防"),
                "transport": _("交通"),
                "power": _("电力通信"),
                "environment": _("生态环境"),
                "health": _("医疗卫生"),
                "animal": _("动物疫病"),
                "law": _("法律与舆情"),
                "other": _("其他"),
            },
            words={
                "水利": "water",
                "危化": "chemistry",
                "化工": "chemistry",
                "建筑": "structure",
                "医疗": "health",
                "卫生": "health",
                "环保": "environment",
                "林业": "forest",
            },
            required=True,
            listed=True,
            also=("专业", "专业类别", "专家类别", "从事专业"),
        ),
        Field(
            key="hazards",
            title=_("适用事件"),
            kind=Kind.CHOICES,
            choices=HAZARDS,
            also=("适用灾种", "擅长领域"),
        ),
        Field(key="workplace", title=_("工作单位"), listed=True, also=("所在单位", "单位")),
        Field(key="position", title=_("职务"), also=("职务职称",)),
        Field(key="rank", title=_("职称"), listed=True, also=("技术职称", "专业技术职务")),
        Field(
            key="phone", title=_("手机"), sensitive=True, also=("电话", "联系电话", "手机号码")
        ),
        Field(
            key="specialty", title=_("专长"), kind=Kind.LONG_TEXT, also=("研究方向", "主要业绩")
        ),
        Field(
            key="appointed_until",
            title=_("聘期到期"),
            kind=Kind.DATE,
            expires=True,
            also=("聘期至", "聘任到期", "聘期"),
        ),
        Field(key="goes_to_scene", title=_("可到现场"), kind=Kind.YES_NO),
        Field(
            key="arrival_minutes",
            title=_("到县时间"),
            kind=Kind.INTEGER,
            unit=_("分钟"),
            also=("到达时间",),
        ),
        Field(key="remark", title=_("备注"), kind=Kind.LONG_TEXT, also=("说明",)),
    ),
)
