import json

import pytest

from liandong.config.observing import Asked, load, map_stream, standing
from liandong.kernel.problems import Invalid, Missing
from liandong.monitoring.models import Batch, Reading
from tests.factories import organization as make
from tests.monitoring.conftest import RIVER_CODE, flow, noon_after, observed, rain, send  # noqa: F401 -- fixtures of monitoring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_after")]
TOKEN = "readings-come-in-by-file-and-by-http-0123456789"
CSV = """station,quantity,at,value
21401501,rain_mm,2012-08-03T00:00:00+08:00,1.5
21401501,rain_mm,2012-08-03T01:00:00+08:00,-2
21401501,rain_mm,1999-08-03T01:00:00+08:00,3
21401501,rain_mm,昨天,3
99999999,rain_mm,2012-08-03T01:00:00+08:00,3
"""


@pytest.fixture
def file(tmp_path):
    def file(text, name="readings.csv"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return file


def rows():
    names = ("series", "at", "value", "quality", "flags")
    return list(Reading.objects.order_by("series", "at").values_list(*names))


def test_a_file_gives_the_same_rows_as_the_same_over_http(file, rain, client):  # noqa: F811
    told = load(Asked(file=file(CSV)))
    by_file = rows()
    Reading.objects.all().delete()
    make.device(token=TOKEN)
    answer = client.post(
        "/api/monitoring/readings",
        CSV,
        content_type="text/csv",
        headers={"Authorization": f"Bearer {TOKEN}"},
    ).json()

    assert rows() == by_file
    assert (told.stored, told.suspect, told.refused) == (3, 1, 2)
    assert [answer[name] for name in ("accepted", "suspect", "rejected_count")] == [3, 1, 2]
    assert [one["row"] for one in told.refusals] == [one["row"] for one in answer["rejected"]]
    assert [one["row"] for one in told.refusals] == [5, 6]


def test_the_same_file_again_changes_nothing_and_another_corrects(file, rain):  # noqa: F811
    load(Asked(file=file(CSV)))

    again = load(Asked(file=file(CSV)))
    other = load(Asked(file=file(CSV.replace("1.5", "1.6"))))

    assert (again.stored, again.duplicates) == (0, 3)
    assert (other.stored, other.corrected, other.duplicates) == (1, 1, 2)


def test_a_table_goes_to_the_station_that_is_named(file, rain, flow):  # noqa: F811
    path = file("time,prcp(mm/hour),flow(m^3/s)\n2012-08-03 01:00,2,\n2012-08-03 02:00,3,40\n")

    told = load(Asked(file=path, station=RIVER_CODE, series="流量"))

    assert (told.stored, told.missing, told.stations) == (1, 1, [RIVER_CODE])
    with pytest.raises(Missing):
        load(Asked(file=path, station="00000000"))


def test_a_look_first_stores_nothing(file, rain):  # noqa: F811
    told = load(Asked(file=file(CSV)), dry_run=True)

    assert (told.read, told.refused, Batch.objects.exists()) == (5, 1, False)


def test_a_file_without_a_single_reading_is_refused(file, rain):  # noqa: F811
    with pytest.raises(Invalid, match="没有可导入的读数"):
        load(Asked(file=file("STCD,TM,DRP\n")))


def test_steps_are_told(file, rain):  # noqa: F811
    steps = []

    load(Asked(file=file(CSV)), step=lambda done, total: steps.append((done, total)))

    assert steps == [(4, 4)]


def test_a_datastream_is_mapped_and_then_read(file, rain):  # noqa: F811
    said = [
        {
            "result": 2,
            "phenomenonTime": "2012-08-03T01:00:00+08:00",
            "Datastream": {"@iot.id": 7},
        }
    ]

    label = map_stream("7", "21401501", "雨量")
    told = load(Asked(file=file(json.dumps(said), "x.json")))

    assert (label, told.stored) == ("上游雨量", 1)
    with pytest.raises(Invalid):
        map_stream("7", "21401501", "水位")


def test_the_standing_tells_who_is_silent_and_what_waits(rain, flow):  # noqa: F811
    send(observed("21401501", "rain_mm", [1, -1]))

    told = standing()

    assert (told["series"], told["spoken"], told["silent"], told["suspect"]) == (2, 1, 1, 1)
    assert told["last_source"] == "遥测"
    assert "monitoring_reading_rest" in [part["name"] for part in told["parts"]]
