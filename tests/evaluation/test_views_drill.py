import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.evaluation.actions import enrol_people
from liandong.evaluation.models import Drill
from liandong.kernel import clock
from tests.evaluation.drills import listed, person, planned, told, written


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def given(version, **more):
    said = {
        "name": "夜间防汛演练",
        "kind": "tabletop",
        "rate": "10",
        "planned_for": "2030-07-14T12:00:00",
        "plans": [str(version.pk)],
        "objectives": "夜间叫应",
    }
    return said | more


@pytest.fixture
def office(enter, demo_node):
    return enter("office")


def test_a_drill_is_planned_listed_and_changed_by_its_pages(office, version):
    sent = office.post(url("plan"), given(version))

    drill = Drill.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, url("drill", drill.pk))
    assert "夜间防汛演练" in office.get(url("drills")).content.decode()
    form = office.get(url("revise", drill.pk)).content.decode()
    assert 'value="夜间防汛演练"' in form
    more = given(version, name="清晨演练", expected_version=drill.version)
    assert office.post(url("revise", drill.pk), more).status_code == 303
    assert "清晨演练" in office.get(url("drill", drill.pk)).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(office, version):
    answer = office.post(url("plan"), given(version, rate="90"))

    assert answer.status_code == 422
    assert "夜间防汛演练" in answer.content.decode()


def test_people_come_onto_the_list_one_by_one_and_by_their_unit(office, county, version):
    drill = planned(county, version)
    page = url("enrol", drill.pk)

    office.post(page, {"person": person(county, "water").pk, "part": "player"})
    office.post(page, {"body": county.bodies["duty"].pk, "part": "evaluator"})
    nobody = office.post(page, {"part": "player"})

    parts = dict(drill.enrolments.values_list("person__name", "part"))
    assert parts == {"李明": "player", "吴静": "evaluator", "何川": "evaluator"}
    assert nobody.status_code == 422
    struck = url("strike", drill.pk, person(county, "water").pk)
    assert office.post(struck, {"idempotency_key": "k"}).status_code == 303
    assert drill.enrolments.count() == 2


def test_it_is_started_held_and_ended_from_its_page(office, county, drill):
    def press(name, **more):
        seen = {"expected_version": Drill.objects.get().version} | more
        answer = office.post(url(name, drill.pk), seen)
        assert answer.status_code == 303, answer.content.decode()
        return Drill.objects.get()

    assert press("start").state == "running"
    assert press("pause").state == "paused"
    assert press("speed", rate="60").rate == 60
    assert press("resume").state == "running"
    assert clock.pace_of(drill.realm).rate == 60
    assert press("end", words="到此为止").state == "ended"
    stale = office.post(url("start", drill.pk), {"expected_version": 1})
    assert stale.status_code == 409
    assert "到此为止" in office.get(url("drill", drill.pk)).content.decode()


def test_a_planned_one_is_called_off(office, drill):
    sent = office.post(
        url("call_off", drill.pk), {"expected_version": drill.version, "reason": "实战"}
    )

    assert (sent.status_code, Drill.objects.get().state) == (303, "called_off")


def test_the_script_is_seen_by_its_staff_and_not_by_players(enter, county, running):
    inject = written(county, running, title="桥断了")
    page = url("drill", running.pk)
    seen = {}

    for name in ("office", "leader", "officer", "water", "bystander"):
        answer = enter(name).get(page)
        seen[name] = (answer.status_code, "桥断了" in answer.content.decode())
    told(county, inject)

    assert seen == {
        "office": (200, True),
        "leader": (200, True),
        "officer": (200, False),
        "water": (200, False),
        "bystander": (404, False),
    }
    assert "桥断了" in enter("water").get(page).content.decode()


def test_a_page_asks_as_often_for_three_as_for_one(office, county, version):
    drill = listed(county, version)
    office.get(url("drills"))
    counts = []

    for _ in range(2):
        written(county, drill, kind="message", to_post=county.posts["water"])
        with CaptureQueriesContext(connection) as asked:
            assert office.get(url("drill", drill.pk)).status_code == 200
        with CaptureQueriesContext(connection) as listed_:
            assert office.get(url("drills")).status_code == 200
        counts.append((len(asked), len(listed_)))
        for name in ("riverside", "weather"):
            enrol_people(
                county.office, drill=drill, people=[person(county, name)], part="player"
            )
            planned(county, version, name=name)

    assert counts[0] == counts[1]
