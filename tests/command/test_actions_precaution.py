from dataclasses import replace

import pytest

from liandong.command import handlers
from liandong.command.actions import (
    adopt_precaution,
    end_precaution,
    pass_over_precaution,
    propose_precaution,
)
from liandong.command.models import Incident, Order, Precaution
from liandong.command.queries import staffed_address
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from liandong.monitoring.events import WarningAdjusted, WarningLifted
from liandong.plans.models import Run
from liandong.plans.queries import shipped_text
from tests.command import county as places
from tests.command.test_handlers import blank, cause, warned

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(db):
    return places.plan(shipped_text("warning_measures"))


@pytest.fixture
def now(at):
    return at("2030-01-01T08:00")


@pytest.fixture
def proposed(county, document, now):
    """What a yellow warning of the flood office asks for."""
    office = str(county.bodies["flood-office"].pk)
    handlers.answer_warning(warned(level="黄", body_id=office), cause(now))
    return Precaution.objects.get()


def adopt(actor, precaution, *steps, **more):
    said = {
        "steps": steps or ["information", "plan-to-start"],
        "expected_version": precaution.version,
    }
    return adopt_precaution(actor, precaution=precaution, **(said | more))


def adjusted(level, **more):
    return blank(
        WarningAdjusted,
        hazard="11B03",
        category="暴雨",
        level=level,
        subject_id="w2",
        chain="w1",
        **more,
    )


def test_a_warning_lays_the_measures_of_the_law_before_its_office(county, proposed):
    assert (proposed.level, proposed.title, proposed.state) == (
        "III",
        "暴雨黄色预警",
        "proposed",
    )
    assert proposed.to_post == county.posts["office"]
    assert Message.objects.get(subject_kind="command.precaution").title == (
        "提请决定：暴雨黄色预警期措施"
    )
    assert not Order.objects.exists()
    assert not Run.objects.exists()


def test_without_the_document_nothing_is_proposed(county, now):
    handlers.answer_warning(warned(), cause(now))

    assert Incident.objects.count() == 1
    assert not Precaution.objects.exists()


def test_who_issues_and_is_no_headquarters_has_the_plans_office_decide(county, document, now):
    places.plan()

    handlers.answer_warning(warned(body_id=str(county.bodies["weather"].pk)), cause(now))

    assert Precaution.objects.get().to_post == county.posts["office"]


def test_where_no_headquarters_has_an_office_the_leader_of_the_shift_decides(
    county, document, now
):
    handlers.answer_warning(warned(hazard="11E"), cause(now))

    assert Precaution.objects.get().to_post == county.posts["leader"]


def test_what_is_chosen_is_ordered_for_the_warning_and_the_rest_is_dropped(county, proposed):
    adopted = adopt(county.office, proposed, reason="汛情尚轻")

    run = Run.objects.get()
    assert (run.subject_kind, run.subject_id, run.level) == ("monitoring.warning", "w1", "III")
    assert (adopted.state, adopted.run, adopted.decided_by) == (
        "adopted",
        run,
        county.office.label,
    )
    assert [order.step for order in Order.objects.all()] == ["information"]
    assert Order.objects.get().response is None
    dropped = run.changes.order_by("step_id").values_list("step_id", "reason")
    assert list(dropped) == [
        ("assessment", "汛情尚轻"),
        ("cautions-published", "汛情尚轻"),
        ("forecasts-published", "汛情尚轻"),
    ]
    assert Entry.objects.filter(name="command.precaution_adopted").count() == 1


def test_a_graver_warning_is_proposed_anew_and_goes_on_with_the_same_run(county, proposed, now):
    adopt(county.office, proposed)

    handlers.follow_adjusted_warning(adjusted("橙"), cause(now, "k2"))
    graver = Precaution.objects.get(state="proposed")
    adopt(county.office, graver, "teams-ready", "information")

    run = Run.objects.get()
    assert (graver.level, run.level) == ("II", "II")
    assert sorted(Order.objects.values_list("step", flat=True)) == [
        "information",
        "teams-ready",
    ]
    states = Precaution.objects.order_by("proposed_at", "id").values_list("state", flat=True)
    assert list(states) == ["superseded", "adopted"]


def test_the_same_level_again_is_not_proposed_again(county, proposed, now):
    handlers.follow_adjusted_warning(adjusted("黄"), cause(now, "k2"))

    assert Precaution.objects.count() == 1


def test_a_lifted_warning_ends_its_measures_and_leaves_orders_to_people(county, proposed, now):
    adopt(county.office, proposed)

    lifted = blank(WarningLifted, hazard="11B03", subject_id="w1", chain="w1")
    handlers.follow_lifted_warning(lifted, cause(now, "k2"))

    assert (Precaution.objects.get().state, Run.objects.get().state) == ("ended", "ended")
    assert Order.objects.get().is_live


def test_measures_may_be_passed_over_with_a_reason(county, proposed):
    with pytest.raises(Invalid):
        pass_over_precaution(county.office, precaution=proposed, reason=" ", expected_version=1)

    pass_over_precaution(
        county.office, precaution=proposed, reason="雨带南移", expected_version=1
    )

    proposed.refresh_from_db()
    assert (proposed.state, proposed.reason) == ("passed_over", "雨带南移")
    assert not Order.objects.exists()


DECIDE = {
    "adopt": adopt,
    "pass_over": lambda actor, precaution, **more: pass_over_precaution(
        actor,
        precaution=precaution,
        **({"reason": "雨停", "expected_version": precaution.version} | more),
    ),
}


@pytest.mark.parametrize("deed", DECIDE)
def test_deciding_is_refused_to_others_to_the_late_across_realms_and_twice(
    deed, county, proposed
):
    act = DECIDE[deed]
    with pytest.raises(Forbidden):
        act(county.officer, proposed)
    with pytest.raises(Stale):
        act(county.office, proposed, expected_version=7)
    with pytest.raises(Missing):
        act(replace(county.office, realm="drill-1"), proposed)
    act(county.office, proposed, idempotency_key="k", expected_version=1)
    act(county.office, proposed, idempotency_key="k", expected_version=1)
    proposed.refresh_from_db()
    with pytest.raises(IllegalMove):
        act(county.office, proposed)


@pytest.mark.parametrize("steps", [["nothing"], ["teams-ready"]])
def test_only_measures_of_the_level_are_adopted(steps, county, proposed):
    with pytest.raises(Invalid):
        adopt(county.office, proposed, *steps)


def test_adopting_nothing_is_refused(county, proposed):
    with pytest.raises(Invalid):
        adopt(county.office, proposed, steps=[])


def test_proposing_and_ending_are_refused_to_units_and_across_realms(county, proposed):
    said = {
        "incident": proposed.incident,
        "plan_version": proposed.plan_version,
        "warning": "w9",
        "title": "x",
        "level": "IV",
        "to": staffed_address("flood-office"),
    }
    with pytest.raises(Forbidden):
        propose_precaution(county.water, **said)
    with pytest.raises(Missing):
        propose_precaution(replace(county.office, realm="drill-1"), **said)
    with pytest.raises(Forbidden):
        end_precaution(county.water, precaution=proposed)
    with pytest.raises(Missing):
        end_precaution(replace(county.office, realm="drill-1"), precaution=proposed)
    end_precaution(county.office, precaution=proposed)
    with pytest.raises(IllegalMove):
        end_precaution(county.office, precaution=proposed)
