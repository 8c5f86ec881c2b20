"""Whether two tellings may be of one emergency: by township, by words, by distance."""

from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command.rules import alike
from liandong.command.rules.alike import alike_incidents, nearness, townships_in
from liandong.kernel import clock
from liandong.kernel.geo.coordinates import Point
from tests.command import county as places

pytestmark = pytest.mark.django_db
HERE = Point(112.4, 27.7)


def at(lon, lat):
    return Decimal(str(lon)), Decimal(str(lat))


def found(actor, place="山那边", spot=HERE, later=0):
    now = clock.now("actual") + timedelta(hours=later)
    return alike_incidents(actor, "11A", place, now, spot=spot)


def test_townships_come_in_the_countys_own_order():
    assert townships_in("石门镇与河口镇交界", ["河口镇", "石门镇", ""]) == ["河口镇", "石门镇"]


def test_places_are_near_by_their_shared_pairs_of_characters():
    assert nearness("鹰嘴岩 东坡", "鹰嘴岩东坡") == 1
    assert nearness("鹰嘴岩", "石桥") == 0
    assert nearness("", "石桥") == 0


def test_the_nearest_comes_first_and_says_how_far(county):
    far = places.incident(county.officer, title="远", position=at(112.43, 27.7))
    near = places.incident(county.officer, title="近", position=at(112.41, 27.7))
    places.incident(county.officer, title="太远", position=at(112.5, 27.7))

    told = found(county.officer)

    assert [one.incident for one in told] == [near, far]
    assert [round(one.meters, -1) for one in told] == [990, 2960]
    assert not told[0].is_here


def test_where_one_has_no_place_words_decide_and_no_distance_is_told(county):
    incident = places.incident(county.officer, title="河口镇洪水", place="河口镇大堤")

    by_words = found(county.officer, "河口镇大堤")

    assert [(one.incident, one.meters) for one in by_words] == [(incident, None)]
    assert found(county.officer, "山那边") == []


def test_the_same_township_counts_however_far(county):
    places.incident(
        county.officer, title="洪水", townships=["河口镇"], position=at(112.6, 27.7)
    )

    [one] = found(county.officer, "河口镇大堤")

    assert one.meters > alike.NEAR_M


def test_what_is_near_is_not_hidden_by_a_crowd(county, monkeypatch):
    near = places.incident(county.officer, title="近", position=at(112.41, 27.7))
    for n in range(3):
        places.incident(county.officer, title=f"后来 {n}", position=at(113, 27.7))
    monkeypatch.setattr(alike, "LOOKED_AT", 2)

    assert [one.incident for one in found(county.officer)] == [near]


def test_what_was_heard_of_long_ago_or_is_of_another_kind_is_not_meant(county):
    places.incident(county.officer, title="旧", position=at(112.41, 27.7))
    places.incident(county.officer, title="火", hazard="11G", position=at(112.41, 27.7))

    assert found(county.officer, later=13) == []
    assert [one.incident.title for one in found(county.officer)] == ["旧"]


def test_whoever_may_not_see_an_incident_is_not_told_of_it(county):
    places.incident(county.officer, title="近", position=at(112.41, 27.7))

    assert found(county.bystander) == []


@pytest.mark.parametrize("many", [1, 3])
def test_one_question_for_one_as_for_three(many, county, django_assert_num_queries):
    for n in range(many):
        places.incident(county.officer, title=f"近 {n}", position=at(112.41, 27.7))

    # Townships, incidents.
    with django_assert_num_queries(2):
        assert len(found(county.officer)) == many


def test_nothing_is_asked_without_a_kind_or_any_place(county, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (
            alike_incidents(county.officer, "", "河口镇", clock.now("actual"), spot=HERE) == []
        )
        assert alike_incidents(county.officer, "11A", " ", clock.now("actual")) == []
