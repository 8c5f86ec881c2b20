import pytest

from liandong.demo.county import WATCHERS, build_county
from liandong.demo.facts import facts
from liandong.demo.names import people
from liandong.organization import queries
from liandong.organization.states import BodyKind

pytestmark = pytest.mark.django_db


def test_the_county_has_everybody_a_county_has():
    county = build_county()

    def count(kind):
        return len(queries.bodies_by_kind(kind))

    assert count(BodyKind.UNIT) == 36 + 1, "member units and the platform's own administrators"
    assert count(BodyKind.PARTNER) == 4
    assert count(BodyKind.SPECIAL_HEADQUARTERS) == 19
    assert count(BodyKind.HEADQUARTERS_OFFICE) == 19
    assert count(BodyKind.TOWNSHIP) == 12
    assert 150 <= county.people <= 160
    assert not [key for key in WATCHERS.values() if queries.is_vacant(queries.post_by_key(key))]
    vacant = [post.key for post in county.posts.values() if queries.is_vacant(post)]
    assert vacant == []


def test_nothing_in_the_county_is_real():
    assert facts()["division_code"].startswith("9999")
    assert "示例" in facts()["name"]


def test_names_are_the_same_every_time_and_never_twice():
    first, again = people(), people()
    some = [next(first) for _ in range(200)]

    assert some == [next(again) for _ in range(200)]
    assert len(set(some)) == 200
