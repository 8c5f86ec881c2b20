"""What others call a quantity, and their units in ours. A unit that is not known is never guessed."""

import re
from decimal import Decimal

from liandong.monitoring.states import Quantity

Q = Quantity
Units = dict[str, str]
# Units by kind, each with how many of the kind's first it is.
LENGTH: Units = {
    "m": "1",
    "米": "1",
    "cm": "0.01",
    "厘米": "0.01",
    "mm": "0.001",
    "毫米": "0.001",
} | {
    "ft": "0.3048",
    "feet": "0.3048",
    "in": "0.0254",
    "inches": "0.0254",
    "km": "1000",
}
FLOW: Units = {"m3/s": "1", "立方米/秒": "1", "l/s": "0.001", "cfs": "0.028316846592"} | {
    "ft3/s": "0.028316846592"
}
VOLUME: Units = {
    "百万m3": "1",
    "百万立方米": "1",
    "hm3": "1",
    "106m3": "1",
    "万立方米": "0.01",
} | {
    "万m3": "0.01",
    "亿立方米": "100",
    "立方米": "0.000001",
    "m3": "0.000001",
}
SPEED: Units = {
    "m/s": "1",
    "米/秒": "1",
    "km/h": "0.277777778",
    "mph": "0.44704",
    "kt": "0.514444444",
}
MASS: Units = {"ug/m3": "1", "微克/立方米": "1", "mg/m3": "1000", "毫克/立方米": "1000"}
SHARE: Units = {"%": "1", "pct": "1", "": "1"}
HEAT: Units = {"c": "1", "℃": "1", "degc": "1", "摄氏度": "1", "k": "1", "f": "1", "degf": "1"}
COUNT: Units = {"": "1"}
# The kind of each quantity, and its own unit in it.
KINDS: dict[str, tuple[Units, str]] = {
    Q.RAIN: (LENGTH, "mm"),
    Q.LEVEL: (LENGTH, "m"),
    Q.GATE: (LENGTH, "m"),
    Q.VISIBILITY: (LENGTH, "m"),
    Q.SNOW: (LENGTH, "mm"),
    Q.SNOW_DEPTH: (LENGTH, "cm"),
    Q.FLOW: (FLOW, "m3/s"),
    Q.INFLOW: (FLOW, "m3/s"),
    Q.OUTFLOW: (FLOW, "m3/s"),
    Q.STORAGE: (VOLUME, "hm3"),
    Q.WIND: (SPEED, "m/s"),
    Q.GUST: (SPEED, "m/s"),
    Q.TEMPERATURE: (HEAT, "c"),
    Q.HUMIDITY: (SHARE, "%"),
    Q.SOIL: (SHARE, "%"),
    Q.CO: (MASS, "mg/m3"),
    **dict.fromkeys((Q.PM25, Q.PM10, Q.SO2, Q.NO2, Q.O3), (MASS, "ug/m3")),
    Q.AQI: (COUNT, ""),
}
NAMES: dict[str, str] = {
    **{one.value: one.value for one in Quantity},
    **{str(one.label).lower(): one.value for one in Quantity},
    **dict.fromkeys(
        ("prcp", "precip", "precipitation", "rain", "drp", "降雨量", "降水量"), Q.RAIN
    ),
    **dict.fromkeys(("z", "rz", "level", "stage", "gageheight", "库水位", "河道水位"), Q.LEVEL),
    **dict.fromkeys(("q", "flow", "discharge", "streamflow"), Q.FLOW),
    **dict.fromkeys(("inq", "inflow", "日均入库", "入库"), Q.INFLOW),
    **dict.fromkeys(("otq", "outflow", "日均出库", "出库"), Q.OUTFLOW),
    **dict.fromkeys(("w", "storage", "库容"), Q.STORAGE),
    **dict.fromkeys(("temp", "temperature", "温度"), Q.TEMPERATURE),
    **dict.fromkeys(("rh", "humidity", "湿度"), Q.HUMIDITY),
    **dict.fromkeys(("wspm", "wind", "windspeed", "风速"), Q.WIND),
    **dict.fromkeys(("gust", "极大风速"), Q.GUST),
    **dict.fromkeys(("visibility",), Q.VISIBILITY),
    **dict.fromkeys(("pm2.5", "pm25"), Q.PM25),
    **dict.fromkeys(("pm10",), Q.PM10),
    "so2": Q.SO2,
    "no2": Q.NO2,
    "o3": Q.O3,
    "co": Q.CO,
    "aqi": Q.AQI,
}
HEADING = re.compile(r"(.+?)\s*[（(\[]\s*([^（）()\[\]]{0,20})\s*[)）\]]\s*", re.ASCII)
THOUSANDTH = Decimal("0.000001")


def named(heading: str) -> tuple[str, str]:
    """The quantity that a heading names, empty if none, and the unit that stands with it."""
    found = HEADING.fullmatch(heading.strip())
    name, unit = found.groups() if found else (heading, "")
    return str(NAMES.get(re.sub(r"[\s_]", "", name).lower(), NAMES.get(name.lower(), ""))), unit


def tidy_unit(unit: str) -> str:
    """A unit in one way of writing: m³/s and m^3/s are m3/s, mm/hour is mm."""
    text = (
        re.sub(r"[\s^°.]", "", unit)
        .lower()
        .replace("³", "3")
        .replace("μ", "u")
        .replace("µ", "u")
    )
    return re.sub(r"^(mm|in|毫米)/(h|hr|hour|小时)$", r"\1", text)


def converted(value: Decimal, unit: str, quantity: str) -> Decimal | None:
    """A value in the unit of its quantity; nothing where the unit measures something else."""
    kind, own = KINDS.get(quantity, ({}, ""))
    text = tidy_unit(unit) or own
    if text == own:
        return value
    if text not in kind:
        return None
    if kind is HEAT:
        return _celsius(value, text)
    factor = Decimal(str(kind[text])) / Decimal(str(kind[own]))
    return (value * factor).quantize(THOUSANDTH)


def _celsius(value: Decimal, unit: str) -> Decimal:
    if unit == "k":
        return value - Decimal("273.15")
    if unit in {"f", "degf"}:
        return ((value - 32) * 5 / 9).quantize(THOUSANDTH)
    return value
