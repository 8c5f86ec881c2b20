from datetime import UTC, datetime

import pytest

from liandong.monitoring.exchange.times import time_of

FIVE = datetime(2026, 7, 13, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-14T05:00:00+08:00",
        "2026-07-14 05:00:00+08:00",
        "2026-07-14 05:00:00",
        "2026-07-14 05:00",
        "2026-07-14T05:00+08:00",
        "2026/07/14 05:00",
        "2026年07月14日05时00分",
        "20260714050000",
        "Mon, 13 Jul 2026 21:00:00 GMT",
        "2026-07-13T21:00:00Z",
        "1783976400",
        "1783976400.0",
        1783976400,
        "1783976400000",
    ],
)
def test_each_way_to_write_a_moment(text):
    assert time_of(text) == FIVE


@pytest.mark.parametrize(
    "text",
    ["", None, "昨天", "2026-02-30 05:00", "0001-01-01", "9" * 400, "1e400", "NaN", "2" * 11],
)
def test_what_is_no_moment(text):
    assert time_of(text) is None
