"""风险源: what may go wrong, where, how gravely, and whom it threatens."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.hazards import HAZARDS
from liandong.sharing.registers.reading import Value, Word
from liandong.sharing.registers.register import AREA, LINE, POINT, Register

LAW = _("《突发事件应对法》第三十三条")
# GB 18218-2018, 表5: the grade of a major hazard by its R, the lower bound included.
GRADES_BY_R = ((Decimal(100), "1"), (Decimal(50), "2"), (Decimal(10), "3"), (Decimal(0), "4"))
KINDS: Mapping[str, Word] = {
    "flash_flood": _("山洪灾害危险区"),
    "reservoir": _("水库"),
    "pond": _("山塘"),
    "dike": _("堤防险工险段"),
    "waterlogging": _("城乡内涝点"),
    "geohazard": _("地质灾害隐患点"),
    "steep_slope": _("高陡边坡和切坡建房"),
    "forest_fire": _("森林火险重点区"),
    "major_hazard": _("危险化学品重大危险源"),
    "hazardous_chemicals": _("危险化学品单位"),
    "fireworks": _("烟花爆竹单位"),
    "mine": _("矿山"),
    "tailings": _("尾矿库"),
    "gas": _("燃气设施"),
    "pipeline": _("油气管道"),
    "crowded_place": _("人员密集场所"),
    "fire_risk": _("火灾高风险单位"),
    "road": _("道路事故多发点段"),
    "old_building": _("危旧房屋"),
    "construction": _("在建工程"),
    "special_equipment": _("特种设备"),
    "environment": _("环境风险源"),
    "epidemic": _("疫病风险点"),
    "other": _("其他风险源"),
}
GRADES: Mapping[str, Word] = {
    "1": _("重大风险"),
    "2": _("较大风险"),
    "3": _("一般风险"),
    "4": _("低风险"),
}
CYCLES: Mapping[str, Word] = {
    "week": _("每周"),
    "month": _("每月"),
    "quarter": _("每季度"),
    "half_year": _("每半年"),
    "year": _("每年"),
    "flood_season": _("汛期每月"),
}
MAJOR_GRADES: Mapping[str, Word] = {
    "1": _("一级"),
    "2": _("二级"),
    "3": _("三级"),
    "4": _("四级"),
}


def _check(values: Mapping[str, Value]) -> dict[str, str]:
    """Hold the grade of a major hazard against its R value."""
    r, said = values.get("major_hazard_r"), values.get("major_hazard_grade")
    if r is None or said is None:
        return {}
    due = next(grade for bound, grade in GRADES_BY_R if Decimal(r) >= bound)
    if due == said:
        return {}
    problem = gettext("R 值 %(r)s 按 GB 18218 应为%(grade)s，请核对。")
    return {"major_hazard_grade": problem % {"r": r, "grade": MAJOR_GRADES[due]}}


RISK_SOURCE = Register(
    kind="risk_source",
    title=_("风险源"),
    prefix="FX",
    source=LAW,
    about=_(
        "可能出事的地方和单位：类型、地点、等级、影响范围、受威胁的人、谁负责、多久查一次。"
    ),
    shapes=(POINT, LINE, AREA),
    freshness_days=180,
    facets=("kind", "grade"),
    inspection="inspection_cycle",
    mark="risk",
    check=_check,
    fields=(
        Field(
            key="kind",
            title=_("类型"),
            kind=Kind.CHOICE,
            choices=KINDS,
            words={
                "地灾点": "geohazard",
                "地灾隐患点": "geohazard",
                "滑坡": "geohazard",
                "泥石流": "geohazard",
                "重大危险源": "major_hazard",
                "危化企业": "hazardous_chemicals",
                "易涝点": "waterlogging",
                "内涝点": "waterlogging",
                "非煤矿山": "mine",
                "煤矿": "mine",
                "加油站": "hazardous_chemicals",
                "山洪危险区": "flash_flood",
            },
            required=True,
            listed=True,
            also=("风险类型", "隐患类型", "类别", "风险源类型"),
            source=LAW,
        ),
        Field(
            key="grade",
            title=_("危险等级"),
            kind=Kind.CHOICE,
            choices=GRADES,
            words={
                "重大": "1",
                "较大": "2",
                "一般": "3",
                "低": "4",
                "红": "1",
                "橙": "2",
                "黄": "3",
                "蓝": "4",
                "红色": "1",
                "橙色": "2",
                "黄色": "3",
                "蓝色": "4",
                "一级": "1",
                "二级": "2",
                "三级": "3",
                "四级": "4",
                "I级": "1",
                "II级": "2",
                "III级": "3",
                "IV级": "4",
                "高": "1",
                "中": "3",
            },
            required=True,
            listed=True,
            also=("风险等级", "等级", "风险级别", "险情等级"),
        ),
        Field(
            key="hazards",
            title=_("可能引发的事件"),
            kind=Kind.CHOICES,
            choices=HAZARDS,
            also=("灾种", "事件类别", "可能引发的灾害"),
        ),
        Field(
            key="extent_words",
            title=_("影响范围"),
            kind=Kind.LONG_TEXT,
            also=("威胁范围", "危险区范围", "影响区域"),
            hint=_("用文字写明范围；图上的范围在地图上画"),
        ),
        Field(
            key="households",
            title=_("受威胁户数"),
            kind=Kind.INTEGER,
            unit=_("户"),
            summed=True,
            also=("威胁户数", "户数", "影响户数"),
        ),
        Field(
            key="people",
            title=_("受威胁人数"),
            kind=Kind.INTEGER,
            unit=_("人"),
            summed=True,
            listed=True,
            also=("威胁人数", "威胁人口", "受威胁人口", "人数", "影响人数", "影响人口"),
        ),
        Field(
            key="vulnerable_people",
            title=_("需帮助转移的人"),
            kind=Kind.INTEGER,
            unit=_("人"),
            sensitive=True,
            also=("特殊人群", "老弱病残人数", "弱势人群"),
        ),
        Field(
            key="property",
            title=_("受威胁财产"),
            kind=Kind.QUANTITY,
            unit=_("万元"),
            also=("威胁财产", "潜在损失", "受威胁资产"),
        ),
        Field(
            key="owner",
            title=_("责任人"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("防灾责任人", "行政责任人", "包保责任人", "安全责任人", "联系人"),
        ),
        Field(
            key="watcher",
            title=_("监测人"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("监测责任人", "巡查责任人", "巡查值守责任人", "群测群防员"),
        ),
        Field(
            key="technician",
            title=_("技术责任人"),
            kind=Kind.PERSON,
            sensitive=True,
            also=("技术负责人",),
        ),
        Field(
            key="regulator",
            title=_("行业监管部门"),
            kind=Kind.BODY,
            also=("监管部门", "行业主管部门", "监管单位"),
        ),
        Field(
            key="inspection_cycle",
            title=_("检查周期"),
            kind=Kind.CHOICE,
            choices=CYCLES,
            words={
                "每周一次": "week",
                "每月一次": "month",
                "每季度一次": "quarter",
                "每季": "quarter",
                "半年": "half_year",
                "每半年一次": "half_year",
                "每年一次": "year",
            },
            also=("巡查频次", "巡查周期", "检查频次"),
            source=LAW,
        ),
        Field(
            key="substance",
            title=_("危险物质"),
            also=("主要危险品", "危险化学品名称", "储存介质"),
        ),
        Field(
            key="storage",
            title=_("最大储量"),
            kind=Kind.QUANTITY,
            unit=_("吨"),
            sensitive=True,
            also=("设计最大量", "储存量", "最大存量"),
        ),
        Field(
            key="major_hazard_r",
            title=_("重大危险源 R 值"),
            kind=Kind.DECIMAL,
            also=("R值", "R"),
            source="GB 18218-2018",
        ),
        Field(
            key="major_hazard_grade",
            title=_("重大危险源级别"),
            kind=Kind.CHOICE,
            choices=MAJOR_GRADES,
            words={"1级": "1", "2级": "2", "3级": "3", "4级": "4"},
            source="GB 18218-2018",
        ),
        Field(
            key="measures",
            title=_("防范措施"),
            kind=Kind.LONG_TEXT,
            also=("管控措施", "防治措施", "治理措施"),
        ),
        Field(
            key="escape",
            title=_("转移路线和安置点"),
            kind=Kind.LONG_TEXT,
            also=("撤离路线", "转移路线", "安置地点", "避灾地点"),
        ),
        Field(
            key="alarm",
            title=_("预警信号"),
            also=("报警方式", "预警方式", "预警手段"),
            hint=_("锣、口哨、大喇叭等，约定的信号"),
        ),
        Field(key="remark", title=_("备注"), kind=Kind.LONG_TEXT, also=("说明",)),
    ),
)
