"""经验做法: what worked and what did not, so that the next one need not find out again."""

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.hazards import HAZARDS
from liandong.sharing.registers.register import Register

EXPERIENCE = Register(
    kind="experience",
    title=_("经验做法"),
    prefix="JY",
    source=_("联动工作机制 二(一)1"),
    about=_("各单位的组织领导、工作措施、经验做法和案例。"),
    shapes=(),
    freshness_days=730,
    facets=("category", "hazards"),
    fields=(
        Field(
            key="category",
            title=_("类别"),
            kind=Kind.CHOICE,
            choices={
                "leadership": _("组织领导"),
                "measure": _("工作措施"),
                "practice": _("经验做法"),
                "case": _("典型案例"),
                "lesson": _("教训"),
            },
            words={"案例": "case", "措施": "measure", "经验": "practice"},
            required=True,
            listed=True,
            also=("类型",),
        ),
        Field(
            key="hazards",
            title=_("适用事件"),
            kind=Kind.CHOICES,
            choices=HAZARDS,
            listed=True,
            also=("灾种", "事件类别"),
        ),
        Field(
            key="happened_on",
            title=_("时间"),
            kind=Kind.MONTH,
            listed=True,
            also=("发生时间", "年月"),
        ),
        Field(
            key="summary",
            title=_("概要"),
            kind=Kind.LONG_TEXT,
            required=True,
            also=("主要内容", "经验概述", "情况概述"),
        ),
        Field(key="did", title=_("做法"), kind=Kind.LONG_TEXT, also=("主要做法", "处置措施")),
        Field(key="result", title=_("成效"), kind=Kind.LONG_TEXT, also=("效果", "结果")),
        Field(
            key="advice",
            title=_("启示和建议"),
            kind=Kind.LONG_TEXT,
            also=("启示", "建议", "教训"),
        ),
        Field(
            key="author",
            title=_("供稿人"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("联系人", "撰稿人"),
        ),
    ),
)
