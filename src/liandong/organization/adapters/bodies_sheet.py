"""The spreadsheet of bodies: its columns, and its rows as the action wants them."""

from django.utils.translation import gettext_lazy as _

from liandong.documents.sheets import (
    PAGE,
    Bounds,
    Column,
    Finding,
    Layout,
    Line,
    name_of,
    read_sheet,
)
from liandong.organization.actions.bodies_sheet import KINDS, BodyRow

LAYOUT = Layout(
    sheet="机构",
    also=("单位", "乡镇"),
    columns=(
        Column(
            key="name",
            title="名称",
            also=("单位名称", "机构名称", "乡镇名称", "单位", "name"),
            required=True,
            width=30,
            hint=_("写全称，例如“江安县铁清镇人民政府”"),
        ),
        Column(key="short", title="简称", width=18, hint=_("例如“铁清镇”；不写则从名称取")),
        Column(
            key="kind",
            title="类别",
            also=("性质",),
            width=16,
            choices=tuple(dict.fromkeys(KINDS)),
            hint=_("不写则按名称判断：镇、乡、街道为乡镇，村、社区、居委会为村，其余为成员单位"),
        ),
        Column(
            key="code",
            title="行政区划代码",
            also=("代码", "区划代码", "code"),
            width=18,
            hint=_("乡镇 9 位、村 12 位；没有可不填"),
        ),
        Column(
            key="parent",
            title="隶属",
            also=("上级单位", "所属乡镇", "所属"),
            falls=True,
            width=20,
            hint=_("村写所属乡镇，有 12 位代码的可不填；其余可不填"),
        ),
        Column(key="note", title="备注", width=24),
    ),
    examples=(
        {"name": "示例镇人民政府", "short": "示例镇", "kind": "乡镇", "code": "511523100", "note": "示例，导入时跳过"},
    ),
    advice=(
        _("按模板已设的委员会、指挥部和成员单位不用再填；这里补乡镇、村、企业和模板里没有的单位。"),
        _("已有的机构（包括曾用名、简称）不会重复设立，也不会被改名。"),
    ),
)  # fmt: skip


def read_bodies(
    content: bytes, name: str, bounds: Bounds = PAGE
) -> tuple[list[BodyRow], list[Finding]]:
    """Read the sheet of bodies; raises ``Invalid`` for what is no such workbook."""
    lines, findings = read_sheet(content, name, LAYOUT, bounds)
    return [_row(line) for line in lines if line["name"]], findings


def _row(line: Line) -> BodyRow:
    return BodyRow(
        row=line.row,
        name=name_of(line["name"]),
        short=name_of(line["short"])[:40],
        kind=line["kind"],
        code=line["code"].replace(" ", ""),
        parent=name_of(line["parent"]),
        letters=tuple(line.letters.items()),
    )
