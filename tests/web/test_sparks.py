from datetime import UTC, datetime, timedelta
from decimal import Decimal

from liandong.web.sparks import Line, drawn

START = datetime(2026, 7, 14, tzinfo=UTC)


def told(*values):
    return [(START + timedelta(hours=n), Decimal(value)) for n, value in enumerate(values)]


def test_a_line_goes_from_left_to_right_and_ends_in_a_dot():
    picture = drawn(told(0, 10, 5))

    assert '<polyline class="spark-line" points="4.0,36.0 46.0,4.0 88.0,20.0"/>' in picture
    assert '<circle class="spark-end" cx="88.0" cy="20.0" r="3"/>' in picture


def test_a_bound_widens_the_picture():
    picture = drawn(told(0, 5), [Line(Decimal(10), is_reached=False)])

    assert '<line class="spark-bound" x1="0" y1="4.0" x2="92" y2="4.0"/>' in picture
    assert 'points="4.0,36.0 88.0,20.0"' in picture


def test_bars_stand_on_zero():
    assert 'd="M4.0 36V20.0M88.0 36V4.0"' in drawn(told(5, 10), bars=True)


def test_what_never_moved_lies_in_the_middle():
    assert 'points="4.0,20.0 88.0,20.0"' in drawn(told(7, 7))


def test_one_figure_makes_no_picture():
    assert drawn(told(7)) == ""
