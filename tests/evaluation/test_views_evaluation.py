import pytest
from django.urls import reverse

from liandong.evaluation.models import Drill, Improvement, Observation
from tests.evaluation.drills import told, written
from tests.evaluation.test_actions_evaluation import noted, over


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def test_a_drill_is_observed_rated_concluded_and_followed_up_by_its_pages(
    enter, county, running, demo_node
):
    told(county, written(county, running, expects="command.signal_taken", within_minutes=5))
    leader = enter("leader")
    seen = leader.post(
        url("observe", running.pk), {"about": "水利局", "grade": "well", "words": "快"}
    )
    ended = over(county, running)
    for number in (1, 2):
        leader.post(url("rate", ended.pk, number), {"met": "met"})
    office = enter("office")
    asked = office.post(
        url("ask", ended.pk),
        {
            "finding": "漏报",
            "wanted": "补训",
            "owner": county.posts["water"].pk,
            "due_on": "2099-01-01",
        },
    )
    concluded = office.post(
        url("conclude", ended.pk),
        {"conclusion": "总体达到目的", "expected_version": ended.version},
    )

    shown = office.get(url("report", ended.pk)).content.decode()
    assert [one.status_code for one in (seen, asked, concluded)] == [303, 303, 303]
    assert (Observation.objects.count(), Drill.objects.get().state) == (1, "reported")
    for words in ("未办", "水利局", "漏报", "总体达到目的", "达到", "接听来电"):
        assert words in shown, words
    assert "漏报" in enter("water").get("/").content.decode()
    assert Improvement.objects.get().owner == county.posts["water"]


def test_while_it_goes_on_only_those_who_watch_see_how_it_goes(enter, county, running):
    page = url("report", running.pk)
    noted_ = [enter(name).get(page).status_code for name in ("leader", "officer", "water")]
    over(county, running)

    assert noted_ == [200, 404, 404]
    assert enter("water").get(page).status_code == 200


def test_what_is_wrong_is_said_again(enter, county, running, demo_node):
    ended = over(county, running)
    office = enter("office")

    assert office.post(url("ask", ended.pk), {"finding": "漏报"}).status_code == 422
    early = office.post(
        url("conclude", ended.pk), {"conclusion": "好", "expected_version": ended.version}
    )
    assert early.status_code == 409
    assert enter("leader").post(url("rate", ended.pk, 9), {"met": "met"}).status_code == 404


@pytest.mark.parametrize("name", ["leader", "office"])
def test_the_report_asks_as_often_for_three_as_for_one(
    enter, county, running, name, django_assert_max_num_queries
):
    ended = over(county, running)
    page = url("report", ended.pk)
    client = enter(name)
    client.get(page)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        noted(county.leader, ended)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200
        counts.append(len(seen))
        noted(county.leader, ended)

    assert counts[0] == counts[1]
