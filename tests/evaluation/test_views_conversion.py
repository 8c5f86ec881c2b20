from django.urls import reverse

from liandong.command.models import Incident
from liandong.kernel.actors import ACTUAL
from tests.command import county as places
from tests.evaluation.drills import inside, told, written


def test_from_within_the_drill_one_press_leads_into_earnest(enter, county, running, work):
    places.incident(inside(county.officer, running))
    told(county, written(county, running, kind="fact", data={"fact": "deaths", "value": "2"}))
    client = enter("leader")
    client.post(reverse("evaluation:enter", args=[running.pk]))
    page = reverse("evaluation:convert", args=[running.pk])
    form = client.get(page).content.decode()

    sent = client.post(
        page,
        {
            "name": "清溪河洪水",
            "hazard": "11A",
            "source": "电话",
            "facts": ["deaths=2"],
            "expected_version": running.version,
        },
    )

    made = Incident.objects.get(realm="actual")
    assert "死亡" in form
    assert (sent.status_code, sent["Location"]) == (
        303,
        reverse("command:room", args=[made.pk]),
    )
    assert client.session.get("realm", ACTUAL) == ACTUAL
    work()
    assert client.get(sent["Location"]).status_code == 200


def test_what_is_missing_is_said_and_nothing_has_happened(enter, county, running):
    client = enter("leader")
    page = reverse("evaluation:convert", args=[running.pk])

    assert client.post(page, {"name": "清溪河洪水"}).status_code == 422
    assert Incident.objects.count() == 0


def test_a_fact_that_changed_since_it_was_shown_is_not_taken(enter, county, running):
    places.incident(inside(county.officer, running))
    told(county, written(county, running, kind="fact", data={"fact": "deaths", "value": "2"}))
    client = enter("leader")
    client.post(reverse("evaluation:enter", args=[running.pk]))

    sent = client.post(
        reverse("evaluation:convert", args=[running.pk]),
        {
            "name": "清溪河洪水",
            "hazard": "11A",
            "source": "电话",
            "facts": ["deaths=0"],
            "expected_version": running.version,
        },
    )

    assert (sent.status_code, Incident.objects.filter(realm="actual").count()) == (422, 0)
