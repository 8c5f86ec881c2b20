"""预案文本: plans of units, townships and enterprises that exist on paper; the county's own live in ``plans``."""

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.hazards import HAZARDS
from liandong.sharing.registers.register import Register

RULE = _("《突发事件应急预案管理办法》（国办发〔2024〕5号）")

PLAN_PAPER = Register(
    kind="plan_paper",
    title=_("预案文本"),
    prefix="YA",
    source=RULE,
    about=_("各单位、乡镇、企业手里的预案：谁编的、什么时候印发和评估，文件附在记录上。"),
    shapes=(),
    freshness_days=365,
    facets=("category", "hazards"),
    fields=(
        Field(
            key="category",
            title=_("种类"),
            kind=Kind.CHOICE,
            choices={
                "general": _("总体预案"),
                "special": _("专项预案"),
                "department": _("部门预案"),
                "township": _("乡镇（街道）预案"),
                "village": _("村（社区）预案"),
                "unit": _("单位和基层组织预案"),
                "event": _("重大活动预案"),
                "site": _("现场处置方案"),
                "manual": _("应急工作手册"),
            },
            words={
                "总体应急预案": "general",
                "专项应急预案": "special",
                "部门应急预案": "department",
                "企业预案": "unit",
                "乡镇预案": "township",
                "村预案": "village",
            },
            required=True,
            listed=True,
            also=("预案类别", "类别", "预案类型"),
            source=RULE,
        ),
        Field(
            key="hazards",
            title=_("适用事件"),
            kind=Kind.CHOICES,
            choices=HAZARDS,
            also=("适用灾种", "事件类别"),
        ),
        Field(key="document", title=_("文号"), listed=True, also=("发文字号", "印发文号")),
        Field(
            key="issued_on",
            title=_("印发日期"),
            kind=Kind.DATE,
            required=True,
            listed=True,
            also=("印发时间", "发布日期", "实施日期"),
        ),
        Field(key="filed_on", title=_("备案日期"), kind=Kind.DATE, also=("备案时间",)),
        Field(
            key="review_by",
            title=_("应评估日期"),
            kind=Kind.DATE,
            expires=True,
            also=("评估到期", "下次评估日期", "修订期限"),
            hint=_("一般每三年评估一次"),
        ),
        Field(
            key="drilled_on",
            title=_("最近演练"),
            kind=Kind.DATE,
            also=("最近演练日期", "演练时间"),
        ),
        Field(
            key="contact", title=_("联系人"), kind=Kind.PERSON, sensitive=True, also=("编制人",)
        ),
        Field(key="remark", title=_("备注"), kind=Kind.LONG_TEXT, also=("说明",)),
    ),
)
