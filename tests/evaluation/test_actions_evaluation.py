import pytest

from liandong.evaluation.actions import end_drill, note_observation, rate_aim, report_drill
from liandong.evaluation.models import Drill, Observation
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import (
    Forbidden,
    IllegalMove,
    Invalid,
    Missing,
    RealmClosed,
    Stale,
)
from liandong.plans.models import PlanDrill, PlanVersion
from tests.evaluation.drills import inside, listed, started, written


@pytest.fixture
def ended(county, running):
    return over(county, running)


def over(county, drill):
    end_drill(
        inside(county.office, drill),
        drill=drill,
        words="按计划结束",
        expected_version=drill.version,
    )
    return Drill.objects.get(pk=drill.pk)


def noted(actor, drill, **more):
    said = {"about": "县水利局", "grade": "needs", "words": "复诵漏了数量"}
    return note_observation(actor, drill=drill, **(said | more))


def rated(actor, drill, number=1, met="met", **more):
    return rate_aim(actor, drill=drill, number=number, met=met, **more)


def reported(actor, drill, conclusion="总体达到目的", **more):
    said = {"conclusion": conclusion, "expected_version": drill.version}
    return report_drill(actor, drill=drill, **(said | more))


def test_whoever_watches_notes_what_they_see_and_players_do_not_hear_it(county, running):
    noted(inside(county.leader, running), running)

    entry = Entry.objects.get(name="evaluation.observation_noted")
    assert entry.realm == running.realm
    assert f"account:{county.accounts['water'].pk}" not in entry.audience
    assert "duty" not in entry.audience


def test_after_the_end_too_but_never_by_players_or_before_the_start(county, version, ended):
    noted(county.leader, ended)
    with pytest.raises(Forbidden):
        noted(county.officer, ended)
    with pytest.raises(Invalid):
        noted(county.leader, ended, words=" ")
    fresh = listed(county, version, name="另一场")
    with pytest.raises(IllegalMove):
        noted(county.leader, fresh)
    other = written(county, started(county, fresh))
    with pytest.raises(Missing):
        noted(county.leader, ended, inject=other)
    assert Observation.objects.count() == 1


def test_the_same_key_notes_once(county, ended):
    for _ in range(2):
        noted(county.leader, ended, idempotency_key="k")

    assert Observation.objects.count() == 1


def test_objectives_are_rated_once_it_is_over_and_the_last_word_counts(county, running):
    with pytest.raises(IllegalMove):
        rated(county.leader, running)
    ended = over(county, running)

    rated(county.leader, ended)
    rated(county.leader, ended, met="partly", words="慢了 8 分钟")

    row = ended.ratings.get()
    assert (row.met, row.words) == ("partly", "慢了 8 分钟")
    with pytest.raises(Missing):
        rated(county.leader, ended, 3)
    with pytest.raises(Forbidden):
        rated(county.officer, ended)


def test_the_report_counts_as_a_drill_of_its_plans(county, version, ended):
    with pytest.raises(IllegalMove):
        reported(county.office, ended)
    for number in (1, 2):
        rated(county.leader, ended, number)

    done = reported(county.office, ended)

    drilled = PlanDrill.objects.get()
    assert (done.state, done.conclusion) == ("reported", "总体达到目的")
    assert (drilled.plan_version, drilled.kind, drilled.remark) == (
        version,
        "field",
        "清溪河防汛演练",
    )
    with pytest.raises(IllegalMove):
        reported(county.office, done)


def test_a_report_needs_words_the_right_and_the_newest_state(county, version, ended):
    for number in (1, 2):
        rated(county.leader, ended, number)
    with pytest.raises(Invalid):
        reported(county.office, ended, " ")
    with pytest.raises(Forbidden):
        reported(county.water, ended)
    with pytest.raises(RealmClosed):
        reported(inside(county.office, ended), ended)
    with pytest.raises(Stale):
        reported(county.office, ended, expected_version=1)
    assert PlanDrill.objects.count() == 0


def test_a_plan_that_holds_no_more_is_not_entered_as_drilled(county, version, ended):
    PlanVersion.objects.filter(pk=version.pk).update(state="superseded")
    for number in (1, 2):
        rated(county.leader, ended, number)

    reported(county.office, ended)

    assert PlanDrill.objects.count() == 0


def test_what_was_reported_on_stays_as_it_was(county, version, ended):
    for number in (1, 2):
        rated(county.leader, ended, number)
    done = reported(county.office, ended)

    with pytest.raises(IllegalMove):
        rated(county.leader, done)
    with pytest.raises(IllegalMove):
        noted(county.leader, done)
