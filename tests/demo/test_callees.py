import pytest

from liandong.demo.callees import enter_callees
from liandong.demo.county import build_county
from liandong.messaging import queries
from liandong.messaging.states import Urgency

pytestmark = pytest.mark.django_db


def test_every_township_is_called_from_blue_and_the_leaders_from_orange():
    enter_callees(build_county(watched=False))

    blue = queries.must_be_reached(hazard="11B03", urgency=Urgency.BLUE, areas=[])
    orange = queries.must_be_reached(hazard="11B03", urgency=Urgency.ORANGE, areas=[])
    assert (len(blue), len(orange)) == (24, 27)


def test_a_warning_for_one_township_calls_its_own_and_the_leaders():
    enter_callees(build_county(watched=False))

    found = queries.must_be_reached(hazard="11A01", urgency=Urgency.RED, areas=["999901101"])

    assert {one.area_name for one in found} == {"示例县", "河口镇"}
    assert len(found) == 5
