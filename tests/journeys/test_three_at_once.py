"""Three incidents at once that share units: each is seen beside the others, and nobody counts twice."""

import pytest
from django.urls import reverse

from liandong.command import actions
from liandong.command.models import Incident, Order
from liandong.command.queries import own_orders, people_of, wall
from liandong.command.rules.report import Figures
from liandong.command.states import LIVE
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from tests.command import county as places
from tests.organization.browser import entered

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
PLACES = ("柳湾", "新桥", "石门")
FIGURES = ({"dead": 2, "missing": 1}, {"dead": 1, "missing": 0}, {"dead": 3, "missing": 4})


@pytest.fixture
def county(db):
    return places.found()


@pytest.fixture
def three(county):
    """Three open incidents; the water bureau is ordered in all of them, the others in one each."""
    made = [places.incident(county.officer, title=f"{one}洪水", place=one) for one in PLACES]
    for one, unit in zip(made, ("riverside", "weather", "bystander"), strict=True):
        places.order(county.office, one, county.posts["water"], text=f"{one.place}查险")
        places.order(county.office, one, county.posts[unit], text=f"{one.place}转移")
    return made


def reported(county, incident, figures):
    """A report with figures of people has gone up."""
    report = actions.add_report(
        county.officer, incident=incident, kind="follow_up", channel="written", to="市应急局"
    )
    report = actions.draft_report(
        county.officer,
        report=report,
        elements={"extent": incident.title},
        figures=Figures(**figures),
        expected_version=report.version,
    )
    actions.send_report(
        county.officer, report=report, signed_by="何川", expected_version=report.version
    )


def test_a_unit_asked_by_three_is_seen_by_all_of_them(county, three):
    for one in three:
        unit = next(row for row in people_of(county.office, one) if "水利" in row.name)
        alone = next(row for row in people_of(county.office, one) if "水利" not in row.name)
        assert (unit.orders, unit.elsewhere) == (1, 2)
        assert (alone.orders, alone.elsewhere) == (1, 0)

    assert len(list(own_orders(county.water, LIVE))) == 3
    page = entered(county.accounts["office"]).get(
        reverse("command:room_people", args=[three[0].pk])
    )
    assert "另有 2 条在其他事件" in page.content.decode()


def test_what_a_unit_does_in_one_incident_leaves_the_others_alone(county, three):
    order = Order.objects.get(incident=three[0], to_post=county.posts["water"])
    order = places.accepted(county.water, order, back=order.text)
    actions.finish_order(county.water, order=order, text="查完", expected_version=order.version)

    for one in three[1:]:
        unit = next(row for row in people_of(county.office, one) if "水利" in row.name)
        assert (unit.orders, unit.done, unit.elsewhere) == (1, 0, 1)


def test_totals_count_each_order_and_each_person_once(county, three):
    for one, figures in zip(three, FIGURES, strict=True):
        reported(county, one, figures)
    watched = wall(county.officer, clock.now(ACTUAL))
    assert (watched.owed, watched.dead, watched.missing) == (6, 6, 5)

    # The second turns out to stand within the first one's figures; the third is the first.
    one, two, three_ = Incident.objects.order_by("opened_at")
    actions.link_incidents(
        county.officer, incident=two, to=one, kind="part_of", is_counted=True, reason="同一河段"
    )
    watched = wall(county.officer, clock.now(ACTUAL))
    assert (watched.owed, watched.dead, watched.missing) == (6, 5, 5)
    three_.refresh_from_db()
    actions.merge_incidents(
        county.officer,
        incident=three_,
        into=one,
        reason="同一处",
        expected_version=three_.version,
    )
    watched = wall(county.officer, clock.now(ACTUAL))
    assert watched.owed == 6
    assert len(watched.incidents) == 2
    assert sum(row.total for row in watched.incidents) == 6
    unit = next(row for row in people_of(county.office, one) if "水利" in row.name)
    assert (unit.orders, unit.elsewhere) == (2, 1)


def test_an_order_to_a_unit_merged_yesterday_goes_to_where_it_lives_now(county, three):
    one, two = three[:2]
    two.refresh_from_db()
    actions.merge_incidents(
        county.officer, incident=two, into=one, reason="同一处", expected_version=two.version
    )
    client = entered(county.accounts["office"])
    typed = "封闭新桥两侧，保留此句"

    answer = client.post(
        reverse("command:issue", args=[two.pk]),
        {"to_post": str(county.posts["water"].pk), "text": typed, "acknowledge_within": "10"},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已并入“柳湾洪水”" in page
    assert reverse("command:room", args=[one.pk]) in page
    assert typed in page
    assert Order.objects.count() == 6


def test_the_rooms_ask_as_often_for_three_incidents_as_for_one(
    county, three, django_assert_max_num_queries
):
    client = entered(county.accounts["office"])
    page = reverse("command:room_people", args=[three[0].pk])
    client.get(page)

    with django_assert_max_num_queries(16):
        client.get(page)
