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

    rows = rain.thresholds.order_by("-window_hours", "bound")
    assert [(row.level, row.window_hours, row.bound) for row in rows] == [
        ("蓝", 12, 50),
        ("黄", 6, 50),
        ("橙", 3, 50),
        ("红", 3, 100),
    ]
    assert {row.status for row in rows} == {SourceStatus.RECORDED}


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"kind": "limit"}, "kind"),
        ({"kind": "rainstorm", "level": "蓝"}, "kind"),
        ({"level": "紫"}, "level"),
        ({"window_hours": 3}, "window_hours"),
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


@pytest.mark.parametrize("hours", [None, 2, 48])
def test_rain_needs_a_window_that_is_summed(rain, hours):
    values = given(rain, kind="rainstorm", level="蓝", window_hours=hours)

    with pytest.raises(Invalid) as refused:
        set_threshold(keeper(), **values)

    assert list(refused.value.fields) == ["window_hours"]


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
