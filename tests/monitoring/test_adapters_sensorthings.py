import json

import pytest

from liandong.monitoring.adapters.files import read_file
from liandong.monitoring.adapters.foreign import Given

MAPPED = Given(streams={"66": ("54499", "temp_c")})
AT = "2026-07-01T08:00:00+08:00"
ONE = {"phenomenonTime": f"2026-07-01T07:00:00+08:00/{AT}", "result": "31.5"}


@pytest.mark.parametrize(
    ("said", "given"),
    [
        (ONE | {"Datastream": {"@iot.id": 66}}, MAPPED),
        (ONE | {"Datastream": {"@iot.id": "54499:temp_c"}}, Given()),
        (ONE | {"Datastream": {"name": "54499/temp_c"}}, Given()),
        (ONE | {"Datastream@iot.navigationLink": "http://s/v1.1/Datastreams(66)"}, MAPPED),
        ({"value": [ONE | {"Datastream": {"@iot.id": 66}}]}, MAPPED),
        ([ONE], Given(station="54499", series="temp_c")),
        (
            [
                {
                    "Datastream": {"@iot.id": 66},
                    "components": ["phenomenonTime", "result", "FeatureOfInterest/id"],
                    "dataArray": [[AT, 31.5, 1]],
                }
            ],
            MAPPED,
        ),
    ],
)
def test_an_observation_is_read_however_it_is_wrapped(said, given):
    read = read_file(json.dumps(said).encode(), given)

    (one,) = read.observations
    assert (one.station_code, one.quantity, f"{one.value}") == ("54499", "temp_c", "31.5")
    assert one.at.isoformat() == AT


def test_a_datastream_that_nobody_mapped_is_refused_by_name():
    read = read_file(json.dumps([ONE | {"Datastream": {"@iot.id": 7}}]).encode(), MAPPED)

    (refusal,) = read.refusals
    assert (refusal.field, refusal.problem) == ("Datastream", "数据流“7”没有对应的测项。")


def test_an_observation_without_its_time_is_refused():
    read = read_file(json.dumps([{"result": 3}]).encode(), Given("54499", "temp_c"))

    assert [one.field for one in read.refusals] == ["at"]
