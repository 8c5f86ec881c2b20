"""Who is in an incident, who stands in for whom, and at which telephone."""

from datetime import timedelta

import pytest

from liandong.command.queries import people_of
from liandong.command.queries.people import Sitting
from liandong.kernel import clock
from liandong.messaging.models import ContactPoint
from liandong.organization.models import Appointment, Person
from tests.command import county as places

pytestmark = pytest.mark.django_db


def telephone(number, **whose):
    return ContactPoint.objects.create(channel="mobile", address=number, **whose)


def stands_in(post, name, *, until=None):
    who = Person.objects.create(name=name, sort_key=name)
    now = clock.now("actual")
    Appointment.objects.create(
        post=post, person=who, is_deputy=True, from_at=now - timedelta(hours=1), until_at=until
    )
    return who


def test_units_come_with_what_they_carry(county, flood, order):
    places.accepted(county.water, order)
    places.order(county.office, flood, county.posts["water"])

    [one] = people_of(county.officer, flood)

    assert (one.name, one.commands, one.orders, one.done) == ("县水利局 联络员", False, 2, 0)
    assert one.sitting == [Sitting("李明")]


def test_whoever_signed_comes_before_whoever_was_ordered(county, flood, order):
    places.decide(county.office, flood, places.plan())

    found = people_of(county.officer, flood)

    assert [one.commands for one in found] == [True, False, False]
    assert found[0].name == "县防指办公室 主任"


def test_the_deputy_of_the_night_names_whose_chair_it_is_and_until_when(county, flood, order):
    until = clock.now("actual") + timedelta(hours=9)
    stands_in(county.posts["water"], "吴代", until=until)
    stands_in(county.posts["water"], "常副")

    [one] = people_of(county.officer, flood)

    assert set(one.sitting[1:]) == {
        Sitting("吴代", is_deputy=True, until=until, stands_for="李明"),
        Sitting("常副", is_deputy=True),
    }
    assert one.sitting[0] == Sitting("李明")


def test_a_deputy_whose_night_is_over_is_gone(county, flood, order):
    stands_in(county.posts["water"], "吴代", until=clock.now("actual") - timedelta(minutes=1))

    [one] = people_of(county.officer, flood)

    assert [sitter.name for sitter in one.sitting] == ["李明"]


def test_a_vacant_chair_may_be_stood_in_for(county, flood, order):
    until = clock.now("actual") + timedelta(hours=9)
    Appointment.objects.filter(post=county.posts["water"]).delete()
    stands_in(county.posts["water"], "吴代", until=until)

    [one] = people_of(county.officer, flood)

    assert one.sitting == [Sitting("吴代", is_deputy=True, until=until)]
    assert one.is_staffed


def test_nobody_there_is_told(county, flood, order):
    Appointment.objects.filter(post=county.posts["water"]).delete()

    [one] = people_of(county.officer, flood)

    assert (one.sitting, one.is_staffed) == ([], False)


def test_who_stands_in_tonight_is_called_before_the_holder(county, flood, order):
    until = clock.now("actual") + timedelta(hours=9)
    deputy = stands_in(county.posts["water"], "吴代", until=until)
    telephone("13900000001", person=Person.objects.get(name="李明"))
    telephone("13900000002", person=deputy)

    [one] = people_of(county.officer, flood)

    assert one.phones == ["13900000002", "13900000001"]


def test_a_unit_is_told_no_telephone(county, flood, order):
    telephone("13900000001", person=Person.objects.get(name="李明"))

    [one] = people_of(county.water, flood)

    assert one.phones == []


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_questions_for_three_as_for_one(many, county, flood, django_assert_num_queries):
    for name in ("water", "riverside", "weather")[:many]:
        places.order(county.office, flood, county.posts[name])

    with django_assert_num_queries(6):
        assert len(people_of(county.officer, flood)) == many
