import pytest

from liandong.kernel.journal.models import Entry, Payload
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.messaging import queries
from liandong.messaging.actions import (
    add_contact_point,
    check_contact_point,
    retire_contact_point,
)
from liandong.messaging.models import ContactPoint
from tests.messaging.people import as_holder, person, post
from tests.people import duty_officer

pytestmark = pytest.mark.django_db


def add(actor, owner, channel="mobile", address="13800000001", **more):
    return add_contact_point(actor, owner=owner, channel=channel, address=address, **more)


def test_people_enter_their_own_contact_points():
    who = person("甲")

    point = add(as_holder(who), who, address="138-0000-0001", rank=2)

    assert (point.person, point.post, point.address, point.rank) == (
        who,
        None,
        "13800000001",
        2,
    )
    entry = Entry.objects.get()
    assert (entry.name, entry.audience) == (
        "messaging.contact_point_added",
        ["audit", "duty"],
    )
    assert "138" not in Payload.objects.get().text


def test_the_holder_enters_those_of_the_post_and_the_duty_officer_everybodys():
    station = post()
    who = person("甲", at=station)

    add(as_holder(who, station), station, "phone", "0715-1234567转801")
    add(duty_officer(), station, "email", "zhan@example.gov.cn")

    assert [p.address for p in queries.contact_points(station)] == [
        "zhan@example.gov.cn",
        "07151234567转801",
    ]


@pytest.mark.parametrize(
    ("channel", "address", "kept"),
    [
        ("mobile", "１３８００００００01", "13800000001"),
        ("mobile", "+86 138 0000 0001", "+8613800000001"),
        ("phone", "(0715)1234567", "07151234567"),
        ("email", " jia@example.gov.cn ", "jia@example.gov.cn"),
    ],
)
def test_addresses_are_kept_plain(channel, address, kept):
    assert add(duty_officer(), person("甲"), channel, address).address == kept


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("mobile", "12345"),
        ("mobile", "138000000012"),
        ("phone", "喂"),
        ("email", "甲@例子"),
        ("email", "jia@example.gov.cn\nBcc: x@example.org"),
        ("in_app", "甲"),
        ("email", "a" * 300 + "@example.cn"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused(channel, address):
    with pytest.raises(Invalid) as refused:
        add(duty_officer(), person("甲"), channel, address)

    assert (list(refused.value.fields), ContactPoint.objects.count()) == (["address"], 0)


def test_the_same_address_twice_is_refused_until_the_first_is_retired():
    who = person("甲")
    first = add(duty_officer(), who)

    with pytest.raises(Invalid, match="已登记过"):
        add(duty_officer(), who)

    retire_contact_point(duty_officer(), contact_point=first, expected_version=1)
    second = add(duty_officer(), who)
    assert list(queries.contact_points(who)) == [second]


def test_contact_points_are_nobody_elses_business():
    who = person("甲")
    point = add(duty_officer(), who)
    other = as_holder(person("乙"))

    with pytest.raises(Forbidden, match="不能改动“甲”的联系方式"):
        add(other, who, address="13800000002")
    with pytest.raises(Forbidden):
        retire_contact_point(other, contact_point=point, expected_version=1)


def test_a_drill_does_not_change_the_book():
    with pytest.raises(Forbidden, match="演练中不能改动通讯录"):
        add(duty_officer(realm="drill-1"), person("甲"))


def test_of_two_who_retire_the_second_is_told():
    point = add(duty_officer(), person("甲"))
    mine = ContactPoint.objects.get()

    check_contact_point(
        duty_officer(), contact_point=point, result="reached", expected_version=1
    )
    with pytest.raises(Stale):
        retire_contact_point(duty_officer(), contact_point=mine, expected_version=1)
    retire_contact_point(duty_officer(), contact_point=mine, expected_version=2)
    with pytest.raises(IllegalMove, match="已经停用"):
        retire_contact_point(duty_officer(), contact_point=mine, expected_version=3)


def test_the_same_key_twice_enters_once():
    who = person("甲")

    first = add(duty_officer(), who, idempotency_key="k")
    again = add(duty_officer(), who, idempotency_key="k")

    assert (first.pk, ContactPoint.objects.count()) == (again.pk, 1)


@pytest.mark.parametrize("rank", [0, 10])
def test_a_rank_out_of_bounds_is_refused(rank):
    with pytest.raises(Invalid) as refused:
        add(duty_officer(), person("甲"), rank=rank)

    assert list(refused.value.fields) == ["rank"]
