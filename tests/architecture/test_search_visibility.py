"""What each role finds is what its lists show it: of every kind, with every row there is."""

import pytest

from liandong.command.models import Incident, Order
from liandong.command.queries import visible_incidents, visible_orders
from liandong.kernel.actors import Actor
from liandong.kernel.search.finding import find
from liandong.kernel.search.indexing import WRITTEN, rebuild, sources
from liandong.kernel.search.models import SearchRow
from liandong.messaging.queries import sees_every_number
from liandong.monitoring.queries import stations, warnings_for
from liandong.organization.models import Body, Person
from liandong.organization.queries import actor_for
from liandong.plans.models import PlanVersion
from liandong.sharing.queries import visible_to as records_visible_to
from tests.architecture import world as places
from tests.architecture.world import NEIGHBOR, POSTLESS, ROLES, undone

pytestmark = pytest.mark.django_db
LISTS = {
    "command.incident": lambda actor: visible_incidents(actor).values_list("pk"),
    "command.order": lambda actor: visible_orders(actor).values_list("pk"),
    "monitoring.warning": lambda actor: warnings_for(actor).values_list("pk"),
    "monitoring.station": lambda _actor: stations().values_list("pk"),
    "organization.body": lambda _actor: Body.objects.values_list("pk"),
    "organization.person": lambda _actor: Person.objects.values_list("pk"),
    "sharing.record": lambda actor: (
        records_visible_to(actor).filter(state="current").values_list("pk")
    ),
    "plans.plan": lambda _actor: PlanVersion.objects.values_list("key"),
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield places.build()


def seen(actor, kind):
    rows = SearchRow.objects.filter(kind=kind, realm__in=["", actor.realm])
    return set(
        rows.filter(audience__overlap=sorted(actor.scopes)).values_list("subject", flat=True)
    )


@pytest.mark.parametrize("role", [*ROLES, NEIGHBOR, POSTLESS])
def test_whoever_signs_in_finds_what_the_lists_show(world, role):
    actor = actor_for(world.accounts[role])

    for kind, listed in LISTS.items():
        assert seen(actor, kind) == {str(one) for (one,) in listed(actor)}, kind
    if not sees_every_number(actor):
        assert seen(actor, "messaging.telephone") == set()


def test_every_kind_is_compared(world):
    assert LISTS.keys() | {"messaging.telephone"} == sources.keys()
    assert set(SearchRow.objects.values_list("kind", flat=True)) == set(sources)


def test_a_liaison_does_not_find_an_incident_of_others(world):
    liaison = actor_for(world.accounts[NEIGHBOR])
    hidden = Incident.objects.exclude(pk__in=visible_incidents(liaison).values("pk")).first()
    order = Order.objects.exclude(pk__in=visible_orders(liaison).values("pk")).first()

    for text in (hidden.title, hidden.number, order.text[:20], ""):
        urls = {one.url for one in find(liaison, text)}
        assert not any(str(one.pk) in url for url in urls for one in (hidden, order))
    assert hidden.title in [
        one.title for one in find(actor_for(world.accounts["commander"]), hidden.title)
    ]


def test_whoever_is_shut_out_finds_what_is_public_and_no_more(world):
    actor = Actor(scopes=frozenset({"public"}))

    assert find(actor, "县") == []
    assert {one.kind for one in find(actor, "")} <= {"monitoring.warning"}


def test_what_actions_wrote_is_what_is_written_anew(world):
    columns = ("kind", "subject", *WRITTEN)
    before = list(SearchRow.objects.order_by("kind", "subject").values(*columns))

    rebuild()

    assert list(SearchRow.objects.order_by("kind", "subject").values(*columns)) == before
