from datetime import UTC, datetime, timedelta

import pytest

from liandong.web.times import countdown, countdown_state, span, until

NOW = datetime(2026, 7, 13, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "00:00"),
        (110, "01:50"),
        (-740, "12:20"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (6230, "1:43:50"),
        (86400 * 2 + 3 * 3600 + 600, "2 天 03:10"),
    ],
)
def test_spans_as_people_read_them(seconds, said):
    assert span(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("left", "whole", "state"),
    [
        (120, 0, "soon"),
        (121, 0, "calm"),
        (899, 3600, "soon"),
        (901, 3600, "calm"),
        (0, 0, "soon"),
        (-1, 0, "over"),
    ],
)
def test_soon_is_a_quarter_or_two_minutes(left, whole, state):
    due = NOW + timedelta(seconds=left)
    start = due - timedelta(seconds=whole) if whole else None

    assert countdown_state(due, NOW, start) == state


def test_the_ring_shows_the_share_that_is_left():
    html = countdown(NOW + timedelta(minutes=15), NOW, NOW - timedelta(minutes=45))

    assert 'stroke-dasharray="25 100"' in html


def test_what_is_over_says_by_how_much():
    assert "超时 12:20" in countdown(NOW - timedelta(minutes=12, seconds=20), NOW)


@pytest.mark.parametrize(
    ("hours", "said"), [(10, "18:00"), (24, "次日 08:00"), (48, "7月16日 08:00")]
)
def test_an_end_is_told_from_its_beginning(hours, said):
    start = datetime(2026, 7, 14, tzinfo=UTC)

    assert until(start + timedelta(hours=hours), start) == said
