import json
from decimal import Decimal

import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import SeriesSpec, register_station
from tests.factories import organization as make
from tests.monitoring.conftest import flowed, rained, send
from tests.monitoring.counting import queries_of
from tests.monitoring.people import keeper

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def desk(client, db):
    client.force_login(make.holder(Role.DUTY_OFFICER), BACKEND)
    return client


def more(count):
    for n in range(count):
        register_station(
            keeper(),
            code=f"3000000{n}",
            name=f"站{n}",
            kind="PP",
            lon=Decimal(122),
            lat=Decimal(39),
            series=[SeriesSpec(quantity="rain_mm")],
        )


def test_the_list_shows_what_was_measured_last_and_what_is_over(desk, flow, warning_line):
    send(flowed([900, 1100]))

    page = desk.get("/monitoring/stations/").content.decode()

    assert "1100 m³/s" in page
    assert 'aria-label="黄色预警"' in page
    assert "/monitoring/stations/21401550/" in page


def test_the_list_costs_the_same_for_one_and_for_three(desk, rain):
    desk.get("/monitoring/stations/")
    one = queries_of(desk, "/monitoring/stations/")

    more(3)

    assert queries_of(desk, "/monitoring/stations/") == one


def test_a_station_shows_figures_bounds_and_sums(desk, rain, signals):
    send(rained([1, "2.5"]))

    page = desk.get("/monitoring/stations/21401501/?hours=168").content.decode()

    assert "上游" in page
    assert "至少 3.5 mm" in page
    assert "气象灾害预警信号发布与传播办法" in page
    assert 'id="hydrograph-data"' in page


def test_the_hydrograph_is_data_with_gaps_and_lines(desk, flow, warning_line):
    send(flowed([900, None, 1100], since=50))

    said = desk.get("/monitoring/stations/21401550/hydrograph.json?hours=36").json()

    assert (said["quantity"], said["unit"]) == ("流量", "m³/s")
    assert [value for _at, value in said["observed"]] == ["900", None, "1100"]
    assert said["lines"] == [{"kind": "alert", "label": "警戒", "value": "1000"}]
    assert said["rain"] == []


def test_an_unknown_station_is_a_page_that_says_so(desk):
    answer = desk.get("/monitoring/stations/99999999/")

    assert answer.status_code == 404
    assert "没有站码为“99999999”的测站" in answer.content.decode()


@pytest.mark.parametrize("hours", ["0", "x", "37", "99999999999999999999"])
def test_an_odd_span_is_refused(desk, flow, hours):
    answer = desk.get(f"/monitoring/stations/21401550/hydrograph.json?hours={hours}")

    assert answer.status_code == 422


def test_strangers_are_sent_to_the_door(client, flow):
    answer = client.get("/monitoring/stations/")

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


def test_the_chart_of_nothing_is_empty(desk, rain):
    said = json.loads(desk.get("/monitoring/stations/21401501/hydrograph.json").content)

    assert (said["observed"], said["rain"], said["lines"]) == ([], [], [])
