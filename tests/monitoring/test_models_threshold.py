"""A county that kept bounds before they were data, and what a bound makes of its figures."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from liandong.kernel.ids import uuid7
from liandong.monitoring.models import Threshold

pytestmark = pytest.mark.django_db
BEFORE, AFTER = (
    [("monitoring", "0002_more_quantities")],
    [("monitoring", "0003_thresholds_as_data")],
)


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


def test_bounds_come_over_as_what_they_meant():
    old = migrate(BEFORE)
    station = old.get_model("monitoring", "Station").objects.create(
        id=uuid7(), code="21401501", name="上游", kind="ZQ", lon=122, lat=39, cell=1
    )
    series = {
        quantity: old.get_model("monitoring", "Series").objects.create(
            station=station, quantity=quantity
        )
        for quantity in ("rain_mm", "level_m")
    }
    for quantity, kind, level, hours, bound in (
        ("rain_mm", "rainstorm", "蓝", 12, 50),
        ("level_m", "warning", "黄", None, Decimal("245.5")),
    ):
        old.get_model("monitoring", "Threshold").objects.create(
            id=uuid7(),
            series=series[quantity],
            kind=kind,
            level=level,
            window_hours=hours,
            bound=bound,
            clear_margin=1,
            hold_minutes=60,
            status="assumed",
        )

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits would stand in the way
    migrate(AFTER)

    rows = Threshold.objects.order_by("kind").values_list(
        "kind", "hazard", "statistic", "window_minutes", "bound", "comparison", "season_from"
    )
    assert list(rows) == [
        ("rainstorm", "11B03", "sum", 720, 50, "at_least", ""),
        ("warning", "11A01", "value", None, Decimal("245.5"), "at_least", ""),
    ]


def test_a_silence_of_two_steps_parts_what_was_over(warning_line):
    warning_line.lasting_minutes = 30

    assert (warning_line.line.lasting, warning_line.line.gap) == (
        timedelta(minutes=30),
        timedelta(hours=2),
    )


def test_signals_are_named_with_their_color_and_marks_without(signals, warning_line):
    assert (str(signals["蓝"]), str(warning_line)) == ("暴雨信号蓝", "警戒")
