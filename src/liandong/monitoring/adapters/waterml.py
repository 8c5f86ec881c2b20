"""WaterML as JSON, as the National Water Information System of the U.S. tells it: a foreign source."""

import html
from datetime import timedelta, timezone
from typing import Any

from liandong.kernel.wording import gettext as _
from liandong.monitoring.adapters.fields import BEIJING, Read
from liandong.monitoring.adapters.foreign import Given, Taking, flags_of, told_at
from liandong.monitoring.states import Quantity

# Parameter codes of the system, the quantity each is, and its unit.
PARAMETERS = {
    "00060": (Quantity.FLOW, "ft3/s"),
    "00061": (Quantity.FLOW, "ft3/s"),
    "30208": (Quantity.FLOW, "m3/s"),
    "00065": (Quantity.LEVEL, "ft"),
    "30207": (Quantity.LEVEL, "m"),
    "62614": (Quantity.LEVEL, "ft"),
    "62615": (Quantity.LEVEL, "ft"),
    "63160": (Quantity.LEVEL, "ft"),
    "00062": (Quantity.LEVEL, "ft"),
    "00054": (Quantity.STORAGE, ""),
    "00045": (Quantity.RAIN, "in"),
    "00020": (Quantity.TEMPERATURE, "degc"),
    "00052": (Quantity.HUMIDITY, "%"),
    "00035": (Quantity.WIND, "mph"),
}
# Of a day only its mean, and of rain its sum, stands for the day; 00000 is a value of a moment.
STANDING = {"", "00000", "00003", "00006", "00011"}


def is_waterml(said: Any) -> bool:
    """Whether it is an answer of time series."""
    return (
        isinstance(said, dict)
        and isinstance(said.get("value"), dict)
        and ("timeSeries" in said["value"])
    )


def read_waterml(said: Any, given: Given) -> Read:
    """Read every series of it that is one of ours; of the others the notes tell."""
    taking, row = Taking(given), 0
    for one in said["value"]["timeSeries"] or []:
        row = _series(taking, one, row)
    return taking.done()


def _series(taking: Taking, one: dict[str, Any], row: int) -> int:
    variable, source = one.get("variable", {}), one.get("sourceInfo", {})
    code = _first(variable.get("variableCode")).get("value", "")
    name = html.unescape(str(variable.get("variableName", code)))
    options = (variable.get("options") or {}).get("option") or []
    statistic = _first(options).get("optionCode") or ""
    parts = [part.get("value") or [] for part in one.get("values") or []]
    count = sum(map(len, parts))
    if code not in PARAMETERS or statistic not in STANDING:
        taking.read.notes.append(
            _("“%(name)s”（%(code)s）不是本系统的测项，%(n)d 条没有导入。")
            % {"name": name, "code": f"{code}/{statistic}", "n": count}
        )
        return row + count
    quantity, unit = PARAMETERS[code]
    if quantity == Quantity.LEVEL:
        taking.read.notes.append(_("水位由英尺换算为米，仍以原测站零点为基面。"))
    zone = _zone(source)
    nothing = str(variable.get("noDataValue", "-999999"))
    station = _first(source.get("siteCode")).get("value", "")
    for value in (value for part in parts for value in part):
        row += 1
        said = str(value.get("value", ""))
        taking.take(
            row,
            station=station,
            quantity=quantity,
            at=told_at(value.get("dateTime", ""), zone) or value.get("dateTime"),
            value="" if _same(said, nothing) else said,
            unit=unit,
            flags=flags_of(" ".join(map(str, value.get("qualifiers") or []))),
        )
    taking.read.notes[:] = dict.fromkeys(taking.read.notes)
    return row


def _same(said: str, nothing: str) -> bool:
    try:
        return float(said) == float(nothing)
    except ValueError:
        return False


def _zone(source: dict[str, Any]) -> Any:
    offset = source.get("timeZoneInfo", {}).get("defaultTimeZone", {}).get("zoneOffset", "")
    sign, digits = offset[:1], offset[1:].split(":")
    if sign not in {"+", "-"} or len(digits) != 2 or not all(map(str.isdecimal, digits)):
        return BEIJING
    told = timedelta(hours=int(digits[0]), minutes=int(digits[1]))
    return timezone(-told if sign == "-" else told)


def _first(rows: Any) -> dict[str, Any]:
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
