import json
from decimal import Decimal

from liandong.monitoring.adapters.files import read_file
from liandong.monitoring.adapters.foreign import Given
from liandong.monitoring.signals.quality import Flag
from tests.monitoring.test_adapters_files import SHARED, collected


def series(code, values, statistic="00000"):
    return {
        "sourceInfo": {
            "siteCode": [{"value": "01491000"}],
            "timeZoneInfo": {"defaultTimeZone": {"zoneOffset": "-05:00"}},
        },
        "variable": {
            "variableCode": [{"value": code}],
            "variableName": "Gage height, ft&#179;",
            "noDataValue": -999999.0,
            "options": {"option": [{"optionCode": statistic}]},
        },
        "values": [{"value": values}],
    }


def read(*rows):
    body = {"name": "timeSeriesResponse", "value": {"timeSeries": list(rows)}}
    return read_file(json.dumps(body).encode(), Given())


def value(said, at="2026-07-01T00:15:00.000-05:00", *qualifiers):
    return {"value": said, "dateTime": at, "qualifiers": list(qualifiers)}


def test_feet_become_meters_and_what_is_said_of_a_value_its_flags():
    found = read(
        series(
            "00065",
            [
                value("6.48", "2026-07-01T00:15:00.000", "P", "e"),
                value("-999999"),
                value("Ice"),
            ],
        )
    )

    (one,) = found.observations
    assert (one.quantity, one.value) == ("level_m", Decimal("1.975104"))
    assert one.at.isoformat() == "2026-07-01T00:15:00-05:00"
    assert one.flags == Flag.PROVISIONAL | Flag.ESTIMATED
    assert (found.missing, found.notes) == (2, ["水位由英尺换算为米，仍以原测站零点为基面。"])


def test_what_is_none_of_our_quantities_is_named_and_left_out():
    found = read(series("00010", [value("12")]), series("00060", [value("9")], "00001"))

    assert found.observations == []
    assert ["1 条没有导入" in note for note in found.notes] == [True, True]


@collected
def test_real_answers_of_the_service_are_read():
    moments = (SHARED / "hydro" / "usgs" / "waterservices_iv.txt").read_bytes()
    days = (SHARED / "hydro" / "usgs" / "waterservices_dv.txt").read_bytes()

    assert len(read_file(moments, Given()).observations) == 20
    assert len(read_file(days, Given()).observations) == 4
