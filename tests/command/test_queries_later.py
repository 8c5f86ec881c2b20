import pytest

from liandong.command.queries import obligations
from liandong.kernel import clock
from liandong.organization.models import Appointment
from tests.command import county as places

pytestmark = pytest.mark.django_db


def told(actor):
    return [one.text for one in obligations(actor, clock.now("actual"))]


def test_a_county_in_order_owes_nothing(county):
    assert told(county.officer) == []


def test_empty_chairs_are_counted(county):
    places.empty_post(county)
    Appointment.objects.filter(post=county.posts["weather"]).update(
        until_at=clock.now("actual")
    )

    assert told(county.officer) == ["空缺岗位 2 个"]


def test_the_desk_names_them_to_whoever_keeps_it(enter, county):
    places.empty_post(county)

    assert "空缺岗位 1 个" in enter("officer").get("/").content.decode()
    assert "空缺岗位 1 个" not in enter("water").get("/").content.decode()


def test_more_of_them_ask_no_more(county, django_assert_num_queries):
    places.empty_post(county)

    with django_assert_num_queries(3):
        told(county.officer)
