import pytest

from liandong.monitoring.exchange.alerts import Circle
from liandong.monitoring.exchange.ground import circle_of, ring_of


class Told(list):
    def __call__(self, code, **values):
        self.append(code)


@pytest.mark.parametrize(
    ("text", "points", "told"),
    [
        ("30,110 31,110 31,111 30,110", 4, []),
        ("30,110 31,110 31,111", 4, ["polygon-open"]),
        ("+41.12,-117.61 +41.06,-117.47, +41.04,-117.47 +41.12,-117.61", 4, []),
        ("110,30 110,31 111,31 110,30", 4, ["polygon-swapped"]),
        ("30,110 30,110", 0, ["polygon-few"]),
        ("30,110 31", 0, ["polygon-numbers"]),
        ("30,110 31,1e999 31,111 30,110", 0, ["polygon-numbers"]),
        ("30,110 31,NaN 31,111 30,110", 0, ["polygon-numbers"]),
        ("30,110 31,190 31,111 30,110", 0, ["polygon-numbers"]),
        (f"30,{'1' * 5000} 31,110 31,111 30,110", 0, ["polygon-numbers"]),
    ],
)
def test_rings(text, points, told):
    said = Told()

    assert len(ring_of(text, said)) == points
    assert said == told


def test_positions_are_longitude_first():
    assert ring_of("30,110 31,110 31,111 30,110", Told())[0] == (110.0, 30.0)


@pytest.mark.parametrize(
    ("text", "meters", "circle"),
    [
        ("31.5,117.2 5", False, Circle(117.2, 31.5, 5.0)),
        ("31.5,117.2 5000", True, Circle(117.2, 31.5, 5.0)),
        ("117.2,31.5 5", False, Circle(117.2, 31.5, 5.0)),
        ("31.5,117.2", False, None),
        ("31.5,117.2 -1", False, None),
        ("近郊 5", False, None),
        ("31.5,117.2 99999", False, None),
        ("31.5,197.2 5", False, None),
    ],
)
def test_circles(text, meters, circle):
    said = Told()

    assert circle_of(text, said, meters=meters) == circle
    assert bool(said) == (circle is None)
