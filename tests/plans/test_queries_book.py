import pytest

from liandong.organization.queries import body_by_key, liaison_of
from liandong.organization.states import BodyKind
from liandong.plans.queries import Book
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db):
    """A unit with a liaison, a headquarters with an office, a unit with a post nobody holds."""
    water = make.body("water", name="水利局")
    make.post("chief", at=water, title="局长", rank=1)
    make.person("李明", at=make.post("liaison", at=water, title="联络员", is_liaison=True))
    hq = make.body("flood-hq", name="防指", kind=BodyKind.SPECIAL_HEADQUARTERS)
    make.post("commander", at=hq, title="指挥长")
    office = make.body(
        "flood-office", name="防办", kind=BodyKind.HEADQUARTERS_OFFICE, parent=hq
    )
    head = make.post("director", at=office, title="主任")
    make.person("周远", at=head)
    make.person("吴静", at=head, is_deputy=True)


def test_what_goes_to_a_post_arrives_with_its_holder_first(county):
    chair = Book().chair("flood-office.director")

    assert (chair.label, chair.people, chair.is_vacant) == ("防办主任", ("周远", "吴静"), False)


@pytest.mark.parametrize("key", ["water", "flood-hq", "flood-office"])
def test_what_goes_to_a_body_arrives_where_orders_do(county, key):
    post = liaison_of(body_by_key(key))

    assert Book().chair(key).label == f"{post.body.short_name}{post.title}"


def test_a_vacant_post_and_one_the_county_has_not_are_told_apart(county):
    book = Book()

    vacant, missing = book.chair("water.chief"), book.chair("telecom")

    assert (vacant.is_vacant, vacant.is_missing) == (True, False)
    assert (missing.label, missing.is_vacant, missing.is_missing) == ("telecom", False, True)


def test_everything_a_body_is_called_is_known_and_villages_are_not():
    make.body("water", name="江安县水利局", short_name="县水利局", aliases=["县水务局"])
    make.body("village-1", name="柳湾村", kind=BodyKind.VILLAGE)

    called = Book().called

    assert called["water"] == ("县水利局", "江安县水利局", "县水务局")
    assert "village-1" not in called
