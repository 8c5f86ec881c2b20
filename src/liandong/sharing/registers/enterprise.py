"""重点企业: firms that carry a risk, or can lend a hand."""

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.register import AREA, POINT, Register

ENTERPRISE = Register(
    kind="enterprise",
    title=_("重点企业"),
    prefix="QY",
    source=_("《突发事件应对法》第五十九条"),
    about=_("有风险的和能出力的企业：行业、人数、危险工艺、可提供什么、怎么找到。"),
    shapes=(POINT, AREA),
    freshness_days=365,
    facets=("industry", "is_hazardous"),
    mark="enterprise",
    fields=(
        Field(
            key="industry",
            title=_("行业"),
            kind=Kind.CHOICE,
            choices={
                "chemical": _("化工"),
                "mine": _("矿山"),
                "metal": _("冶金有色建材"),
                "machinery": _("机械轻工纺织"),
                "food": _("食品医药"),
                "building": _("建筑施工"),
                "trade": _("商贸仓储"),
                "transport": _("运输物流"),
                "energy": _("电力燃气"),
                "water": _("供水排水"),
                "other": _("其他"),
            },
            words={
                "建材": "metal",
                "水泥": "metal",
                "钢铁": "metal",
                "机械": "machinery",
                "商贸": "trade",
                "物流": "transport",
                "燃气": "energy",
                "电力": "energy",
                "制药": "food",
                "食品": "food",
            },
            required=True,
            listed=True,
            also=("所属行业", "行业类别", "行业分类"),
        ),
        Field(
            key="credit_code", title=_("统一社会信用代码"), also=("信用代码", "社会信用代码")
        ),
        Field(
            key="is_hazardous",
            title=_("涉及危险工艺或物质"),
            kind=Kind.YES_NO,
            listed=True,
            also=("涉危", "是否涉危"),
        ),
        Field(
            key="staff",
            title=_("从业人数"),
            kind=Kind.INTEGER,
            unit=_("人"),
            summed=True,
            listed=True,
            also=("职工人数", "员工人数", "人数"),
        ),
        Field(
            key="contact",
            title=_("安全负责人"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("联系人", "负责人", "法人代表", "法定代表人"),
        ),
        Field(key="duty_phone", title=_("值班电话"), also=("联系电话", "24小时电话")),
        Field(
            key="process",
            title=_("危险工艺和物质"),
            kind=Kind.LONG_TEXT,
            sensitive=True,
            also=("危险物质", "主要危险"),
        ),
        Field(key="products", title=_("主要产品"), also=("产品",)),
        Field(
            key="offers",
            title=_("可提供的物资和力量"),
            kind=Kind.LONG_TEXT,
            also=("可调用物资", "产能"),
        ),
        Field(
            key="agreement_until",
            title=_("协议到期"),
            kind=Kind.DATE,
            expires=True,
            also=("协议有效期",),
            source="《突发事件应对法》第四十六条",
        ),
        Field(key="regulator", title=_("行业主管部门"), kind=Kind.BODY, also=("主管部门",)),
        Field(key="remark", title=_("备注"), kind=Kind.LONG_TEXT, also=("说明",)),
    ),
)
