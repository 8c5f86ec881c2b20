"""What is known of an incident and who said so, and what nobody has said yet."""

from datetime import timedelta

import pytest

from liandong.command.actions import propose_level, record_incident_facts
from liandong.command.queries import facts_told, open_facts

pytestmark = pytest.mark.django_db


def record(county, incident, source="气象局", **facts):
    return record_incident_facts(county.officer, incident=incident, facts=facts, source=source)


def test_a_fact_says_who_said_it_and_what_was_said_before(county, flood, at):
    at("2026-07-14T04:07")
    record(county, flood, deaths=0)
    later = at("2026-07-14T05:00")
    record(county, flood, "河口镇", deaths=1)

    [told] = facts_told(county.officer, flood)

    assert (told.name, told.now.value, told.now.source) == ("deaths", "1 人", "河口镇")
    assert told.now.recorded_at == later
    assert [(one.value, one.source) for one in told.before] == [("0 人", "气象局")]


def test_the_fact_changed_last_comes_first(county, flood, at):
    began = at("2026-07-14T04:07")
    record(county, flood, deaths=0)
    at((began + timedelta(minutes=1)).isoformat())
    record(county, flood, missing=2)

    assert [one.name for one in facts_told(county.officer, flood)] == ["missing", "deaths"]


def test_a_stranger_is_told_nothing(county, flood):
    record(county, flood, deaths=0)

    assert facts_told(county.bystander, flood) == []


@pytest.mark.parametrize("facts", [{"deaths": 0}, {"deaths": 0, "missing": 1, "burned_ha": 2}])
def test_facts_townships_and_choices_are_three_questions(
    facts, county, flood, django_assert_num_queries
):
    record(county, flood, **facts)

    with django_assert_num_queries(3):
        assert len(facts_told(county.officer, flood)) == len(facts)


def test_what_would_decide_a_level_is_open_until_somebody_says_it(county, flood, version):
    propose_level(county.officer, incident=flood, plan_version=version)
    before = {one.name for one in open_facts(county.officer, flood)}

    record(county, flood, rainstorm_signal="橙")
    propose_level(county.officer, incident=flood, plan_version=version)

    after = {one.name for one in open_facts(county.officer, flood)}
    assert before == {"rainstorm_signal", "stations_above_warning"}
    assert after == {"stations_above_warning"}


def test_an_open_fact_says_whom_to_ask(county, flood, version):
    propose_level(county.officer, incident=flood, plan_version=version)

    assert all(one.ask and one.question for one in open_facts(county.officer, flood))


def test_without_a_proposal_nothing_is_open(county, flood):
    assert open_facts(county.officer, flood) == []
