import math

import pytest
from shapely import box

from liandong.monitoring.exchange import Alert, Area, Circle, Info
from liandong.monitoring.exchange.belonging import is_about, shape_of

NAMES = ("示例县", "示例市", "示例省")
RING = ((117.0, 31.0), (117.1, 31.0), (117.1, 31.1), (117.0, 31.0))


def about(*areas, ground=None, **more):
    alert = Alert(infos=(Info(areas=areas),), **more)
    return is_about(alert, code="349901", names=NAMES, ground=ground)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("349901100000", True),
        ("349901", True),
        ("34990110000000", True),
        ("349900000000", True),
        ("340000000000", True),
        ("349902000000", False),
        ("110000000000", False),
        ("032013", None),
        ("NVC013", None),
    ],
)
def test_by_codes(code, said):
    assert about(Area("x", geocodes=(("division", code),))) is said


def test_a_bureau_warns_for_its_own_division_unless_the_message_names_one():
    elsewhere = Area("x", geocodes=(("division", "110000000000"),))

    assert about(sender_code="34990041600000") is True
    assert about(sender_code="11000041600000") is False
    assert about(elsewhere, sender_code="34990041600000") is False


def test_by_ground():
    area = Area("x", polygons=(RING,))

    assert about(area, ground=box(117.05, 31.0, 118, 32)) is True
    assert about(area, ground=box(119, 31.0, 120, 32)) is False
    assert about(area) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [("示例县城关镇", True), ("示例市、别的市", True), ("示例省", True), ("别的县", None)],
)
def test_by_names(name, said):
    assert about(Area(name)) is said


def test_a_circle_is_round_on_the_ground():
    shape = shape_of(Area("x", circles=(Circle(117.0, 60.0, 50.0),)))

    left, bottom, right, top = shape.bounds
    assert (right - left) * math.cos(math.radians(60)) == pytest.approx(top - bottom)


def test_ground_without_shape_is_none():
    assert shape_of(Area("城关镇")) is None
