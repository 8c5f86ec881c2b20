"""The sheet of each register: its columns by every heading counties give them, made of its fields."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from liandong.documents.sheets import Column, Layout
from liandong.kernel.wording import recorded
from liandong.sharing.registers import AREA, LINE, Field, Kind, Register
from liandong.sharing.states import RecordState, Sensitivity

YES_NO = ("是", "否")
PHONES = ("联系电话", "电话", "手机", "手机号码", "联系方式")
# What lists of one kind of thing call its name.
NAMES = tuple(
    f"{thing}名称"
    for thing in (
        *(
            "物资",
            "装备",
            "设备",
            "队伍",
            "风险源",
            "隐患点",
            "危险源",
            "灾害点",
            "水库",
            "场所",
        ),
        *(
            "避难场所",
            "安置点",
            "企业",
            "学校",
            "医院",
            "对象",
            "目标",
            "预案",
            "案例",
            "项目",
            "点位",
        ),
    )
)
UNITS = ("计量单位", "单位")
# A merged cell of these speaks for every row it covers; one of a name or a number speaks for one.
FALLING = {Kind.BODY, Kind.CHOICE, Kind.CHOICES}
FALLING_KEYS = {"division_code", "address"}
WIDTHS = {Kind.LONG_TEXT: 40, Kind.INTEGER: 10, Kind.DECIMAL: 12, Kind.DATE: 12, Kind.MONTH: 12}


def layout_of(
    register: Register,
    *,
    without: frozenset[str] = frozenset(),
    offered: Mapping[str, Sequence[str]] | None = None,
) -> Layout:
    """The sheet of a register in the county's own words, whoever reads it.

    ``without``: keys of what its reader does not see. ``offered``: what a drop-down of a column
    lists, by key, beside the choices of the register.
    """
    with recorded():
        columns = [
            *_common(register, offered or {}),
            *(_column(one, {}) for one in register.fields if one.key not in without),
        ]
        known = {heading for one in columns for heading in one.headings}
        columns += _beside(register, without, known)
        return Layout(
            sheet=str(register.title),
            columns=tuple(columns),
            examples=(_example(register),),
            note_key="number",
            advice=(
                _(
                    "编号留空为新登记；带编号的行改那一条登记。没有的列保持不变，有列而空着的格清空。"
                ),
                _("责任单位、乡镇、类别可以合并单元格；名称和数量要逐行填。"),
            ),
        )


def _common(register: Register, offered: Mapping[str, Sequence[str]]) -> Iterator[Column]:
    own = [one for one in register.columns if one.key not in register.by_key]
    for field in own:
        yield _column(field, offered)
    if {AREA, LINE} & set(register.shapes):
        yield Column(
            key="extent",
            title="范围",
            also=("WKT", "图形"),
            width=20,
            hint=_("WKT 或 GeoJSON 图形，WGS-84；一般由图层文件导入，不用手填"),
        )
    yield Column(
        key="sensitivity",
        title="知悉范围",
        choices=tuple(str(label) for label in Sensitivity.labels),
        width=12,
    )
    yield Column(
        key="state",
        title="状态",
        choices=tuple(str(label) for label in RecordState.labels),
        width=10,
        hint=_("写“已撤销”即撤销这一条登记"),
    )


def _column(field: Field, offered: Mapping[str, Sequence[str]]) -> Column:
    choices = tuple(offered.get(field.key, ()))
    if field.kind == Kind.CHOICE:
        choices = tuple(str(label) for label in field.choices.values())
    elif field.kind == Kind.YES_NO:
        choices = YES_NO
    return Column(
        key=field.key,
        title=field.heading,
        also=(str(field.title), *field.also, *(NAMES if field.key == "name" else ())),
        required=field.key == "name",
        expected=field.required,
        falls=field.kind in FALLING or field.key in FALLING_KEYS,
        width=WIDTHS.get(field.kind, 18),
        choices=choices,
        hint=_hint(field),
    )


def _hint(field: Field) -> str:
    said = [str(field.hint or "")]
    if field.kind == Kind.CHOICES:
        said.append("、".join(str(one) for one in field.choices.values()))
    if field.kind == Kind.PERSON:
        said.append(str(_("姓名和电话，如 张三 13900000000")))
    return "；".join(one for one in said if one)


def _beside(register: Register, without: frozenset[str], known: set[str]) -> Iterator[Column]:
    """Columns that lists have beside one of ours: whose telephone, what a quantity counts."""
    fields = [one for one in register.fields if one.key not in without]
    person = next((one for one in fields if one.kind == Kind.PERSON), None)
    quantity = next((one for one in fields if one.kind == Kind.QUANTITY and one.required), None)
    for field, ending, names in ((person, "phone", PHONES), (quantity, "unit", UNITS)):
        free = [one for one in names if one not in known]
        if field and free:
            yield Column(
                key=f"{field.key}.{ending}", title=free[0], also=tuple(free[1:]), width=14
            )


def _example(register: Register) -> dict[str, str]:
    return {"number": "示例，导入时跳过", "name": f"示例{register.title}"}
