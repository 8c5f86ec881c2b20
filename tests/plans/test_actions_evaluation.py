from datetime import date

import pytest

from liandong.kernel.problems import Invalid
from liandong.plans import queries
from liandong.plans.actions import adopt_version, evaluate_version, record_plan_drill
from liandong.plans.states import DutyKind
from tests.people import office
from tests.plans import lives
from tests.plans.example import FOREST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def owed(version):
    return {one.what: one.due_on for one in queries.owed_of(version)}


def drill(version, day, kind="tabletop"):
    return record_plan_drill(
        office(),
        version=version,
        drilled_on=day,
        kind=kind,
        expected_version=version.version,
    )


def evaluate(version, **more):
    said = {
        "evaluated_on": queries.today(),
        "findings": "可行",
        "outcome": "keep",
        "expected_version": version.version,
    }
    return evaluate_version(office(), version=version, **(said | more))


def test_a_special_plan_is_drilled_and_evaluated_within_three_years():
    version = lives.issued()

    assert (owed(version)[DutyKind.DRILL], owed(version)[DutyKind.EVALUATION]) == (
        date(2029, 9, 28),
        date(2029, 9, 28),
    )


@pytest.mark.parametrize(
    ("kind", "hazard", "due"),
    [
        ("special", "12A03", date(2028, 9, 28)),  # accidents at work: two years
        ("township", "12A03", date(2028, 9, 28)),
        ("departmental", "11A", date(2029, 9, 28)),
        ("overall", "any", None),
        ("township", "11A", None),
    ],
)
def test_how_often_a_plan_is_drilled_depends_on_its_kind_and_hazard(kind, hazard, due):
    text = FOREST.replace("kind: special", f"kind: {kind}").replace("11G01", hazard)

    version = adopt_version(office(), text=text, issued_on=queries.today())

    assert owed(version).get(DutyKind.DRILL) == due


def test_measures_for_a_warning_owe_nothing():
    text = FOREST.replace("kind: special", "kind: warning")

    assert owed(adopt_version(office(), text=text)) == {}


def test_a_drill_counts_for_the_plan_whatever_its_version():
    first = lives.issued()
    drill(first, date(2026, 9, 28))
    second = adopt_version(office(), text=FOREST + "\n", issued_on=queries.today())

    assert owed(second)[DutyKind.DRILL] == date(2029, 9, 28)
    drill(second, date(2026, 9, 20))
    assert owed(second)[DutyKind.DRILL] == date(2029, 9, 28)


def test_the_day_after_a_leap_day_three_years_on_is_the_last_of_february(at):
    at("2024-02-29T10:00")

    version = adopt_version(office(), text=FOREST, issued_on=date(2024, 2, 29))

    assert owed(version)[DutyKind.EVALUATION] == date(2027, 2, 28)


def test_the_next_evaluation_is_counted_from_the_last(at):
    version = lives.issued()
    at("2028-05-10T10:00")

    evaluate(version, outcome="revise", reasons=["law", "lessons"])

    evaluation = version.evaluations.get()
    assert (evaluation.outcome, evaluation.reasons) == ("revise", ["law", "lessons"])
    assert owed(version)[DutyKind.EVALUATION] == date(2031, 5, 10)


def test_whoever_wants_a_revision_says_for_which_of_the_six_reasons():
    with pytest.raises(Invalid, match="没有选修订的情形"):
        evaluate(lives.issued(), outcome="replace")


def test_an_evaluation_comes_after_the_issue():
    with pytest.raises(Invalid) as refused:
        evaluate(lives.issued(), evaluated_on=date(2026, 9, 27))

    assert refused.value.fields == {"evaluated_on": "不能早于印发日期（2026-09-28）"}
