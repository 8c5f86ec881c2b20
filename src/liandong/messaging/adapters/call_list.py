"""The spreadsheet of the call list: its columns, and its rows as the action wants them."""

import re

from django.utils.translation import gettext_lazy

from liandong.documents.sheets import Column, Finding, Layout, Line, name_of, read_sheet
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import CallRow
from liandong.messaging.states import Tier, Urgency

CODE = re.compile(r"[1-9]\d{5}(\d{3}){0,2}", re.ASCII)
HAZARD = re.compile(r"1?\d[A-Z]\d{0,2}", re.ASCII)
APART = re.compile(r"[、，,；;\s]+")
TIERS = {
    "县": Tier.COUNTY, "县级": Tier.COUNTY,
    "乡": Tier.TOWN, "镇": Tier.TOWN, "乡镇": Tier.TOWN, "街道": Tier.TOWN,
    "村": Tier.VILLAGE, "社区": Tier.VILLAGE, "村级": Tier.VILLAGE,
    "组": Tier.GROUP, "村民小组": Tier.GROUP,
    "户": Tier.HOUSEHOLD, "包户": Tier.HOUSEHOLD, "包户责任人": Tier.HOUSEHOLD,
}  # fmt: skip
URGENCIES = {"蓝": Urgency.BLUE, "黄": Urgency.YELLOW, "橙": Urgency.ORANGE, "红": Urgency.RED}
HAZARDS = {"暴雨": "11B03", "洪水": "11A01", "山洪": "11A", "台风": "11B01", "大风": "11B06", "暴雪": "11B04"}  # fmt: skip

LAYOUT = Layout(
    sheet="叫应名单",
    also=("叫应", "责任人名单", "预警责任人"),
    columns=(
        Column(
            key="tier", title="层级", also=("级别",), required=True, width=10,
            choices=("县级", "乡镇", "村", "组", "包户"),
        ),
        Column(
            key="area", title="区划代码", also=("行政区划代码", "代码"), required=True, width=16,
            hint=gettext_lazy("县 6 位、乡镇 9 位、村 12 位"),
        ),
        Column(key="area_name", title="地方", also=("地名", "乡镇村", "所在地"), required=True, width=20),
        Column(
            key="unit", title="单位", also=("单位名称",), width=22,
            hint=gettext_lazy("按岗位叫应时填单位和岗位，谁在岗叫谁；按人叫应时不填"),
        ),
        Column(key="post", title="岗位", also=("职务",), width=16),
        Column(key="name", title="姓名", also=("责任人",), width=12, hint=gettext_lazy("通讯录里的姓名")),
        Column(
            key="mobile", title="手机", also=("手机号", "电话"), width=16,
            hint=gettext_lazy("只用来区分同名的人；号码以通讯录为准"),
        ),
        Column(
            key="hazards", title="灾种", also=("灾害种类",), width=16,
            hint=gettext_lazy("不填为全部；可写暴雨、山洪等，或灾种代码"),
        ),
        Column(
            key="urgency", title="起叫级别", also=("预警级别",), width=12, choices=("蓝", "黄", "橙", "红"),
            hint=gettext_lazy("从这一级起叫；不填为橙"),
        ),
        Column(key="deputy", title="替补", also=("B角", "替补人"), width=12),
        Column(
            key="superior", title="上门人", also=("上级", "上级责任人"), width=12,
            hint=gettext_lazy("叫不应时由谁上门；不填为当地上一级"),
        ),
    ),
    examples=(
        {"tier": "村", "area": "610725101201", "area_name": "沔阳镇一村", "name": "王伟", "mobile": "13900000000", "hazards": "暴雨、山洪", "urgency": "黄", "superior": "李敏"},
    ),
    advice=(
        gettext_lazy("一人在几个地方负责就写几行；一次叫应只叫一遍。"),
        gettext_lazy("只增不减：表里没有的人不会移出名单。"),
    ),
)  # fmt: skip


def read_call_list(content: bytes, name: str) -> tuple[list[CallRow], list[Finding]]:
    """Read the sheet; raises ``Invalid`` for what is no such workbook."""
    lines, findings = read_sheet(content, name, LAYOUT)
    rows = []
    for line in lines:
        wrong: list[Finding] = []
        rows.append(_row(line, wrong))
        findings += wrong
    return rows, findings


def _row(line: Line, wrong: list[Finding]) -> CallRow:
    tier = TIERS.get(line["tier"].strip(), 0)
    if line["tier"] and not tier:
        wrong.append(line.wrong("tier", _("层级应是县级、乡镇、村、组、包户之一。")))
    area = "".join(line["area"].split())
    if area and not CODE.fullmatch(area):
        wrong.append(line.wrong("area", _("区划代码应是 6、9 或 12 位数字。")))
    color = line["urgency"].strip().removesuffix("色") or "橙"
    if color not in URGENCIES:
        wrong.append(line.wrong("urgency", _("起叫级别应是蓝、黄、橙、红之一。")))
    if not (line["name"] or line["post"]):
        wrong.append(line.wrong("name", _("请填姓名，或填单位和岗位。")))
    return CallRow(
        row=line.row,
        tier=tier or Tier.VILLAGE,
        area=area,
        area_name=line["area_name"][:60],
        unit=name_of(line["unit"]),
        post=name_of(line["post"]),
        name=name_of(line["name"]),
        mobile="".join(one for one in line["mobile"] if one.isdigit()),
        hazards=tuple(_hazards(line, wrong)),
        from_urgency=URGENCIES.get(color, Urgency.ORANGE),
        deputy=name_of(line["deputy"]),
        superior=name_of(line["superior"]),
        letters=tuple(line.letters.items()),
    )


def _hazards(line: Line, wrong: list[Finding]) -> list[str]:
    found = []
    for word in APART.split(line["hazards"]):
        code = HAZARDS.get(word, word)
        if not code or word == "全部":
            continue
        if HAZARD.fullmatch(code):
            found.append(code)
        else:
            wrong.append(line.wrong("hazards", _("没有灾种“%(word)s”。") % {"word": word[:20]}))
    return found
