"""The spreadsheet of people: its columns, and its rows as the action wants them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from liandong.documents.sheets import Column, Finding, Layout, Line, name_of, read_sheet
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import PhoneRow
from liandong.messaging.actions.phone_book_plan import Way
from liandong.messaging.rules import clean_address
from liandong.messaging.states import Channel

WAYS = {"mobile": Channel.MOBILE, "phone": Channel.PHONE, "email": Channel.EMAIL}
VACANT = {"空缺", "缺", "暂缺", "空", "待定", "无", "/", "-", "—"}
APART = re.compile(r"[/／、，,；;\n]+")
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
SEVERAL = re.compile(r"[/／、，,；;\n]|(?<=[\u2e80-\u9fff]{2}) +(?=[\u2e80-\u9fff]{2})")
DEPUTY = {"B", "B角", "副", "替补", "AB角B", "备"}
HOLDER = {"", "A", "A角", "主", "正"}
LONGEST_NAME = 60

LAYOUT = Layout(
    sheet="人员",
    also=("通讯录", "人员与电话"),
    columns=(
        Column(
            key="unit",
            title="单位",
            also=("单位名称", "所在单位", "部门"),
            falls=True,
            required=True,
            width=26,
            hint=gettext_lazy("全称、简称、曾用名都可以；同一单位的几行可以合并这一格"),
        ),
        Column(
            key="post",
            title="岗位",
            also=("职务", "岗位/职务", "职位", "角色"),
            width=18,
            choices=("主要负责人", "分管负责人", "联络员", "值班员", "带班领导", "乡镇长", "指挥长", "常务副指挥长", "主任"),
            hint=gettext_lazy("平台里的岗位名；“局长”“联系人”等通常叫法也认。不填则只登记人和电话"),
        ),
        Column(
            key="name", title="姓名", also=("负责人", "联系人"), required=True, width=12,
            hint=gettext_lazy("一格一人；岗位没有人就写“空缺”"),
        ),
        Column(
            key="mobile", title="手机", also=("手机号", "手机号码", "移动电话", "联系电话", "电话"), width=18,
            hint=gettext_lazy("11 位；有两个号码用顿号隔开，先写先打"),
        ),
        Column(
            key="phone", title="座机", also=("办公电话", "固定电话", "值班电话"), width=18,
            hint=gettext_lazy("带区号，分机写“转 801”"),
        ),
        Column(key="email", title="邮箱", also=("电子邮箱", "E-mail"), width=24),
        Column(
            key="deputy", title="A/B角", also=("AB角", "A角B角"), width=8, choices=("A", "B"),
            hint=gettext_lazy("不填为 A；一个岗位一个 A，可有几个 B"),
        ),
        Column(key="note", title="备注", width=24),
    ),
    examples=(
        {"unit": "县水利局", "post": "联络员", "name": "王伟", "mobile": "13900000000", "phone": "0831-2620000", "deputy": "A", "note": "示例，导入时跳过"},
        {"unit": "县水利局", "post": "联络员", "name": "李敏", "mobile": "13900000001", "deputy": "B", "note": "示例，导入时跳过"},
    ),
    advice=(
        gettext_lazy("一人在几个岗位就写几行；手机号相同的同名人算同一个人。"),
        gettext_lazy("岗位已有 A 角而表里是另一个人，按换人办理：原任结束任职，新人接任。"),
        gettext_lazy("只增不减：表里没有的人不会被删去，原有号码不会被停用。"),
    ),
)  # fmt: skip


def read_phone_book(content: bytes, name: str) -> tuple[list[PhoneRow], list[Finding]]:
    """Read the sheet of people; raises ``Invalid`` for what is no such workbook."""
    lines, findings = read_sheet(content, name, LAYOUT)
    rows = []
    for line in lines:
        wrong: list[Finding] = []
        rows.append(_row(line, wrong))
        findings += wrong
    return rows, findings


def _row(line: Line, wrong: list[Finding]) -> PhoneRow:
    name = "" if line["name"] in VACANT else line["name"]
    wrong += _name_faults(line, name)
    role = "".join(line["deputy"].split()).upper()
    if role not in HOLDER | DEPUTY:
        wrong.append(line.wrong("deputy", _("应填 A 或 B。")))
    return PhoneRow(
        row=line.row,
        unit=name_of(line["unit"]),
        post=name_of(line["post"]),
        name=name_of(name),
        ways=tuple(_ways(line, wrong)) if name else (),
        is_deputy=role in DEPUTY,
        letters=tuple(line.letters.items()),
    )


def _name_faults(line: Line, name: str) -> Iterator[Finding]:
    if name and SEVERAL.search(name):
        yield line.wrong(
            "name", _("一格里有不止一个人（%(name)s），请分成几行。") % {"name": name[:30]}
        )
    elif any(one.isdigit() for one in name):
        yield line.wrong("name", _("姓名里有数字：%(name)s。") % {"name": name[:30]})
    elif len(name) > LONGEST_NAME:
        yield line.wrong("name", _("姓名超过 60 字。"))


def _ways(line: Line, wrong: list[Finding]) -> Iterator[Way]:
    for key, channel in WAYS.items():
        for text in APART.split(line[key]):
            if not text.strip() or text.strip() in VACANT:
                continue
            if SCIENTIFIC.fullmatch(text.strip()):
                wrong.append(
                    line.wrong(
                        key,
                        _("号码被 Excel 改成了科学计数（%(text)s），请设为文本格式重填。")
                        % {"text": text},
                    )
                )
                continue
            try:
                yield _cleaned(channel, text)
            except Invalid as problem:
                wrong.append(line.wrong(key, f"{text.strip()[:30]}：{problem.remedy}"))


def _cleaned(channel: Channel, text: str) -> Way:
    """A landline in the column of mobiles is one all the same: many lists have a single column."""
    digits = re.sub(r"\D", "", text)
    if channel == Channel.MOBILE and (
        digits.startswith("0") or (7 <= len(digits) <= 8 and not digits.startswith("1"))
    ):
        channel = Channel.PHONE
    return str(channel), clean_address(channel, text)
