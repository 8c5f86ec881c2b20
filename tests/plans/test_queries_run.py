import pytest

from liandong.kernel.problems import Missing
from liandong.plans.actions import record_facts
from liandong.plans.queries import run_visible, steps_due
from tests.people import duty_officer, office
from tests.plans.example import FOREST
from tests.plans.people import INCIDENT, adopted, started

pytestmark = pytest.mark.django_db
ONLY_WHEN = FOREST.replace("{id: notify,", "{id: notify, when: {spreading: true},")
WAITS = ONLY_WHEN.replace("when: {spreading", "waits_for: {spreading")


def ids(steps):
    return [step.id for step in steps]


def test_a_step_waits_for_its_predecessors():
    run = started(level="II")
    begun = {step.id for step in steps_due(run)}
    before = {"shelters-open", "transfer-township-1", "transfer-township-2"}

    assert ids(steps_due(run, begun=begun, finished=before)) == []
    assert ids(steps_due(run, begun=begun, finished={*before, "transfer-township-6"})) == [
        "resettle"
    ]


@pytest.mark.parametrize(
    ("spreading", "due"),
    [(True, ["notify", "sitrep"]), (None, ["notify", "sitrep"]), (False, ["cordon", "sitrep"])],
)
def test_a_step_is_ruled_out_only_by_a_plain_no_and_then_holds_nobody_up(spreading, due):
    run = started(adopted(ONLY_WHEN), level="IV")
    record_facts(
        duty_officer(),
        subject_kind=run.subject_kind,
        subject_id=INCIDENT,
        facts={"spreading": spreading},
        source="前方",
    )

    assert ids(steps_due(run)) == due


@pytest.mark.parametrize(
    ("spreading", "due"),
    [
        (True, ["notify", "sitrep"]),
        (None, ["sitrep"]),
        (False, ["sitrep"]),
    ],
)
def test_a_step_that_waits_for_something_is_due_once_that_is_known_to_hold(spreading, due):
    run = started(adopted(WAITS), level="IV")
    record_facts(
        duty_officer(),
        subject_kind=run.subject_kind,
        subject_id=INCIDENT,
        facts={"spreading": spreading},
        source="前方",
    )

    assert ids(steps_due(run)) == due


def test_a_run_is_seen_only_in_its_realm_and_by_its_audience():
    run = started()

    assert run_visible(office(), run.pk) == run
    with pytest.raises(Missing):
        run_visible(office(realm="drill-1"), run.pk)
    with pytest.raises(Missing):
        run_visible(office(scopes=frozenset({"county"})), run.pk)
