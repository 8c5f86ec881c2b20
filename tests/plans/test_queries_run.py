from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.problems import Missing
from liandong.organization.states import BodyKind
from liandong.plans.actions import record_facts
from liandong.plans.queries import run_visible, steps_due
from tests.factories import organization as make
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


@pytest.mark.parametrize(("towns", "due"), [(["east"], False), (["east", "west"], True)])
def test_a_step_may_wait_for_what_happens_in_two_townships(towns, due):
    for key in ("east", "west"):
        make.body(key=key, name=key, kind=BodyKind.TOWNSHIP)
    two = "waits_for: {areas_at_least: 2, where: {spreading: true}},"
    run = started(adopted(FOREST.replace("{id: notify,", f"{{id: notify, {two}")), level="IV")
    record_facts(
        duty_officer(),
        subject_kind=run.subject_kind,
        subject_id=INCIDENT,
        facts={f"spreading@{key}": True for key in towns},
        source="乡镇",
    )

    assert ("notify" in ids(steps_due(run))) is due


def test_a_step_may_wait_for_what_grew_within_a_time():
    grown = "waits_for: {burned_ha: {at_least: 5}, within: PT1H, taken: rise},"
    run = started(adopted(FOREST.replace("{id: notify,", f"{{id: notify, {grown}")), level="IV")
    now = clock.now("actual")
    for minutes, hectares in ((70, "1"), (5, "8")):
        record_facts(
            duty_officer(),
            subject_kind=run.subject_kind,
            subject_id=INCIDENT,
            facts={"burned_ha": hectares},
            source="前方",
            observed_at=now - timedelta(minutes=minutes),
        )

    due = ids(steps_due(run, at=now))
    later = ids(steps_due(run, at=now + timedelta(hours=2)))

    assert ("notify" in due, "notify" in later) == (True, False)


def test_a_run_is_seen_only_in_its_realm_and_by_its_audience():
    run = started()

    assert run_visible(office(), run.pk) == run
    with pytest.raises(Missing):
        run_visible(office(realm="drill-1"), run.pk)
    with pytest.raises(Missing):
        run_visible(office(scopes=frozenset({"county"})), run.pk)
