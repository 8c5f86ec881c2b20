import re
from decimal import Decimal

import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import SeriesSpec, register_station, set_weather_signals
from liandong.monitoring.models import Crossing, Series, Threshold
from liandong.monitoring.states import Quantity
from tests.factories import organization as make
from tests.monitoring.conftest import flowed, rained, send
from tests.monitoring.counting import queries_of
from tests.monitoring.people import keeper
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
LIST = "/monitoring/thresholds/"
RULE = {
    "name": "雨大水高",
    "kind": "own",
    "level": "黄",
    "need": "2",
    "status": "assumed",
    "statistic_1": "sum",
    "window_minutes_1": "3 小时",
    "bound_1": "50",
    "bound_2": "1000",
}


@pytest.fixture
def office():
    return entered(make.holder(Role.HEADQUARTERS_OFFICE))


def form_of(series, **more):
    return {
        "series": series.pk,
        "kind": "own",
        "name": "三小时大雨",
        "level": "蓝",
        "statistic": "sum",
        "window_minutes": "3 小时",
        "bound": "50",
        "lasting_minutes": "30分钟",
        "season_from": "6 月 1 日",
        "season_to": "9-30",
        "status": "assumed",
    } | more


def page(client, url):
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def test_a_bound_is_set_in_plain_words_and_reads_back_as_a_sentence(office, rain):
    done = office.post("/monitoring/stations/21401501/threshold/", form_of(rain))

    row = Threshold.objects.get()
    assert (row.window_minutes, row.lasting_minutes) == (180, 30)
    assert (row.season_from, row.season_to) == ("0601", "0930")
    said = "3 小时雨量达到或超过 50 mm，持续 30 分钟，6 月 1 日至9 月 30 日"
    assert said in page(office, done.url)
    assert said in page(office, LIST)
    assert said in page(office, "/monitoring/stations/21401501/")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"window_minutes": "一会儿"}, "请写成 30 分钟、3 小时或 2 天。"),
        ({"window_minutes": ""}, "请写时段，1 分钟到 92 天"),
        ({"season_to": "2 月 30 日"}, "月日应为 4 位数字"),
        ({"datum": "吴淞高程", "statistic": "value", "window_minutes": ""}, "基面"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(office, level, bad, said):
    values = form_of(level, statistic="mean") | bad

    answer = office.post("/monitoring/stations/21401570/threshold/", values)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Threshold.objects.exists()


def test_a_bound_is_tried_before_it_is_kept(office, rain):
    send(rained([10, 20, 25, 0, 0, 0, 0, 0, 30, 30, 0]))
    values = form_of(rain, lasting_minutes="", season_from="", season_to="", try_only="on")

    answer = office.post("/monitoring/stations/21401501/threshold/", values)

    text = answer.content.decode()
    assert "过去 30 天会触发 2 次" in text
    assert "最极端的一次到 60 mm" in text
    assert not Threshold.objects.exists()
    assert not Crossing.objects.exists()


def test_trying_what_means_nothing_says_so(office, rain):
    answer = office.post(
        "/monitoring/stations/21401501/threshold/",
        form_of(rain, window_minutes="", try_only="on"),
    )

    assert (answer.status_code, "请写时段" in answer.content.decode()) == (422, True)


def test_its_page_tells_what_it_has_told_and_would_have(office, flow, warning_line):
    send(flowed([900, 1000, 1200, 800, 800, 800, 900]))

    text = page(office, f"{LIST}{warning_line.pk}/")

    assert "流量达到或超过 1000 m³/s" in text
    assert "回落到 900 m³/s 以下满 2 小时 才算解除" in text
    assert "用过去 30 天的读数算一遍：会触发 1 次。" in text
    assert text.count("1200") == 2


def test_a_rule_of_two_stations_is_put_and_read_back(office, rain, flow):
    done = office.post(f"{LIST}rule/", RULE | {"series_1": rain.pk, "series_2": flow.pk})

    whole = Threshold.objects.get(part_of=None)
    assert (done.status_code, whole.bound, whole.parts.count()) == (303, 2, 2)
    text = page(office, done.url)
    assert (
        "以下条件同时满足：上游3 小时雨量达到或超过 50 mm、出口流量达到或超过 1000 m³/s" in text
    )
    assert "会触发 0 次" in text


def test_a_condition_without_a_bound_is_refused(office, rain, flow):
    values = RULE | {"series_1": rain.pk, "series_2": flow.pk, "bound_2": ""}

    assert office.post(f"{LIST}rule/", values).status_code == 422
    assert not Threshold.objects.exists()


def test_signals_are_chosen_and_those_that_cannot_be_told_are_named(office):
    register_station(
        keeper(),
        code="54511",
        name="气象站",
        kind="MM",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=Quantity.TEMPERATURE)],
    )
    url = "/monitoring/stations/54511/signals/"
    before = page(office, url)

    done = office.post(url, {"hazards": ["11B09"]})
    refused = office.post(url, {"hazards": ["11B06"]})

    assert "雷电信号凭预报和雷达、闪电定位发布。" in before
    assert (done.status_code, Threshold.objects.count()) == (303, 3)
    assert "没有平均风速、阵风测项，不能判定大风信号" in refused.content.decode()


def test_a_bound_is_put_out_of_use(office, warning_line):
    office.post(f"{LIST}{warning_line.pk}/retire/", {"idempotency_key": "k"})

    warning_line.refresh_from_db()
    assert not warning_line.is_active
    assert "停用" in page(office, LIST)


def test_the_list_costs_the_same_for_one_rule_and_three(office):
    register_station(
        keeper(),
        code="54511",
        name="气象站",
        kind="MM",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=one) for one in (Quantity.WIND, Quantity.GUST)],
    )
    station = Series.objects.first().station
    set_weather_signals(keeper(), station=station, hazards=["11B06"])
    office.get(LIST)
    few = queries_of(office, LIST)
    set_weather_signals(keeper(), station=station, hazards=["11B01"])

    assert queries_of(office, LIST) == few


def test_the_list_leaves_as_a_workbook(office, warning_line):
    answer = office.get(f"{LIST}?export=xlsx")

    assert (answer.status_code, answer["Content-Type"].endswith("sheet")) == (200, True)


def test_who_may_not_set_sees_no_button(warning_line):
    visitor = entered(make.holder(Role.DUTY_OFFICER))

    text = page(visitor, f"{LIST}{warning_line.pk}/")

    assert ("停用" in text, visitor.get(f"{LIST}rule/").status_code) == (False, 403)


def test_a_bound_that_is_not_there_is_said_so(office):
    answer = office.get(f"{LIST}01980000-0000-7000-8000-000000000000/")

    assert answer.status_code == 404
