import pytest

from liandong.monitoring import queries
from liandong.monitoring.states import ThresholdKind
from tests.monitoring.conftest import bound, flowed, hour, send
from tests.monitoring.people import gauge

pytestmark = pytest.mark.django_db


def test_a_hydrograph_has_one_axis_and_leaves_gaps(flow, warning_line):
    send(flowed([1, 2, None, "4.50"]))

    graph = queries.hydrograph(flow.station, hour(0), hour(5))

    assert graph.times == [
        "2012-08-02T16:00:00+00:00",
        "2012-08-02T17:00:00+00:00",
        "2012-08-02T18:00:00+00:00",
        "2012-08-02T19:00:00+00:00",
    ]
    assert (graph.flow, graph.rain) == (["1", "2", None, "4.5"], [None] * 4)


def test_a_hydrograph_keeps_to_its_time_and_realm(flow, at):
    at("2012-08-05T12:00", realm="drill-1")
    send(flowed([1, 2, 3]))
    send(flowed([9, 9, 9]), actor=gauge("drill-1"))

    assert queries.hydrograph(flow.station, hour(1), hour(1)).flow == ["2"]
    assert queries.hydrograph(flow.station, hour(1), hour(2), realm="drill-1").flow == [
        "9",
        "9",
    ]


def test_bounds_come_lowest_first(flow):
    bound(flow, ThresholdKind.GUARANTEE, "2000.5")
    bound(flow, ThresholdKind.WARNING, 1000)
    bound(flow, ThresholdKind.HISTORICAL_MAX, 9000, is_active=False)

    lines = queries.hydrograph(flow.station, hour(0), hour(1)).thresholds

    assert [(line.label, line.value, line.kind) for line in lines] == [
        ("警戒", "1000", "warning"),
        ("保证", "2000.5", "guarantee"),
    ]
