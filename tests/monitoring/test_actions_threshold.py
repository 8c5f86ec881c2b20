import json
from decimal import Decimal

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid
from liandong.monitoring.actions import set_rainstorm_signals, set_threshold
from liandong.monitoring.models import Threshold
from liandong.monitoring.states import SourceStatus, ThresholdKind
from tests.monitoring.people import keeper
from tests.people import visitor

pytestmark = pytest.mark.django_db


def given(series, **more):
    values = {
        "series": series,
        "kind": ThresholdKind.WARNING,
        "bound": Decimal(1000),
        "status": SourceStatus.RECORDED,
        "cite": "县防汛预案 5.1",
    }
    return values | more


def test_a_bound_is_set_with_its_source_and_its_color(flow, water):
    row = set_threshold(keeper(), **given(flow, issuer=water, areas=["城关镇"]))

    said = json.loads(Entry.objects.get(name="monitoring.threshold_set").payload.text)
    assert (row.level, row.issuer, row.areas) == ("黄", water, ["城关镇"])
    assert (said["bound"], said["status"], said["cite"]) == (
        "1000",
        "recorded",
        "县防汛预案 5.1",
    )


@pytest.mark.parametrize(
    ("kind", "level"),
    [("warning", "黄"), ("guarantee", "橙"), ("historical_max", "红")],
)
def test_each_mark_of_a_river_has_its_color(flow, kind, level):
    assert set_threshold(keeper(), **given(flow, kind=kind)).level == level


def test_setting_again_moves_the_bound(flow):
    first = set_threshold(keeper(), **given(flow))

    again = set_threshold(keeper(), **given(flow, bound=Decimal("1200.5")))

    assert (again.pk, Threshold.objects.get().bound) == (first.pk, Decimal("1200.5"))


def test_the_signals_of_2007_come_as_four_bounds_with_their_source(rain, weather):
    set_rainstorm_signals(keeper(), series=rain, issuer=weather)

    rows = rain.thresholds.order_by("-window_minutes", "bound")
    assert [(row.level, row.window_minutes, row.bound) for row in rows] == [
        ("蓝", 720, 50),
        ("黄", 360, 50),
        ("橙", 180, 50),
        ("红", 180, 100),
    ]
    assert {row.status for row in rows} == {SourceStatus.RECORDED}


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"statistic": "median"}, "statistic"),
        ({"statistic": "sum", "window_minutes": 60}, "statistic"),
        ({"comparison": "about"}, "comparison"),
        ({"lasting_minutes": -1}, "lasting_minutes"),
        ({"season_from": "0601"}, "season_to"),
        ({"season_from": "0230", "season_to": "0930"}, "season_from"),
        ({"kind": "own", "level": "蓝"}, "name"),
        ({"kind": "signal", "hazard": "11B09", "level": "蓝"}, "level"),
        ({"kind": "limit"}, "kind"),
        ({"kind": "rainstorm", "level": "蓝"}, "kind"),
        ({"level": "紫"}, "level"),
        ({"window_minutes": 3}, "window_minutes"),
        ({"bound": Decimal("NaN")}, "bound"),
        ({"bound": Decimal(10**9)}, "bound"),
        ({"clear_margin": Decimal(-1)}, "clear_margin"),
        ({"status": "guessed"}, "status"),
        ({"cite": " "}, "cite"),
    ],
)
def test_what_is_no_bound_is_refused_by_field(flow, bad, field):
    with pytest.raises(Invalid) as refused:
        set_threshold(keeper(), **given(flow, **bad))

    assert field in refused.value.fields
    assert not Threshold.objects.exists()


@pytest.mark.parametrize("minutes", [None, 0, 92 * 1440 + 1])
def test_a_sum_needs_a_window(rain, minutes):
    values = given(rain, kind="rainstorm", level="蓝", statistic="sum", window_minutes=minutes)

    with pytest.raises(Invalid) as refused:
        set_threshold(keeper(), **values)

    assert list(refused.value.fields) == ["window_minutes"]


def test_setting_is_refused_without_the_permission(flow):
    with pytest.raises(Forbidden):
        set_threshold(visitor(), **given(flow))


def test_the_same_key_sets_once(flow):
    first = set_threshold(keeper(), **given(flow), idempotency_key="k")

    again = set_threshold(keeper(), **given(flow), idempotency_key="k")

    assert (again.pk, Entry.objects.filter(name="monitoring.threshold_set").count()) == (
        first.pk,
        1,
    )


def test_a_drill_moves_no_bound(flow, rain):
    with pytest.raises(Forbidden):
        set_threshold(keeper("drill-1"), **given(flow))
    with pytest.raises(Forbidden):
        set_rainstorm_signals(keeper("drill-1"), series=rain)

    assert not Threshold.objects.exists()


def test_a_signal_that_has_no_such_level_says_which_it_has(flow):
    with pytest.raises(Invalid) as refused:
        set_threshold(keeper(), **given(flow, kind="signal", hazard="11B19", level="红"))

    assert refused.value.fields == {"level": "霾信号没有红色，只有黄、橙"}


def test_a_flood_limit_stands_twice_in_seasons_that_do_not_meet(level):
    for first, last, bound in (("0615", "0815", "98"), ("0816", "0930", "99.5")):
        set_threshold(
            keeper(),
            **given(
                level,
                kind="flood_limit",
                bound=Decimal(bound),
                season_from=first,
                season_to=last,
            ),
        )

    rows = Threshold.objects.order_by("season_from")
    assert [(row.season_from, row.bound, row.hazard) for row in rows] == [
        ("0615", 98, "11A01"),
        ("0816", Decimal("99.5"), "11A01"),
    ]


def test_a_second_bound_in_the_same_season_is_refused(level):
    season = {"kind": "flood_limit", "season_from": "0615", "season_to": "0815"}
    set_threshold(keeper(), **given(level, **season))

    with pytest.raises(Invalid) as refused:
        set_threshold(
            keeper(), **given(level, **season | {"season_from": "0815", "season_to": "0930"})
        )

    assert list(refused.value.fields) == ["season_from"]
    assert Threshold.objects.count() == 1


def test_a_bound_over_another_datum_is_refused(level):
    with pytest.raises(Invalid) as refused:
        set_threshold(keeper(), **given(level, datum="吴淞高程"))

    assert "吴淞高程" in str(refused.value)
    assert not Threshold.objects.exists()


def test_a_bound_over_the_stations_datum_is_taken(level):
    assert set_threshold(keeper(), **given(level, datum="1985国家高程基准")).pk


def test_what_is_told_has_the_sentence_it_reads_as(flow):
    set_threshold(
        keeper(),
        **given(flow, lasting_minutes=30, season_from="0601", season_to="0930"),
    )

    said = json.loads(Entry.objects.get(name="monitoring.threshold_set").payload.text)
    assert said["rule"] == "流量达到或超过 1000 m³/s，持续 30 分钟，6 月 1 日至9 月 30 日"
