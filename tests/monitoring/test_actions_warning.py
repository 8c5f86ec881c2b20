import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    adjust_warning,
    discard_warning,
    draft_warning,
    issue_warning,
    lift_warning,
    propose_lifting,
)
from liandong.monitoring.models import Warning
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import WarningState
from tests.monitoring.conftest import hour
from tests.monitoring.people import forecaster
from tests.people import duty_officer, visitor

pytestmark = pytest.mark.django_db

WORDS = {
    "category": "暴雨",
    "level": "橙",
    "scope": "城关镇、河口镇",
    "cautions": "短时雨强大。",
    "measures": "危险地带人员做好转移准备。",
}


def payload(name):
    return json.loads(Entry.objects.get(name=name).payload.text)


@pytest.fixture
def draft(weather):
    return draft_warning(
        forecaster(weather),
        hazard="11B03",
        **WORDS,
        starts_at=hour(12),
        issuing_body=weather,
        areas=["城关镇", "河口镇"],
    )


@pytest.fixture
def in_force(draft, weather):
    return issue_warning(forecaster(weather), warning=draft, expected_version=1)


def test_a_draft_is_seen_by_its_body_and_the_desk(draft, weather, water):
    assert list(queries.warnings_for(forecaster(weather))) == [draft]
    assert list(queries.warnings_for(duty_officer())) == [draft]
    assert list(queries.warnings_for(forecaster(water))) == []
    assert queries.drafts_for(forecaster(weather)) == [draft]
    assert queries.drafts_for(duty_officer()) == []


def test_issuing_makes_it_everybodys_with_the_eight_elements(draft, weather, water, noon_after):
    issued = issue_warning(forecaster(weather), warning=draft, expected_version=1)

    said = payload("monitoring.warning_issued")
    assert (issued.state, issued.published_at, issued.version) == ("issued", noon_after, 2)
    assert {name: said[name] for name in WORDS} == WORDS
    assert (said["body_id"], said["areas"]) == (str(weather.pk), ["城关镇", "河口镇"])
    assert said["published_at"] == "2012-08-05T04:00:00+00:00"
    assert list(queries.warnings_for(forecaster(water))) == [issued]
    assert list(queries.active_warnings("actual")) == [issued]


def test_issuing_takes_the_elements_given_with_it(draft, weather):
    issued = issue_warning(
        forecaster(weather), warning=draft, expected_version=1, level="红", areas=["城关镇"]
    )

    issued.refresh_from_db()
    assert (issued.level, issued.areas, issued.category) == ("红", ["城关镇"], "暴雨")


@pytest.mark.parametrize(
    ("element", "label"),
    [
        ("category", "类别"),
        ("level", "级别"),
        ("starts_at", "起始时间"),
        ("scope", "可能影响范围"),
        ("cautions", "警示事项"),
        ("measures", "应采取的措施"),
        ("issuing_body", "发布单位"),
    ],
)
def test_a_warning_without_an_element_is_refused_by_name_and_article(
    draft, weather, element, label
):
    Warning.objects.filter(pk=draft.pk).update(
        **{element: None if element in {"starts_at", "issuing_body"} else ""}
    )
    anywhere = duty_officer(grants=[Permission.ISSUE_WARNING])

    with pytest.raises(Invalid) as refused:
        issue_warning(anywhere, warning=draft, expected_version=1)

    assert (refused.value.title, refused.value.place) == (f"警报缺少：{label}。", "预警八要素")
    assert refused.value.fields == {element: f"请填写{label}（第六十四条）"}
    assert "《突发事件应对法》第六十四条" in refused.value.remedy
    assert not Entry.objects.filter(name="monitoring.warning_issued").exists()
    assert Warning.objects.get().state == WarningState.DRAFT


def test_blanks_are_no_element(draft, weather):
    with pytest.raises(Invalid):
        issue_warning(forecaster(weather), warning=draft, expected_version=1, scope="  ")


def test_nobody_issues_for_another_body(draft, water):
    with pytest.raises(Forbidden):
        issue_warning(forecaster(water), warning=draft, expected_version=1)


def test_nobody_issues_without_the_permission(draft):
    with pytest.raises(Forbidden):
        issue_warning(visitor(), warning=draft, expected_version=1)


def test_no_machine_issues(draft):
    from liandong.kernel.actors import system_actor

    machine = system_actor("node", "监测值守", "actual", Permission.ISSUE_WARNING)
    with pytest.raises(Forbidden) as refused:
        issue_warning(machine, warning=draft, expected_version=1)

    assert refused.value.title == "预警由人发布、调整和解除。"


def test_whoever_saw_an_older_version_is_told(draft, weather):
    Warning.objects.get(pk=draft.pk).change(expected_version=1, scope="城关镇")

    with pytest.raises(Stale):
        issue_warning(forecaster(weather), warning=draft, expected_version=1)


def test_an_issued_warning_is_not_issued_again(in_force, weather):
    with pytest.raises(IllegalMove):
        issue_warning(forecaster(weather), warning=in_force, expected_version=2)


def test_the_same_key_issues_once(draft, weather):
    chief = forecaster(weather)
    first = issue_warning(chief, warning=draft, expected_version=1, idempotency_key="k")

    again = issue_warning(chief, warning=draft, expected_version=1, idempotency_key="k")

    assert (again.pk, again.version) == (first.pk, 2)
    assert Entry.objects.filter(name="monitoring.warning_issued").count() == 1


def test_a_drill_does_not_reach_a_real_warning(draft, weather, at):
    at("2012-08-05T12:00", realm="drill-1")

    with pytest.raises(Missing):
        issue_warning(forecaster(weather, realm="drill-1"), warning=draft, expected_version=1)


def test_adjusting_issues_anew_and_keeps_the_old(in_force, weather):
    new = adjust_warning(
        forecaster(weather), warning=in_force, expected_version=2, level="红", reason="雨势增强"
    )

    in_force.refresh_from_db()
    said = payload("monitoring.warning_adjusted")
    assert (in_force.state, new.state, new.replaces_id) == ("adjusted", "issued", in_force.pk)
    assert (new.chain, new.scope) == (in_force.pk, "城关镇、河口镇")
    assert (said["former_level"], said["level"], said["replaces"]) == (
        "橙",
        "红",
        str(in_force.pk),
    )
    assert list(queries.active_warnings("actual")) == [new]


def test_adjusting_asks_for_the_eight_elements_too(in_force, weather):
    with pytest.raises(Invalid) as refused:
        adjust_warning(
            forecaster(weather), warning=in_force, expected_version=2, level="红", measures=" "
        )

    in_force.refresh_from_db()
    assert refused.value.title == "警报缺少：应采取的措施。"
    assert in_force.state == WarningState.ISSUED


def test_adjusting_an_old_version_is_refused(in_force, weather):
    with pytest.raises(Stale):
        adjust_warning(forecaster(weather), warning=in_force, expected_version=1, level="红")

    assert Warning.objects.count() == 1


def test_adjusting_a_draft_is_refused(draft, weather):
    with pytest.raises(IllegalMove):
        adjust_warning(forecaster(weather), warning=draft, expected_version=1, level="红")


def test_adjusting_for_another_body_is_refused(in_force, water):
    with pytest.raises(Forbidden):
        adjust_warning(forecaster(water), warning=in_force, expected_version=2, level="红")


def test_issuing_a_drafted_adjustment_takes_the_place_of_what_is_in_force(in_force, weather):
    chief = forecaster(weather)
    proposal = draft_warning(
        chief,
        hazard="11B03",
        **(WORDS | {"level": "红"}),
        starts_at=hour(13),
        issuing_body=weather,
        replaces=in_force,
    )

    issue_warning(chief, warning=proposal, expected_version=1)

    in_force.refresh_from_db()
    assert in_force.state == WarningState.ADJUSTED
    assert payload("monitoring.warning_adjusted")["former_level"] == "橙"


def test_lifting_ends_it_with_a_reason(in_force, weather, noon_after):
    lifted = lift_warning(
        forecaster(weather), warning=in_force, expected_version=2, reason="降雨结束"
    )

    assert (lifted.state, lifted.ended_at, lifted.lifting_reason) == (
        "lifted",
        noon_after,
        "降雨结束",
    )
    assert payload("monitoring.warning_lifted")["reason"] == "降雨结束"
    assert not queries.active_warnings("actual").exists()


@pytest.mark.parametrize("deed", [lift_warning, discard_warning])
def test_ending_asks_for_a_reason(draft, weather, deed):
    chief = forecaster(weather)
    if deed is lift_warning:
        draft = issue_warning(chief, warning=draft, expected_version=1)

    with pytest.raises(Invalid) as refused:
        deed(chief, warning=draft, expected_version=draft.version, reason=" ")

    assert list(refused.value.fields) == ["reason"]


def test_lifting_for_another_body_is_refused(in_force, water):
    with pytest.raises(Forbidden):
        lift_warning(forecaster(water), warning=in_force, expected_version=2, reason="x")


def test_lifting_a_draft_is_refused(draft, weather):
    with pytest.raises(IllegalMove):
        lift_warning(forecaster(weather), warning=draft, expected_version=1, reason="x")


def test_a_draft_is_discarded_with_a_reason(draft, weather):
    row = discard_warning(
        forecaster(weather), warning=draft, expected_version=1, reason="仪器故障"
    )

    assert (row.state, payload("monitoring.warning_discarded")["reason"]) == (
        "discarded",
        "仪器故障",
    )


def test_an_issued_warning_is_not_discarded(in_force, weather):
    with pytest.raises(IllegalMove):
        discard_warning(forecaster(weather), warning=in_force, expected_version=2, reason="x")


def test_proposing_to_lift_leaves_it_in_force(in_force, noon_after):
    row = propose_lifting(duty_officer(), warning=in_force, reason="雨停")

    assert (row.state, row.lifting_proposed_at) == ("issued", noon_after)
    assert payload("monitoring.lifting_proposed")["reason"] == "雨停"


def test_nobody_issues_anothers_proposal_by_naming_their_own_body(draft, water):
    with pytest.raises(Forbidden):
        issue_warning(forecaster(water), warning=draft, expected_version=1, issuing_body=water)

    draft.refresh_from_db()
    assert draft.state == WarningState.DRAFT
