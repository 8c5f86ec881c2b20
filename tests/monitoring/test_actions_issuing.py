"""Warnings that a second person approves. What a unit issues by itself is tried with the warning."""

import json
from dataclasses import replace

import pytest

from liandong.kernel.actors import Actor, Grant
from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role, permissions_of
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.kernel.timers import Timer, sweep
from liandong.messaging.models import Message
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    adjust_warning,
    approve_warning,
    draft_warning,
    issue_warning,
    lift_warning,
    return_warning,
    set_issuing_rule,
    urge_approval,
)
from liandong.monitoring.models import Crossing, Warning
from liandong.monitoring.permissions import Permission
from tests.factories import organization as make
from tests.monitoring.conftest import hour, rained, send
from tests.monitoring.people import forecaster
from tests.people import office

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


def at_post(post, role=Role.COMMANDER, person=""):
    names = permissions_of(role)
    return Actor(
        post=str(post.pk),
        person=person,
        label=str(post),
        grants=frozenset(Grant(permission=name) for name in names),
        scopes=frozenset({"county", f"post:{post.pk}"}),
    )


@pytest.fixture
def chief():
    return make.post("flood-hq.commander", title="指挥长", roles=[Role.COMMANDER])


@pytest.fixture
def deputy(chief):
    post = make.post(
        "flood-hq.deputy",
        at=chief.body,
        title="副指挥长",
        roles=[Role.COMMANDER],
        superior=chief,
    )
    make.person("王副县长", at=post)
    return post


@pytest.fixture
def rule(deputy, weather):
    return set_issuing_rule(office(), level="橙", approver=deputy, body=weather, minutes=10)


def drafted(weather, **more):
    said = {**WORDS, "starts_at": hour(12), "issuing_body": weather, **more}
    return draft_warning(forecaster(weather), hazard="11B03", **said)


@pytest.fixture
def waiting(weather, rule):
    return issue_warning(forecaster(weather), warning=drafted(weather), expected_version=1)


def test_from_the_level_up_it_waits_for_the_second_person(waiting, weather, deputy):
    said = payload("monitoring.warning_submitted")

    assert (waiting.state, waiting.approver, waiting.published_at) == (
        "submitted",
        deputy,
        None,
    )
    assert not queries.active_warnings("actual").exists()
    assert queries.submitted_for(at_post(deputy)) == [waiting]
    assert queries.submitted_for(office()) == []
    assert said["due_at"] == "2012-08-05T04:10:00+00:00"
    assert Message.objects.get().to_post == deputy


def test_what_waits_is_found_in_one_statement_however_much_it_is(
    waiting, weather, deputy, chief, django_assert_num_queries
):
    for _more in range(2):
        issue_warning(forecaster(weather), warning=drafted(weather), expected_version=1)

    with django_assert_num_queries(1):
        assert len(queries.submitted_for(at_post(deputy))) == 3
    assert len(queries.submitted_for(at_post(chief))) == 3


def test_below_the_level_the_unit_issues_by_itself(rule, weather):
    issued = issue_warning(
        forecaster(weather), warning=drafted(weather, level="黄"), expected_version=1
    )

    assert (issued.state, issued.approved_by) == ("issued", "")


def test_another_units_warning_does_not_come_under_its_rule(rule, water):
    draft = draft_warning(
        forecaster(water), hazard="11A01", **WORDS, starts_at=hour(12), issuing_body=water
    )

    assert issue_warning(forecaster(water), warning=draft, expected_version=1).state == "issued"


@pytest.mark.parametrize(
    ("hazard", "level", "who"),
    [
        ("", "蓝", "副指挥长"),
        ("11B", "蓝", "指挥长"),
        ("11B", "红", "副指挥长"),
        ("11A", "蓝", "副指挥长"),
    ],
)
def test_the_nearest_rule_counts(rule, weather, chief, hazard, level, who):
    set_issuing_rule(office(), level=level, approver=chief, body=weather, hazard=hazard)

    found = queries.rule_for(drafted(weather))

    assert found.approver.title == who


def test_approved_it_is_in_force_at_once(waiting, deputy, noon_after):
    issued = approve_warning(at_post(deputy), warning=waiting, expected_version=waiting.version)

    said = payload("monitoring.warning_issued")
    assert (issued.state, issued.published_at) == ("issued", noon_after)
    assert (said["approved_by"], said["level"]) == ("副指挥长", "橙")
    assert not Timer.objects.exists()


def test_whoever_sits_above_may_approve_too(waiting, chief):
    issued = approve_warning(at_post(chief), warning=waiting, expected_version=waiting.version)

    assert issued.approved_by == "指挥长"


def test_whoever_sits_at_the_post_issues_without_asking_themselves(rule, weather, deputy):
    boss = replace(
        at_post(deputy, Role.DUTY_LEADER), scopes=frozenset({"county", "duty"}), body=""
    )

    assert issue_warning(boss, warning=drafted(weather), expected_version=1).state == "issued"


@pytest.mark.parametrize("role", [Role.COMMANDER, Role.HEADQUARTERS_OFFICE])
def test_nobody_else_approves(waiting, role):
    elsewhere = make.post(title="别处", roles=[role])

    with pytest.raises(Forbidden):
        approve_warning(at_post(elsewhere, role), warning=waiting, expected_version=2)


def test_without_the_permission_the_chair_is_not_enough(waiting, deputy):
    with pytest.raises(Forbidden):
        approve_warning(at_post(deputy, Role.EXPERT), warning=waiting, expected_version=2)


def test_who_confirmed_it_is_no_second_person(weather, rule, deputy):
    who = replace(forecaster(weather), person="p-1")
    waiting = issue_warning(who, warning=drafted(weather), expected_version=1)

    with pytest.raises(Forbidden, match="提请人不能批准"):
        approve_warning(at_post(deputy, person="p-1"), warning=waiting, expected_version=2)


def test_of_two_who_approve_one_is_told(waiting, deputy, chief):
    approve_warning(at_post(deputy), warning=waiting, expected_version=waiting.version)

    with pytest.raises(IllegalMove):
        approve_warning(at_post(chief), warning=waiting, expected_version=waiting.version)


def test_an_older_version_is_refused(waiting, deputy):
    with pytest.raises(Stale):
        approve_warning(at_post(deputy), warning=waiting, expected_version=1)


def test_the_same_key_twice_is_once(waiting, deputy):
    for _again in range(2):
        approve_warning(
            at_post(deputy),
            warning=waiting,
            expected_version=waiting.version,
            idempotency_key="k",
        )

    assert Entry.objects.filter(name="monitoring.warning_issued").count() == 1


def test_while_it_waits_nobody_issues_past_the_second_person(waiting, weather):
    with pytest.raises(Forbidden, match="正等"):
        issue_warning(forecaster(weather), warning=waiting, expected_version=waiting.version)


def test_returned_it_is_a_draft_again_with_the_reason(waiting, weather, deputy):
    back = return_warning(
        at_post(deputy), warning=waiting, reason="范围过大", expected_version=waiting.version
    )

    assert (back.state, back.returned_reason) == ("draft", "范围过大")
    assert queries.drafts_for(forecaster(weather)) == [back]
    assert not Timer.objects.exists()
    again = issue_warning(forecaster(weather), warning=back, expected_version=back.version)
    assert (again.state, again.returned_reason) == ("submitted", "")


def test_nothing_is_returned_without_a_reason(waiting, deputy):
    with pytest.raises(Invalid):
        return_warning(at_post(deputy), warning=waiting, reason=" ", expected_version=2)


def test_raised_to_the_level_the_former_stays_in_force_until_approved(rule, weather, deputy):
    yellow = issue_warning(
        forecaster(weather), warning=drafted(weather, level="黄"), expected_version=1
    )

    new = adjust_warning(
        forecaster(weather), warning=yellow, expected_version=yellow.version, level="橙"
    )

    assert new.state == "submitted"
    assert list(queries.active_warnings("actual")) == [yellow]
    approve_warning(at_post(deputy), warning=new, expected_version=new.version)
    assert list(queries.active_warnings("actual")) == [new]
    assert payload("monitoring.warning_adjusted")["former_level"] == "黄"


def test_what_was_lifted_meanwhile_is_not_adjusted_any_more(rule, weather, deputy):
    yellow = issue_warning(
        forecaster(weather), warning=drafted(weather, level="黄"), expected_version=1
    )
    new = adjust_warning(
        forecaster(weather), warning=yellow, expected_version=yellow.version, level="橙"
    )
    yellow.refresh_from_db()
    lift_warning(
        forecaster(weather), warning=yellow, expected_version=yellow.version, reason="雨停"
    )

    with pytest.raises(IllegalMove):
        approve_warning(at_post(deputy), warning=new, expected_version=new.version)


def test_past_an_empty_chair_it_goes_to_the_next_above(weather, chief):
    make.person("县长", at=chief)
    empty = make.post(at=chief.body, title="空缺岗", roles=[Role.COMMANDER], superior=chief)
    set_issuing_rule(office(), level="蓝", approver=empty)

    waiting = issue_warning(forecaster(weather), warning=drafted(weather), expected_version=1)

    assert waiting.approver == chief


def test_where_nobody_sits_it_says_so_and_stays_a_draft(weather, chief):
    set_issuing_rule(office(), level="蓝", approver=chief)
    draft = drafted(weather)

    with pytest.raises(Forbidden, match="空缺"):
        issue_warning(forecaster(weather), warning=draft, expected_version=1)

    assert Warning.objects.get().state == "draft"


def test_not_approved_in_time_the_next_above_is_told_and_nothing_issued(
    waiting, chief, deputy, at
):
    make.person("县长", at=chief)

    at("2012-08-05T12:11")
    sweep()

    told = payload("monitoring.approval_fell_overdue")
    assert told["told"].split("、")[0].endswith("副指挥长")
    assert {one.to_post for one in Message.objects.all()} == {deputy, chief}
    assert Warning.objects.get().state == "submitted"


def test_nobody_is_urged_about_what_is_in_force(waiting, deputy):
    approve_warning(at_post(deputy), warning=waiting, expected_version=waiting.version)

    urge_approval(office(grants=[Permission.DRAFT_WARNING]), warning=waiting)

    assert not Entry.objects.filter(name="monitoring.approval_fell_overdue").exists()


def test_rain_that_grows_while_one_waits_is_a_proposal_of_its_own(
    rule, signals, weather, deputy
):
    """Orange waits for approval, red comes: red is approved first, orange then has to go back."""
    send(rained([20, 20, 20]))
    draft = _proposed(weather, "橙")
    waiting = issue_warning(forecaster(weather), warning=draft, expected_version=draft.version)

    newer = _proposed(weather, "红")
    red = issue_warning(forecaster(weather), warning=newer, expected_version=newer.version)
    approve_warning(at_post(deputy), warning=red, expected_version=red.version)

    with pytest.raises(IllegalMove, match="级别更高"):
        approve_warning(at_post(deputy), warning=waiting, expected_version=waiting.version)
    assert [row.level for row in queries.active_warnings("actual")] == ["红"]


def test_returned_after_a_newer_proposal_it_makes_way(rule, signals, weather, deputy):
    send(rained([20, 20, 20]))
    draft = _proposed(weather, "橙")
    waiting = issue_warning(forecaster(weather), warning=draft, expected_version=draft.version)
    newer = _proposed(weather, "红")

    back = return_warning(
        at_post(deputy), warning=waiting, reason="等新的", expected_version=waiting.version
    )

    assert back.state == "discarded"
    assert queries.drafts_for(forecaster(weather)) == [newer]


def _proposed(weather, level):
    """What the watch proposes of the crossing at this level."""
    crossing = Crossing.objects.get(threshold__level="橙")
    said = {**WORDS, "level": level, "starts_at": hour(12), "issuing_body": weather}
    return draft_warning(forecaster(weather), hazard="11B03", **said, crossing=crossing)


def test_an_end_that_is_past_is_refused(weather):
    draft = drafted(weather, expires_at=hour(1))

    with pytest.raises(Invalid) as refused:
        issue_warning(forecaster(weather), warning=draft, expected_version=1)

    assert set(refused.value.fields) == {"expires_at"}
