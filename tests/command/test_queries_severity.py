"""What the tables of law make of an incident's facts."""

import pytest

from liandong.command import actions, queries
from liandong.kernel import clock
from tests.command import county as places


@pytest.fixture
def county(db):
    return places.found()


def findings(incident):
    return queries.severity_findings(incident, clock.now(incident.realm))


def test_a_flood_is_ordinary_at_least_and_what_is_missing_is_asked(county):
    flood = places.incident(county.officer)

    [finding] = findings(flood)

    assert (finding.table.key, finding.at_least) == ("flood", "ordinary")
    assert [one.fact for one in finding.questions] == ["flood_return_years"]


def test_what_is_recorded_counts_and_a_severity_is_not_set_by_it(county):
    flood = places.incident(county.officer)

    actions.record_incident_facts(
        county.officer, incident=flood, facts={"flood_return_years": "20"}, source="县水文中心"
    )

    [finding] = findings(flood)
    flood.refresh_from_db()
    assert (finding.at_least, finding.summary) == ("major", "重大")
    assert finding.reasons[0].compared[0].source == "县水文中心"
    assert flood.severity is None


def test_of_a_class_without_a_table_nothing_is_said(county):
    flood = places.incident(county.officer)
    flood.hazard = "14A"

    assert findings(flood) == []
