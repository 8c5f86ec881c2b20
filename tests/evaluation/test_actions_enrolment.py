import json

import pytest

from liandong.evaluation.actions import call_off_drill, enrol_people, strike_person
from liandong.evaluation.models import Enrolment
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from liandong.kernel.realms import Realm
from liandong.messaging.actions import add_contact_point
from tests.evaluation.drills import inside, person, planned


def enrolled(county, drill, name, part="player", **more):
    return enrol_people(
        county.office, drill=drill, people=[person(county, name)], part=part, **more
    )


def mailbox(county, name, address):
    add_contact_point(
        county.__dict__[name], owner=person(county, name), channel="email", address=address
    )


def test_whoever_is_on_the_list_sees_the_drill(county, version):
    drill = enrolled(county, planned(county, version), "water")

    entry = Entry.objects.get(name="evaluation.person_enrolled")
    assert drill.audience == sorted(["duty", f"account:{county.accounts['water'].pk}"])
    assert json.loads(entry.payload.text) == {
        "subject_id": str(drill.pk),
        "person": str(person(county, "water").pk),
        "name_then": "李明",
        "part": "参演",
        "may_be_mailed": False,
    }


def test_to_be_enrolled_again_changes_the_part(county, drill):
    enrolled(county, drill, "water", "observer")

    rows = Enrolment.objects.filter(drill=drill, person=person(county, "water"))
    assert [one.part for one in rows] == ["observer"]


def test_nobody_is_no_list_and_a_unit_may_not_make_one(county, drill):
    with pytest.raises(Invalid):
        enrol_people(county.office, drill=drill, people=[], part="player")
    with pytest.raises(Forbidden):
        enrol_people(
            county.water, drill=drill, people=[person(county, "water")], part="controller"
        )
    with pytest.raises(Forbidden):
        enrol_people(
            inside(county.office, drill),
            drill=drill,
            people=[person(county, "weather")],
            part="player",
        )


def test_who_comes_or_goes_while_it_goes_on_is_written_to_or_not_from_then_on(county, running):
    mailbox(county, "weather", "zhao@example.gov.cn")
    reached = []

    enrolled(county, running, "weather", may_be_mailed=True)
    reached.append(Realm.objects.get(pk=running.realm).reachable)
    strike_person(county.office, drill=running, person=person(county, "weather").pk)
    reached.append(Realm.objects.get(pk=running.realm).reachable)

    assert reached == [["zhao@example.gov.cn"], []]
    assert Entry.objects.filter(name="evaluation.person_removed").count() == 1


def test_the_last_controller_of_a_drill_under_way_stays(county, running):
    with pytest.raises(IllegalMove):
        strike_person(county.office, drill=running, person=person(county, "office").pk)
    enrolled(county, running, "deputy", "controller")

    strike_person(county.office, drill=running, person=person(county, "office").pk)

    with pytest.raises(Missing):
        strike_person(county.office, drill=running, person=person(county, "office").pk)


def test_the_list_of_a_drill_that_is_not_held_stays_as_it_is(county, drill):
    call_off_drill(county.office, drill=drill, reason="x", expected_version=drill.version)

    with pytest.raises(IllegalMove):
        enrolled(county, drill, "weather")


def test_the_same_key_twice_enrols_once(county, version):
    drill = planned(county, version)
    for _ in range(2):
        enrolled(county, drill, "water", idempotency_key="k")

    assert Entry.objects.filter(name="evaluation.person_enrolled").count() == 1


def test_a_drill_under_way_is_not_left_without_a_controller(county, running):
    [last] = running.enrolments.filter(part="controller").select_related("person")

    with pytest.raises(IllegalMove):
        enrol_people(county.office, drill=running, people=[last.person], part="player")

    last.refresh_from_db()
    assert last.part == "controller"
