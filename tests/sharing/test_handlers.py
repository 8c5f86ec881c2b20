import pytest

from liandong.kernel.permissions import Role
from liandong.messaging.models import Message
from liandong.sharing.actions import send_back_return, sign_bulletin
from tests.factories import organization as make
from tests.sharing.people import keeper_of
from tests.sharing.rounds import clerk_of, opened, return_of, submitted
from tests.sharing.test_actions_bulletin import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffed(land, water):
    """Both units have a liaison who reads."""
    for body in (land, water):
        make.person(
            name="李明", at=make.post(at=body, roles=[Role.UNIT_LIAISON], is_liaison=True)
        )
    return [land, water]


def titles():
    return sorted(Message.objects.values_list("title", "to_post__body__short_name"))


def test_each_unit_is_told_and_one_with_nobody_is_passed_over(office, staffed, work):
    empty = make.body("empty", name="县空缺局")

    opened(office, [*staffed, empty])
    work()

    assert titles() == [
        ("请报送：二季度风险源报送", "县水利局"),
        ("请报送：二季度风险源报送", "县自然资源局"),
    ]


def test_those_who_owe_are_reminded_when_time_has_come(office, staffed, land, work, at):
    at("2027-07-01T08:00")
    round_ = opened(office, staffed, days=2)
    submitted(round_, land, is_nil=True)
    work()

    at("2027-07-02T09:00")
    work()

    assert ("催办：二季度风险源报送", "县水利局") in titles()
    assert ("催办：二季度风险源报送", "县自然资源局") not in titles()


def test_a_unit_is_told_why_its_return_came_back(office, staffed, land, work):
    round_ = opened(office, staffed)
    submitted(round_, land, is_nil=True)

    send_back_return(
        clerk_of(office), row=return_of(round_, land), reason="缺滑坡点", expected_version=2
    )
    work()

    assert Message.objects.get(title__startswith="报送被退回").text == "缺滑坡点"


def test_whoever_has_not_signed_is_reminded_until_they_have(
    office, committee_office, staffed, work, at
):
    land, water = staffed
    at("2027-07-01T08:00")
    made = given(office, committee_office, opened(office, staffed), staffed)
    sign_bulletin(keeper_of(land), bulletin=made, body=land)
    work()

    at("2027-07-03T09:00")
    work()
    at("2027-07-04T10:00")
    work()
    sign_bulletin(keeper_of(water), bulletin=made, body=water)
    at("2027-07-09T10:00")
    work()

    reminded = [body for title, body in titles() if title.startswith("催办")]
    assert reminded == ["县水利局", "县水利局"]
