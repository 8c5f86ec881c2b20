import pytest
from django.urls import reverse

from liandong.command.models import Incident
from liandong.plans.models import FactValue
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_often_for_three_incidents_as_for_one(
    many, enter, county, django_assert_max_num_queries
):
    for at in range(many):
        places.incident(county.officer, title=f"洪水{at}")
    client = enter("officer")
    client.get(url("incidents"))

    with django_assert_max_num_queries(14):
        answer = client.get(url("incidents"))

    assert answer.content.decode().count("应急〔") == many


@pytest.mark.parametrize("hazard", ["11A", "11B04", "12", "13"])
def test_the_desk_enters_an_incident(enter, hazard):
    client = enter("officer")

    answer = client.post(
        url("enter"),
        {"name": "清溪河洪水", "hazard": hazard, "source": "电话", "idempotency_key": "k1"},
    )

    incident = Incident.objects.get()
    assert (answer.status_code, answer.url) == (303, url("room", incident.pk))
    assert (incident.title, incident.hazard) == ("清溪河洪水", hazard)


def test_a_unit_is_not_let_into_the_desks_pages(enter, flood, order):
    client = enter("water")

    for name in ("severity", "close", "command", "fact", "decide", "consult", "issue"):
        assert client.get(url(name, flood.pk)).status_code == 403
    assert client.get(url("enter")).status_code == 403


def test_a_fact_is_recorded_from_the_proposals_question(enter, flood):
    client = enter("officer")

    answer = client.post(
        url("fact", flood.pk),
        {
            "fact": "stations_above_warning",
            "value": "2",
            "source": "水文站",
            "idempotency_key": "k",
        },
    )

    assert answer.status_code == 303, answer.content.decode()[-2000:]
    assert FactValue.objects.get().value == 2


def test_severity_is_set_and_unset_on_its_page(enter, flood):
    client = enter("officer")

    client.post(
        url("severity", flood.pk), {"severity": 2, "reason": "x", "expected_version": 1}
    )
    client.post(
        url("severity", flood.pk), {"severity": "", "reason": "x", "expected_version": 2}
    )

    flood.refresh_from_db()
    assert (flood.severity, flood.version) == (None, 3)


def test_an_incident_with_live_orders_is_not_closed_and_the_page_says_which(
    enter, flood, order
):
    answer = enter("office").post(
        url("close", flood.pk), {"reason": "水退", "expected_version": 1}
    )

    assert answer.status_code == 409
    assert "1号令（县水利局）" in answer.content.decode()
