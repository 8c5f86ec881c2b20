from decimal import Decimal

import pytest

from liandong.kernel.problems import Problem
from liandong.monitoring.adapters.files import read_file
from liandong.monitoring.adapters.foreign import Given

FIRST = b"""<?xml version="1.0"?>
<timeSeriesResponse xmlns="http://www.cuahsi.org/waterML/1.1/"><timeSeries>
<sourceInfo><siteCode network="NWIS">01491000</siteCode></sourceInfo>
<variable><variableCode>00060</variableCode><noDataValue>-999999</noDataValue></variable>
<values><value dateTime="2026-07-01T00:00:00-05:00" qualifiers="P">100</value>
<value dateTime="2026-07-01T00:15:00-05:00">-999999</value></values>
</timeSeries></timeSeriesResponse>"""
SECOND = b"""<wml2:Collection xmlns:wml2="http://www.opengis.net/waterml/2.0"
 xmlns:om="http://www.opengis.net/om/2.0" xmlns:xlink="http://www.w3.org/1999/xlink"><om:OM_Observation>
<om:observedProperty xlink:title="Discharge"/><om:featureOfInterest xlink:href="http://x/sites/21401550"/>
<om:result><wml2:MeasurementTimeseries><wml2:uom code="m3/s"/><wml2:point><wml2:MeasurementTVP>
<wml2:time>2026-07-01T00:00:00Z</wml2:time><wml2:value>12.5</wml2:value></wml2:MeasurementTVP></wml2:point>
</wml2:MeasurementTimeseries></om:result></om:OM_Observation></wml2:Collection>"""


def test_both_versions_are_read():
    first = read_file(FIRST, Given())
    (second,) = read_file(SECOND, Given()).observations

    assert [(one.station_code, one.value) for one in first.observations] == [
        ("01491000", Decimal("2.831685"))
    ]
    assert first.missing == 1
    assert (second.station_code, second.quantity, second.value) == (
        "21401550",
        "flow_m3s",
        Decimal("12.5"),
    )


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (FIRST[:-30], "XML 不完整或写错。"),
        (
            (
                b'<!DOCTYPE timeSeriesResponse [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                b"<timeSeriesResponse>&a;</timeSeriesResponse>"
            ),
            "XML 里有文档类型声明，不予读取。",
        ),
    ],
)
def test_what_is_cut_off_or_brings_entities_is_refused(body, title):
    with pytest.raises(Problem) as refused:
        read_file(body, Given())

    assert refused.value.title == title
