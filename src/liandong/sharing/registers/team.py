"""队伍: who can be sent, how many, how soon, and whether they are insured."""

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.hazards import HAZARDS
from liandong.sharing.registers.register import POINT, Register

LAW = _("《突发事件应对法》第三十九条、第四十条")

TEAM = Register(
    kind="team",
    title=_("应急队伍"),
    prefix="DW",
    source=LAW,
    about=_("能派出去的力量：人数、驻地、集结时间、特长、装备，保险到什么时候。"),
    shapes=(POINT,),
    freshness_days=180,
    facets=("category", "hazards"),
    mark="team",
    fields=(
        Field(
            key="category",
            title=_("类别"),
            kind=Kind.CHOICE,
            choices={
                "national": _("国家综合性消防救援队伍"),
                "professional": _("专业应急救援队伍"),
                "semi_professional": _("半专业队伍"),
                "militia": _("民兵应急队伍"),
                "township": _("乡镇综合应急队"),
                "village": _("村应急小分队"),
                "enterprise": _("企业专兼职队伍"),
                "social": _("社会应急力量"),
                "volunteer": _("志愿者队伍"),
            },
            words={
                "消防": "national",
                "消防救援": "national",
                "专业": "professional",
                "半专业": "semi_professional",
                "民兵": "militia",
                "企业": "enterprise",
                "社会力量": "social",
                "社会组织": "social",
                "志愿者": "volunteer",
            },
            required=True,
            listed=True,
            also=("队伍类别", "队伍性质", "队伍类型"),
            source=LAW,
        ),
        Field(
            key="hazards",
            title=_("适用事件"),
            kind=Kind.CHOICES,
            choices=HAZARDS,
            also=("适用灾种", "救援类别", "救援类型"),
        ),
        Field(
            key="people",
            title=_("人数"),
            kind=Kind.INTEGER,
            unit=_("人"),
            summed=True,
            required=True,
            listed=True,
            also=("队伍人数", "队员人数", "人员数量"),
        ),
        Field(
            key="leader",
            title=_("负责人"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("队长", "联系人", "队伍负责人"),
        ),
        Field(
            key="duty_phone", title=_("值班电话"), also=("24小时电话", "应急电话", "联系电话")
        ),
        Field(
            key="assembly_minutes",
            title=_("集结时间"),
            kind=Kind.INTEGER,
            unit=_("分钟"),
            listed=True,
            also=("集结时限", "出动时间", "响应时间"),
        ),
        Field(
            key="endurance_hours",
            title=_("连续作战时间"),
            kind=Kind.INTEGER,
            unit=_("小时"),
            also=("连续作战能力", "自持时间"),
        ),
        Field(
            key="crosses_counties", title=_("可跨县增援"), kind=Kind.YES_NO, also=("可跨县",)
        ),
        Field(
            key="skills",
            title=_("特长"),
            kind=Kind.LONG_TEXT,
            also=("专长", "救援能力", "主要职能"),
        ),
        Field(
            key="qualifications",
            title=_("资质"),
            kind=Kind.LONG_TEXT,
            also=("资质证书", "技能证书", "资格证书"),
        ),
        Field(
            key="gear",
            title=_("防护装备"),
            kind=Kind.LONG_TEXT,
            also=("装备", "主要装备", "防护器材"),
            source=LAW,
        ),
        Field(
            key="vehicles",
            title=_("车辆"),
            kind=Kind.QUANTITY,
            unit=_("辆"),
            also=("车辆数", "救援车辆"),
        ),
        Field(
            key="insured",
            title=_("已办人身意外伤害保险"),
            kind=Kind.YES_NO,
            also=("保险", "是否投保"),
            source="《突发事件应对法》第四十条",
        ),
        Field(key="policy", title=_("保单号"), sensitive=True, also=("保单", "保险单号")),
        Field(
            key="insured_until",
            title=_("保险到期"),
            kind=Kind.DATE,
            expires=True,
            also=("保险到期日", "保险有效期", "保险有效期至"),
            source="《突发事件应对法》第四十条",
        ),
        Field(key="ages", title=_("年龄结构"), also=("平均年龄",)),
        Field(
            key="trained_on",
            title=_("最近培训"),
            kind=Kind.DATE,
            also=("最近培训日期", "培训时间"),
        ),
        Field(
            key="drilled_on",
            title=_("最近演练"),
            kind=Kind.DATE,
            also=("最近演练日期", "演练时间"),
        ),
        Field(
            key="registration",
            title=_("登记证号"),
            also=("社会组织登记证号",),
            hint=_("社会应急力量填写"),
        ),
        Field(key="credit_code", title=_("统一社会信用代码"), also=("信用代码",)),
        Field(
            key="agreement",
            title=_("调用协议和补偿标准"),
            kind=Kind.LONG_TEXT,
            also=("调用协议", "补偿标准"),
        ),
        Field(key="remark", title=_("备注"), kind=Kind.LONG_TEXT, also=("说明",)),
    ),
)
