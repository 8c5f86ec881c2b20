from datetime import UTC, datetime, timedelta

import pytest

from liandong.plans.actions import end_run, record_facts
from liandong.plans.language import Known
from liandong.plans.queries import grade_subject, merged
from tests.people import duty_officer, office
from tests.plans.example import forest_with
from tests.plans.people import adopted, started

NOW = datetime(2026, 7, 14, 5, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_grade_subject_grades_what_was_recorded_and_what_gauges_say():
    version = adopted()
    record_facts(
        duty_officer(),
        subject_kind="command.incident",
        subject_id="i-1",
        facts={"levee_danger": "serious"},
        source="河口镇",
    )

    alone = grade_subject(version, "command.incident", "i-1")
    with_gauges = grade_subject(
        version, "command.incident", "i-1", also={"stations_above_guarantee": Known(value=1)}
    )

    assert (alone.at_least, with_gauges.at_least) == ("III", "II")
    assert alone.level("III").reasons[0].compared[0].source == "河口镇"


@pytest.mark.django_db
def test_the_level_of_another_plan_is_that_of_its_runs_and_of_one_not_held_unknown():
    text = forest_with("{response_level: {at_least: III}, of_plan: flood-drought}")
    version = adopted(text)

    def verdict():
        return (
            grade_subject(version, "command.incident", "i-1", realm="actual")
            .level("IV")
            .verdict
        )

    not_held = verdict()
    flood = adopted()
    not_running = verdict()
    run = started(flood, level="III")
    running = verdict()
    elsewhere = grade_subject(version, "command.incident", "i-1", realm="drill-x").at_least
    end_run(office(), run=run, expected_version=run.version)

    assert (not_held, not_running, running) == ("undetermined", "not_met", "met")
    assert (elsewhere, verdict()) == (None, "not_met")


def test_of_several_sources_the_value_observed_last_counts():
    early = Known(value=1, at=NOW - timedelta(hours=1), source="电话")
    late = Known(value=2, at=NOW, source="遥测")

    assert merged({"deaths": late}, {"deaths": early, "missing": early}) == {
        "deaths": late,
        "missing": early,
    }
