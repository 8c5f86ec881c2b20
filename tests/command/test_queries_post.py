import pytest

from liandong.command.queries import open_at_post
from liandong.command.states import LIVE
from liandong.organization import actions as organization
from liandong.organization.queries import actor_for
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def test_what_is_open_at_a_post_is_named(county, flood, order):
    waiting = open_at_post(county.office, county.posts["water"])

    assert [(one.what, one.text) for one in waiting] == [
        ("1号令 · 已下达", f"{flood} · 封闭漫水桥 2 座")
    ]
    assert open_at_post(county.bystander, county.posts["water"]) == []


def test_who_takes_over_sees_and_answers_at_once_what_was_open(county, flood, order):
    from liandong.command.queries import desk_items, own_orders
    from liandong.organization.models import Appointment

    [chair] = Appointment.objects.filter(post=order.to_post)
    account = make.account(name="接任")

    organization.move_person(
        make.maker(),
        appointment=chair,
        to=make.post(),
        successor=account.person,
        expected_version=chair.version,
    )

    successor = actor_for(account)
    assert list(own_orders(successor, LIVE)) == [order]
    assert [item.verb for item in desk_items(successor, make.now())] == ["复诵"]
