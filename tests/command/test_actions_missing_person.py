from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command import actions
from liandong.command.actions import (
    merge_incidents,
    reopen_missing_person,
    report_missing_person,
    settle_missing_person,
)
from liandong.command.models import MissingPerson
from liandong.command.queries import missing_figures, sought
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.worker import work_until_quiet
from liandong.plans.queries import facts_of
from tests.command import county as places
from tests.people import auditor

pytestmark = pytest.mark.django_db


def reported(actor, incident, **more):
    said = {
        "name": "李桂花",
        "about": "女，72 岁，蓝布衫",
        "last_seen": "傍晚在村口桥头",
        "reporter": "其子 13800000001",
        "township": "河口镇",
    }
    return report_missing_person(actor, incident=incident, **(said | more))


def settled(actor, person, state, **more):
    said = {"words": "民兵在下游找到", "expected_version": person.version} | more
    return settle_missing_person(actor, person=person, state=state, **said)


def figures(incident):
    facts = facts_of("command.incident", str(incident.pk), realm=ACTUAL)
    return {name: facts[name].value for name in ("missing", "deaths") if name in facts}


def test_report_missing_person_counts_and_keeps_who_it_is_in_the_journal(county, flood):
    person = reported(county.officer, flood)

    (one,) = sought(county.officer, flood)
    assert (str(person), one.name, one.last_seen) == (
        "第1名失踪人员",
        "李桂花",
        "傍晚在村口桥头",
    )
    assert figures(flood) == {"missing": 1}
    entry = Entry.objects.get(name="command.missing_person_reported")
    assert (entry.subject_id, entry.incident) == (str(person.pk), str(flood.pk))
    assert "李桂花" not in str(list(MissingPerson.objects.values()))


def test_found_dead_is_one_missing_less_and_one_death_more(county, flood):
    one, two, three = (reported(county.officer, flood, name=name) for name in "甲乙丙")
    actions.record_incident_facts(
        county.officer, incident=flood, facts={"deaths": 2}, source="120"
    )

    settled(county.officer, one, "dead")
    settled(county.officer, two, "alive")

    found = missing_figures(flood)
    assert (found.reported, found.missing, found.alive, found.dead) == (3, 1, 1, 1)
    assert figures(flood) == {"missing": 1, "deaths": 3}
    assert three.state == "missing"


def test_what_is_told_late_moves_the_figures_of_now(county, flood):
    early = clock.now(ACTUAL) - timedelta(hours=5)
    person = reported(county.officer, flood, at=early)
    actions.record_incident_facts(
        county.officer, incident=flood, facts={"deaths": 2}, source="120"
    )
    actions.record_incident_facts(
        county.officer, incident=flood, facts={"deaths": 1}, source="120", reason="重复统计"
    )

    settled(county.officer, person, "dead", at=clock.now(ACTUAL) - timedelta(hours=3))
    reported(county.officer, flood, name="乙", at=early)

    assert figures(flood) == {"missing": 1, "deaths": 2}


def test_whoever_was_found_hurt_may_die(county, flood):
    person = settled(county.officer, reported(county.officer, flood), "hurt")

    person = settled(county.officer, person, "dead", words="医院抢救无效，县医院确认")

    assert figures(flood) == {"missing": 0, "deaths": 1}
    assert missing_figures(flood).reported == 1


def test_a_withdrawn_report_counts_nowhere(county, flood):
    settled(county.officer, reported(county.officer, flood), "withdrawn", words="重复报告")

    assert (missing_figures(flood).reported, figures(flood)) == (0, {"missing": 0})


def test_reopen_missing_person_takes_the_death_back_with_its_reason(county, flood):
    person = settled(county.officer, reported(county.officer, flood), "dead")

    person = reopen_missing_person(
        county.officer, person=person, reason="认错了人", expected_version=person.version
    )

    assert (person.state, person.settled_at) == ("missing", None)
    assert figures(flood) == {"missing": 1, "deaths": 0}
    lowered = Entry.objects.get(name="command.deaths_lowered")
    assert "认错了人" in lowered.payload.text


def test_names_can_be_destroyed_and_the_figures_stay(county, flood):
    person = settled(county.officer, reported(county.officer, flood), "alive")
    work_until_quiet(epoch=1)

    for name in ("command.missing_person_reported", "command.missing_person_settled"):
        entry = Entry.objects.get(name=name)
        erase_payload(auditor(), entry=entry.pk, reason="《突发事件应对法》第八十五条")

    (one,) = sought(county.officer, flood)
    assert (one.name, one.words, one.row) == ("（姓名已依法销毁）", "", person)
    assert missing_figures(flood).reported == 1


def test_what_was_merged_is_counted_where_it_lives(county, flood):
    other = places.incident(county.officer, title="河口镇洪水")
    person = reported(county.officer, other)
    other.refresh_from_db()
    flood.refresh_from_db()
    merge_incidents(
        county.office,
        incident=other,
        into=flood,
        reason="同一场洪水",
        expected_version=other.version,
    )
    person = MissingPerson.objects.select_related("incident__merged_into").get()

    settled(county.officer, person, "alive")

    assert missing_figures(flood).alive == 1
    assert figures(flood)["missing"] == 0


def test_somebody_is_found_after_the_incident_was_closed(county, flood):
    person = reported(county.officer, flood)
    flood.refresh_from_db()
    actions.close_incident(
        county.office, incident=flood, reason="水退", expected_version=flood.version
    )
    person.refresh_from_db()

    settled(county.officer, person, "dead")

    assert (missing_figures(flood).dead, figures(flood)) == (1, {"missing": 1})
    with pytest.raises(IllegalMove, match="已经结束"):
        reported(county.officer, flood, name="乙")


def test_missing_people_refuse(county, flood):
    person = reported(county.officer, flood)
    ahead = clock.now(ACTUAL) + timedelta(hours=1)

    for wrong in ({"name": " "}, {"reporter": ""}, {"at": ahead}):
        with pytest.raises(Invalid):
            reported(county.officer, flood, **wrong)
    with pytest.raises(Forbidden):
        reported(replace(county.officer, grants=frozenset()), flood)
    with pytest.raises(Missing):
        reported(county.bystander, flood)
    with pytest.raises(Missing):
        reported(replace(county.officer, realm="drill-1"), flood)
    with pytest.raises(Invalid):
        settled(county.officer, person, "alive", words=" ")
    with pytest.raises(Invalid, match="早于"):
        settled(county.officer, person, "alive", at=person.reported_at - timedelta(hours=1))
    with pytest.raises(Forbidden):
        settled(replace(county.officer, grants=frozenset()), person, "alive")
    with pytest.raises(Missing):
        settled(replace(county.officer, realm="drill-1"), person, "alive")
    with pytest.raises(Stale):
        settled(county.officer, person, "alive", expected_version=7)
    with pytest.raises(IllegalMove, match="失踪"):
        reopen_missing_person(county.officer, person=person, reason="错", expected_version=1)
    dead = settled(county.officer, MissingPerson.objects.get(), "dead")
    with pytest.raises(IllegalMove, match="死亡"):
        settled(county.officer, dead, "alive")
    with pytest.raises(Invalid):
        reopen_missing_person(
            county.officer, person=dead, reason="", expected_version=dead.version
        )
    assert figures(flood) == {"missing": 0, "deaths": 1}


def test_the_same_click_reports_and_settles_once(county, flood):
    person = reported(county.officer, flood, idempotency_key="k")
    reported(county.officer, flood, idempotency_key="k")
    call = {"idempotency_key": "s", "expected_version": 1}
    settled(county.officer, person, "alive", **call)
    settled(county.officer, person, "alive", **call)

    assert missing_figures(flood).reported == 1
    assert Entry.objects.filter(name="command.missing_person_settled").count() == 1
