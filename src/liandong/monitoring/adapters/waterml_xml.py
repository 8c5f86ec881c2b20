"""WaterML 1.1 and 2.0 as XML: a foreign source. No document type, no entity, no network."""

from datetime import UTC

from lxml import etree

from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring.adapters.fields import Read
from liandong.monitoring.adapters.foreign import Given, Taking, flags_of
from liandong.monitoring.adapters.quantities import named
from liandong.monitoring.adapters.waterml import PARAMETERS

SIGNS = ("timeSeriesResponse", "MeasurementTimeseries", "waterml")


def is_waterml_xml(text: str) -> bool:
    """Whether it is told as such in its beginning."""
    return any(sign in text[:20_000] for sign in SIGNS)


def read_waterml_xml(body: bytes, given: Given) -> Read:
    """Read every series; their stations, quantities and units stand with them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        place = _("第 %(line)d 行第 %(column)d 列") % {
            "line": error.lineno or 0,
            "column": error.offset or 0,
        }
        raise Problem(
            _("XML 不完整或写错。"), place=place, remedy=_("请重新导出这个文件。")
        ) from error
    if root.getroottree().docinfo.doctype:
        raise Problem(
            _("XML 里有文档类型声明，不予读取。"),
            place=_("第 %(n)d 行") % {"n": 1},
            remedy=_("请去掉 DOCTYPE 后再试。"),
        )
    taking = Taking(given)
    for series in root.iter("{*}timeSeries"):
        _first_version(taking, series)
    for series in root.iter("{*}OM_Observation"):
        _second_version(taking, series)
    return taking.done()


def _first_version(taking: Taking, series: etree._Element) -> None:
    """1.1: sourceInfo, variable, values with a dateTime each."""
    code = series.findtext("{*}variable/{*}variableCode") or ""
    quantity, unit = PARAMETERS.get(code, ("", ""))
    if not quantity:
        quantity, _inside = named(series.findtext("{*}variable/{*}variableName") or "")
        unit = series.findtext("{*}variable/{*}unit/{*}unitCode") or ""
    nothing = series.findtext("{*}variable/{*}noDataValue") or ""
    station = series.findtext("{*}sourceInfo/{*}siteCode") or ""
    if not quantity:
        taking.read.notes.append(_("“%(name)s”不是本系统的测项，没有导入。") % {"name": code})
        return
    for value in series.iter("{*}value"):
        at = value.get("dateTimeUTC") or value.get("dateTime") or ""
        taking.take(
            value.sourceline or 0,
            station=station,
            quantity=quantity,
            at=at,
            value="" if value.text == nothing else (value.text or ""),
            unit=unit,
            zone=UTC,
            flags=flags_of(value.get("qualifiers") or ""),
        )


def _second_version(taking: Taking, series: etree._Element) -> None:
    """2.0: featureOfInterest, observedProperty, points with a time and a value each."""
    link = "{http://www.w3.org/1999/xlink}"
    there = series.find("{*}featureOfInterest")
    what = series.find("{*}observedProperty")
    title = _told(what, link)
    quantity, _inside = named(title)
    uom = next(series.iter("{*}uom"), None)
    unit = uom.get("code", "") if uom is not None else ""
    if not quantity:
        taking.read.notes.append(_("“%(name)s”不是本系统的测项，没有导入。") % {"name": title})
        return
    for point in series.iter("{*}MeasurementTVP"):
        taking.take(
            point.sourceline or 0,
            station=_told(there, link),
            quantity=quantity,
            at=point.findtext("{*}time") or "",
            value=point.findtext("{*}value") or "",
            unit=unit,
            zone=UTC,
        )


def _told(element: etree._Element | None, link: str) -> str:
    """What a reference is called, or the last part of where it points."""
    if element is None:
        return ""
    title = element.get(f"{link}title") or element.get(f"{link}href") or ""
    return str(title).rstrip("/").rpartition("/")[2]
