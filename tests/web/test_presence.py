import pytest
from django.core.cache import cache

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.web import presence

pytestmark = pytest.mark.django_db
LI = Actor(account="li", post="water", label="县水利局 联络员 李明")
WU = Actor(account="wu", post="duty", label="值班员 吴静")
FORM = "/command/orders/1/read-back/"


@pytest.fixture(autouse=True)
def nobody_there():
    cache.clear()


def at(actor, *, writing, path=FORM):
    place = presence.place(actor, presence.ticket(actor, path), writing=writing)
    (others,) = presence.look(actor, [place])
    return [one["who"] for one in others]


def test_whoever_writes_is_seen_by_the_other():
    at(LI, writing=True)

    assert at(WU, writing=False) == ["县水利局 联络员 李明"]


def test_nobody_is_told_of_oneself():
    at(LI, writing=True)

    assert at(LI, writing=True) == []


def test_whoever_stops_writing_is_gone():
    at(LI, writing=True)
    at(LI, writing=False)

    assert at(WU, writing=False) == []


def test_whoever_looks_without_writing_is_not_seen():
    at(LI, writing=False)

    assert at(WU, writing=False) == []


def test_somebody_at_another_form_is_not_told():
    at(LI, writing=True, path="/command/orders/2/read-back/")

    assert at(WU, writing=False) == []


def test_whoever_falls_silent_is_gone():
    at(LI, writing=True)
    key = presence.place(LI, presence.ticket(LI, FORM), writing=False).key
    (writer,) = cache.get(key)
    cache.set(key, [writer | {"heard": clock.real() - presence.GONE}])

    assert at(WU, writing=False) == []


def test_another_s_ticket_opens_nothing():
    assert presence.place(WU, presence.ticket(LI, FORM), writing=True) is None


def test_a_forged_ticket_opens_nothing():
    assert presence.place(WU, "forged", writing=True) is None
    assert presence.look(WU, [None]) == [[]]


def test_a_stranger_is_given_no_ticket():
    assert presence.ticket(Actor(), FORM) == ""
