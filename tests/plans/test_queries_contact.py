import pytest

from liandong.messaging import actions as messaging
from liandong.plans.language import load
from liandong.plans.queries import Book, Contact, contacts_blank, contacts_of
from tests.factories import organization as make
from tests.people import duty_officer, office, visitor
from tests.plans.example import FOREST

pytestmark = pytest.mark.django_db
PLAN = load(FOREST)


@pytest.fixture
def police(db):
    body = make.body("public-security", name="县公安局")
    post = make.post("public-security.liaison", at=body, title="联络员", is_liaison=True)
    holder = make.person("张三", at=post)
    for owner, address in ((post, "08302345678"), (holder, "13812345678")):
        messaging.add_contact_point(
            office(),
            owner=owner,
            channel="mobile" if owner is holder else "phone",
            address=address,
        )
    return post


def of_police(actor):
    return next(one for one in contacts_of(PLAN, Book(), actor) if "公安" in one.label)


def test_the_posts_own_telephone_comes_before_its_holders(police):
    assert of_police(duty_officer()) == Contact(
        label="县公安局（县公安局联络员）",
        people=("张三",),
        phones=("08302345678", "13812345678"),
    )


def test_telephones_that_may_not_be_seen_are_withheld(police):
    found = of_police(visitor())

    assert (found.people, found.phones, found.withheld) == (("张三",), (), True)


def test_nothing_is_withheld_where_there_is_nothing(db):
    make.post("public-security.liaison", at=make.body("public-security", name="县公安局"))

    assert of_police(visitor()).withheld is False


def test_everybody_a_plan_names_is_listed_once_the_headquarters_first():
    labels = [one.label for one in contacts_blank(PLAN, {})]

    assert labels[0] == "forest-fire-hq"
    assert len(labels) == len(set(labels))
    assert {"emergency", "public-security", "forest-fire-office.director"} <= set(labels)
