"""The spreadsheet of stations: its columns, and its rows as the action wants them."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy

from liandong.documents.sheets import Column, Finding, Layout, Line, name_of, read_sheet
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions.stations_sheet import StationRow
from liandong.monitoring.models.station import CODE
from liandong.monitoring.states import Quantity, StationKind, ThresholdKind
from liandong.organization import queries as organization

LARGEST = Decimal(10**8)
MEASURES = {
    StationKind.PP: (Quantity.RAIN,),
    StationKind.MM: (Quantity.RAIN,),
    StationKind.AQ: (
        Quantity.PM25,
        Quantity.PM10,
        Quantity.SO2,
        Quantity.NO2,
        Quantity.O3,
        Quantity.CO,
    ),
    StationKind.SS: (Quantity.SOIL,),
    StationKind.TT: (Quantity.LEVEL,),
    StationKind.ZZ: (Quantity.LEVEL,),
    StationKind.RR: (Quantity.LEVEL,),
    StationKind.ZQ: (Quantity.LEVEL, Quantity.FLOW),
    StationKind.DD: (Quantity.LEVEL, Quantity.FLOW),
}
WORDS = {
    "雨量": Quantity.RAIN,
    "水位": Quantity.LEVEL,
    "流量": Quantity.FLOW,
    "入库流量": Quantity.INFLOW,
    "出库流量": Quantity.OUTFLOW,
    "蓄水量": Quantity.STORAGE,
    "闸门开度": Quantity.GATE,
    "土壤相对湿度": Quantity.SOIL,
    "气温": Quantity.TEMPERATURE,
    "相对湿度": Quantity.HUMIDITY,
    "风速": Quantity.WIND,
    "平均风速": Quantity.WIND,
    "阵风": Quantity.GUST,
    "能见度": Quantity.VISIBILITY,
    "降雪量": Quantity.SNOW,
    "积雪深度": Quantity.SNOW_DEPTH,
    "PM2.5": Quantity.PM25,
    "PM10": Quantity.PM10,
    "二氧化硫": Quantity.SO2,
    "二氧化氮": Quantity.NO2,
    "臭氧": Quantity.O3,
    "一氧化碳": Quantity.CO,
    "空气质量指数": Quantity.AQI,
}
BOUNDS = {
    "warning_level": (Quantity.LEVEL, ThresholdKind.WARNING),
    "guarantee_level": (Quantity.LEVEL, ThresholdKind.GUARANTEE),
    "highest_level": (Quantity.LEVEL, ThresholdKind.HISTORICAL_MAX),
    "warning_flow": (Quantity.FLOW, ThresholdKind.WARNING),
    "guarantee_flow": (Quantity.FLOW, ThresholdKind.GUARANTEE),
    "highest_flow": (Quantity.FLOW, ThresholdKind.HISTORICAL_MAX),
}
LADDERS = (
    ("warning_level", "guarantee_level", "highest_level"),
    ("warning_flow", "guarantee_flow", "highest_flow"),
)
YES = {"是", "1", "Y", "YES", "√", "有"}
# What units file comes in by their forms, not by this sheet.
KINDS = {f"{one.value}" for one in StationKind if one != StationKind.FILED}

LAYOUT = Layout(
    sheet="测站",
    also=("测站与阈值", "水雨情站"),
    columns=(
        Column(key="code", title="站码", also=("测站编码", "站号", "STCD"), required=True, width=12, hint=gettext_lazy("水文站 8 位数字（SL 323 的 STCD），气象站 5 位")),
        Column(key="name", title="站名", also=("测站名称", "STNM"), required=True, width=20),
        Column(key="kind", title="站类", also=("STTP", "类型"), required=True, width=16, choices=tuple(f"{one.value} {one.label}" for one in StationKind if one != StationKind.FILED), hint=gettext_lazy("PP 雨量、ZZ 河道水位、ZQ 河道水文、RR 水库、DD 堰闸、TT 潮位、SS 墒情、MM 气象、AQ 空气")),
        Column(key="river", title="河流", also=("河名", "RVNM"), falls=True, width=14),
        Column(key="lon", title="经度", also=("东经", "LGTD"), required=True, width=12, hint=gettext_lazy("WGS-84 或 CGCS2000，十进制度，例如 104.9331")),
        Column(key="lat", title="纬度", also=("北纬", "LTTD"), required=True, width=12),
        Column(key="datum", title="基面", also=("DTMNM",), falls=True, width=16, choices=("1985国家高程基准", "1956黄海高程", "吴淞高程", "假定基面"), hint=gettext_lazy("测水位的站必填；不同基面的水位不能比较")),
        Column(key="township", title="乡镇", also=("所在乡镇", "行政区划代码", "ADDVCD"), width=14, hint=gettext_lazy("乡镇名或 9 位代码")),
        Column(key="measures", title="测项", width=14, hint=gettext_lazy("雨量、水位、流量、气温……；不填按站类")),
        Column(key="main", title="主要河流", width=10, choices=("是", "否"), hint=gettext_lazy("预案数主要河流上的站时算不算它")),
        Column(key="warning_level", title="警戒水位", also=("WRZ", "设防水位"), width=10),
        Column(key="guarantee_level", title="保证水位", also=("GRZ",), width=10),
        Column(key="highest_level", title="历史最高水位", also=("历史最高", "OBHTZ"), width=12),
        Column(key="warning_flow", title="警戒流量", also=("WRQ",), width=10),
        Column(key="guarantee_flow", title="保证流量", also=("GRQ",), width=10),
        Column(key="highest_flow", title="历史最大流量", also=("OBMXQ",), width=12),
        Column(key="rainstorm", title="暴雨信号", width=10, choices=("是", "否"), hint=gettext_lazy("填“是”：按国家暴雨预警信号的时段和雨量报警")),
        Column(key="cite", title="阈值出处", also=("出处", "依据"), falls=True, width=24, hint=gettext_lazy("文件名；不填则记为“推定”")),
        Column(key="note", title="备注", width=20),
    ),
    examples=(
        {"code": "60500001", "name": "江安站", "kind": "ZQ 河道水文站", "river": "长江", "lon": "105.0668", "lat": "28.7237", "datum": "吴淞高程", "main": "是", "note": "示例，导入时跳过"},
    ),
    advice=(gettext_lazy("已登记的站按站码对上；空着的阈值保持不变。"),),
)  # fmt: skip


def read_stations(content: bytes, name: str) -> tuple[list[StationRow], list[Finding]]:
    """Read the sheet of stations; raises ``Invalid`` for what is no such workbook."""
    lines, findings = read_sheet(content, name, LAYOUT)
    towns = {
        town: body.division_code
        for body in organization.bodies_by_kind("township")
        for town in (body.short_name, body.name)
    }
    rows: list[StationRow] = []
    seen: dict[str, int] = {}
    for line in lines:
        wrong = list(_faults(line, towns, seen))
        seen.setdefault(line["code"], line.row)
        findings += wrong
        if not wrong and all(line[key] for key in ("code", "name", "kind", "lon", "lat")):
            rows.append(_row(line, towns))
    return rows, findings


def _row(line: Line, towns: dict[str, str]) -> StationRow:
    quantities = _quantities(line)
    township = name_of(line["township"])
    return StationRow(
        row=line.row,
        code=line["code"],
        name=name_of(line["name"]),
        kind=_kind(line),
        river=name_of(line["river"]),
        lon=_decimal(line["lon"]).quantize(Decimal("0.000001")),
        lat=_decimal(line["lat"]).quantize(Decimal("0.000001")),
        datum=line["datum"],
        township_code=township if township.isdigit() else towns.get(township, ""),
        quantities=tuple(str(one) for one in quantities),
        is_main=line["main"].upper() in YES,
        bounds=tuple(
            (str(quantity), str(kind), _decimal(line[key]).quantize(Decimal("0.001")))
            for key, (quantity, kind) in BOUNDS.items()
            if line[key]
        ),
        rainstorm=line["rainstorm"].upper() in YES,
        cite=line["cite"][:200],
    )


def _faults(line: Line, towns: dict[str, str], seen: dict[str, int]) -> Iterator[Finding]:
    if line["code"] and not re.fullmatch(CODE, line["code"]):
        yield line.wrong("code", _("站码应为 4 到 12 位数字或字母。"))
    if line["code"] in seen:
        yield line.wrong("code", _("与第 %(row)d 行重复。") % {"row": seen[line["code"]]})
    if line["kind"] and _kind(line) not in KINDS:
        yield line.wrong(
            "kind", _("站类应为 %(kinds)s 之一。") % {"kinds": "、".join(sorted(KINDS))}
        )
    yield from _misplaced(line)
    if unknown := [one for one in _named(line) if one not in WORDS]:
        yield line.wrong(
            "measures",
            _("没有测项“%(text)s”，请照测站登记页的测项填写。") % {"text": unknown[0][:20]},
        )
    elif Quantity.LEVEL in _quantities(line) and not line["datum"]:
        yield line.wrong("datum", _("测水位的站必须写明基面，不同基面的水位不能比较。"))
    town = name_of(line["township"])
    if town and not town.isdigit() and town not in towns:
        yield line.wrong("township", _("没有“%(town)s”这个乡镇。") % {"town": town[:30]})
    yield from _bad_bounds(line)


def _misplaced(line: Line) -> Iterator[Finding]:
    """A place in China, in degrees; one the wrong way round is said to be so."""
    lon, lat = (_number(line[key]) for key in ("lon", "lat"))
    if line["lon"] and lon is None:
        yield line.wrong("lon", _("经度应为十进制度，例如 104.9331。"))
    if line["lat"] and lat is None:
        yield line.wrong("lat", _("纬度应为十进制度，例如 28.5123。"))
    if lon is None or lat is None:
        return
    if not 73 <= lon <= 136 and 73 <= lat <= 136:
        yield line.wrong("lon", _("经度和纬度可能填反了。"))
    elif not 73 <= lon <= 136:
        yield line.wrong("lon", _("经度不在我国范围（73 到 136 度）。"))
    elif not 3 <= lat <= 54:
        yield line.wrong("lat", _("纬度不在我国范围（3 到 54 度）。"))


def _bad_bounds(line: Line) -> Iterator[Finding]:
    """Figures that are none, bounds of what is not measured, a guarantee below the warning."""
    measured = _quantities(line)
    for key, (quantity, _kind_of) in BOUNDS.items():
        if line[key] and _number(line[key]) is None:
            yield line.wrong(key, _("应为数字：%(text)s。") % {"text": line[key][:20]})
        elif line[key] and quantity not in measured:
            yield line.wrong(
                key, _("这个站不测%(what)s，不能设这个阈值。") % {"what": quantity.label}
            )
    for ladder in LADDERS:
        steps = [(key, value) for key in ladder if (value := _number(line[key])) is not None]
        for (_lower, low), (key, high) in itertools.pairwise(steps):
            if high < low:
                yield line.wrong(key, _("应不低于前一级（警戒、保证、历史最高依次升高）。"))


def _kind(line: Line) -> str:
    """The letters, or the words that stand for them."""
    text = line["kind"].upper()
    by_label = {str(one.label): one.value for one in StationKind}
    return by_label.get(line["kind"], text[:2])


def _named(line: Line) -> list[str]:
    return [one for one in re.split(r"[、，,；;/\s]+", line["measures"]) if one]


def _quantities(line: Line) -> tuple[Quantity, ...]:
    if named := [WORDS[one] for one in _named(line) if one in WORDS]:
        return tuple(named)
    kind = _kind(line)
    return MEASURES[StationKind(kind)] if kind in KINDS else ()


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < LARGEST else None


def _decimal(text: str) -> Decimal:
    return _number(text) or Decimal()
