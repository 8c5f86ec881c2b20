import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liandong.kernel.permissions import Role
from liandong.monitoring.models import Reading
from liandong.monitoring.states import Quality
from tests.factories import organization as make
from tests.monitoring.conftest import RAIN_CODE, RIVER_CODE, flowed, rained, send
from tests.monitoring.counting import queries_of

pytestmark = pytest.mark.django_db
DOUBTS = "/monitoring/doubts/"


@pytest.fixture
def officer(client):
    client.force_login(make.holder(Role.DUTY_OFFICER))
    return client


def press(client, **said):
    row = Reading.objects.get(quality=Quality.SUSPECT)
    data = {
        "at": row.at.isoformat(),
        "expected_value": str(row.value),
        "verdict": "confirmed",
        "back": DOUBTS,
    }
    url = reverse("monitoring:judge", args=[row.series_id])
    return client.post(url, data | said)


def test_a_doubted_reading_is_confirmed_with_one_press(officer, flow):
    send(flowed([10, 300_000]))
    page = officer.get(DOUBTS).content.decode()

    answer = press(officer)

    assert "超出可信范围" in page
    assert (answer.status_code, answer["Location"]) == (303, DOUBTS)
    assert Reading.objects.get(value=300_000).quality == Quality.CONFIRMED
    assert "没有存疑的读数" in officer.get(DOUBTS).content.decode()


def test_nobody_is_led_elsewhere(officer, flow):
    send(flowed([10, 300_000]))

    assert (
        press(officer, back="//evil.example/x")["Location"]
        == f"/monitoring/stations/{RIVER_CODE}/"
    )


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"at": "昨天"}, 422),
        ({"expected_value": "x"}, 422),
        ({"verdict": "good"}, 422),
        ({"expected_value": "9"}, 409),
    ],
)
def test_a_press_that_cannot_be_understood_is_refused(officer, flow, said, status):
    send(flowed([10, 300_000]))

    assert press(officer, **said).status_code == status


def test_the_station_shows_what_is_doubted_and_what_was_corrected(officer, flow):
    send(flowed([10, 20]))
    send(flowed([10, 25]))
    send(flowed([300_000], since=2))

    page = officer.get(f"/monitoring/stations/{RIVER_CODE}/").content.decode()

    assert "更正前 20" in page
    assert "待核实" in page
    assert "判废" in page


def test_the_list_tells_how_each_series_stands(officer, flow, rain):
    send(flowed([10, 20], since=59))
    send(rained([1, 2]))

    page = officer.get("/monitoring/stations/").content.decode()
    silent = officer.get("/monitoring/stations/?standing=silent").content.decode()

    assert "静默" in page
    assert (RAIN_CODE in silent, RIVER_CODE in silent) == (True, False)
    assert 'class="spark"' in page


@pytest.mark.parametrize("by", ["hour", "day", "month", "year"])
def test_statistics_are_shown_and_handed_out(officer, flow, work, by):
    send(flowed([10, 20], since=40))
    work()
    url = f"/monitoring/stations/{RIVER_CODE}/statistics/?by={by}"

    page = officer.get(url).content.decode()
    sheet = load_workbook(io.BytesIO(officer.get(f"{url}&export=xlsx").content)).active

    assert "还没有统计" not in page
    assert any("时段" in [cell.value for cell in row] for row in sheet.iter_rows())


def test_statistics_of_nothing_say_so_and_of_what_they_are_asked(officer, flow):
    url = f"/monitoring/stations/{RIVER_CODE}/statistics/"

    assert "还没有统计" in officer.get(url).content.decode()
    assert officer.get(f"{url}?by=week").status_code == 422


def test_pages_cost_the_same_however_much_there_is(officer, flow, rain):
    send([*flowed([10, 20]), *rained([1, 2])])
    officer.get("/monitoring/stations/")
    few = queries_of(officer, "/monitoring/stations/")

    send([*flowed(range(30), since=2), *rained(range(30), since=2)])

    assert queries_of(officer, "/monitoring/stations/") == few
