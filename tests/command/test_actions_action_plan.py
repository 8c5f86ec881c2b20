from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    draft_action_plan,
    drop_plan_task,
    edit_action_plan,
    order_plan_task,
    recall_order,
    return_action_plan,
    set_plan_task,
    sign_action_plan,
    sign_decision,
    submit_action_plan,
)
from liandong.command.models import ActionPlan, Incident, Order
from liandong.command.queries import replay, visible_action_plans
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db
PARTS = {
    "situation": "水位 52.86 米",
    "aims": "保人员安全",
    "sectors": "上游段、下游段",
    "resources": "冲锋舟 4 艘",
    "safety": "三声长哨即撤",
    "communications": "对讲机 3 频道",
}


def period(incident):
    now = clock.now(incident.realm)
    return {"starts_at": now, "ends_at": now + timedelta(hours=12)}


def drafted(county, flood, **more):
    return draft_action_plan(county.officer, incident=flood, **(period(flood) | more))


def written(county, flood):
    """Drafted, whole, with one task at least."""
    plan = drafted(county, flood)
    plan = edit_action_plan(
        county.officer,
        action_plan=plan,
        parts=PARTS,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        expected_version=plan.version,
    )
    return set_plan_task(
        county.officer,
        action_plan=plan,
        post=county.posts["weather"],
        words="逐时预报",
        expected_version=plan.version,
    )


def submitted(county, flood):
    plan = written(county, flood)
    return submit_action_plan(county.officer, action_plan=plan, expected_version=plan.version)


def in_force(county, flood):
    plan = submitted(county, flood)
    return sign_action_plan(county.office, action_plan=plan, expected_version=plan.version)


@pytest.fixture
def response(county, flood, version):
    return places.decide(county.office, flood, version).response


def test_a_draft_takes_up_what_is_under_way(county, flood, response, order):
    plan = drafted(county, flood)

    tasks = [(one.words, one.source, one.order_id) for one in plan.tasks.all()]
    assert ("封闭漫水桥 2 座", str(order), order.pk) in tasks
    assert "防汛应急响应" in plan.aims
    entry = Entry.objects.get(name="command.action_plan_drafted")
    assert f'"tasks":{len(tasks)}' in entry.payload.text


def test_one_is_written_at_a_time(county, flood):
    drafted(county, flood)

    with pytest.raises(IllegalMove):
        drafted(county, flood)
    assert ActionPlan.objects.count() == 1


def test_a_period_that_is_none_is_refused(county, flood):
    now = clock.now(flood.realm)

    with pytest.raises(Invalid):
        drafted(county, flood, ends_at=now)
    with pytest.raises(Invalid):
        drafted(county, flood, starts_at=now + timedelta(days=2))


def test_what_is_changed_is_told_part_by_part(county, flood):
    plan = written(county, flood)

    said = Entry.objects.filter(name="command.action_plan_edited")
    assert plan.safety == "三声长哨即撤"
    assert any('"part":"安全"' in one.payload.text for one in said)
    assert any("逐时预报" in one.payload.text for one in said)


def test_a_task_is_changed_and_taken_out_of_the_draft(county, flood):
    plan = written(county, flood)
    task = plan.tasks.get(words="逐时预报")
    plan = set_plan_task(
        county.officer,
        action_plan=plan,
        task=task,
        post=county.posts["water"],
        words="逐时会报",
        expected_version=plan.version,
    )
    assert plan.tasks.get().responsible == "县水利局 联络员"

    drop_plan_task(
        county.officer,
        action_plan=plan,
        task=plan.tasks.get(),
        expected_version=plan.version,
    )

    assert not plan.tasks.exists()


def test_what_leaves_a_part_out_is_not_laid_before_anybody(county, flood):
    plan = drafted(county, flood)

    with pytest.raises(Invalid) as trouble:
        submit_action_plan(county.officer, action_plan=plan, expected_version=plan.version)

    assert {"safety", "tasks"} <= set(trouble.value.fields)


def test_whoever_decides_on_the_response_is_asked_to_sign(county, flood, response):
    plan = submitted(county, flood)

    told = Message.objects.get(subject_kind="command.action_plan")
    entry = Entry.objects.get(name="command.action_plan_submitted")
    assert plan.asked["all_of"] == ["flood-office.director"]
    assert told.to_post == county.posts["office"]
    assert "三声长哨即撤" in entry.payload.text
    with pytest.raises(Forbidden):
        sign_action_plan(county.deputy, action_plan=plan, expected_version=plan.version)


def test_signed_it_is_in_force_and_seen_by_whoever_has_a_part(county, flood, response, order):
    assert not visible_action_plans(county.water).exists()

    plan = in_force(county, flood)

    assert (plan.state, plan.signatures[0]["who"]) == ("in_force", county.office.label)
    assert visible_action_plans(county.water).get() == plan
    assert (
        county.office.label
        in Entry.objects.get(name="command.action_plan_adopted").payload.text
    )


def test_every_signature_that_is_asked_for_is_waited_for(county, flood):
    version = places.plan(places.SHARED_PLAN)
    pending = places.decide(county.office, flood, version, level="III")
    sign_decision(county.deputy, decision=pending, expected_version=pending.version)
    plan = submitted(county, flood)
    plan = sign_action_plan(county.office, action_plan=plan, expected_version=plan.version)
    assert plan.state == "submitted"
    with pytest.raises(IllegalMove):
        sign_action_plan(county.office, action_plan=plan, expected_version=plan.version)

    plan = sign_action_plan(county.deputy, action_plan=plan, expected_version=plan.version)

    assert plan.state == "in_force"


def test_the_next_period_begins_from_the_last_without_what_is_done(county, flood, response):
    first = in_force(county, flood)

    second = in_force(county, flood)

    first.refresh_from_db()
    assert (first.state, second.state, second.follows) == ("superseded", "in_force", first)
    assert second.safety == "三声长哨即撤"
    assert second.tasks.filter(words="逐时预报").count() == 2  # carried over, and added anew


def test_what_was_ordered_and_recalled_is_not_carried_over(county, flood, response):
    first = in_force(county, flood)
    task = first.tasks.get(words="逐时预报")
    first = ordered(county, first, task)
    order = Order.objects.get(text="逐时预报")
    recall_order(county.office, order=order, reason="雨停", expected_version=order.version)

    second = drafted(county, flood)

    assert not second.tasks.filter(words="逐时预报").exists()


def ordered(county, plan, task, **more):
    call = {
        "task": task,
        "to_post": county.posts["weather"],
        "text": task.words,
        "expected_version": plan.version,
    }
    return order_plan_task(county.office, **(call | more))


def test_an_order_cites_the_plan_it_is_given_by(county, flood, response):
    plan = in_force(county, flood)
    task = plan.tasks.get(words="逐时预报")

    plan = ordered(county, plan, task)

    order = Order.objects.get(text="逐时预报")
    task.refresh_from_db()
    assert (order.action_plan, task.order) == (plan, order)
    with pytest.raises(IllegalMove):
        ordered(county, plan, task)


def test_nothing_is_ordered_by_a_plan_that_is_not_in_force(county, flood):
    plan = written(county, flood)

    with pytest.raises(IllegalMove):
        ordered(county, plan, plan.tasks.get())
    assert not Order.objects.exists()


def test_it_is_returned_with_a_reason_and_written_otherwise(county, flood, response):
    plan = submitted(county, flood)
    call = {"action_plan": plan, "reason": "补撤退路线", "expected_version": plan.version}
    with pytest.raises(Invalid):
        return_action_plan(county.office, **call | {"reason": " "})
    with pytest.raises(Forbidden):
        return_action_plan(county.deputy, **call)

    plan = return_action_plan(county.office, **call)

    assert (plan.state, plan.returned_reason) == ("draft", "补撤退路线")
    assert (
        submit_action_plan(
            county.officer, action_plan=plan, expected_version=plan.version
        ).returned_reason
        == ""
    )


def test_what_others_read_is_not_changed(county, flood, response):
    plan = submitted(county, flood)
    call = {"action_plan": plan, "expected_version": plan.version}

    with pytest.raises(IllegalMove):
        edit_action_plan(county.officer, parts=PARTS, **period(flood), **call)
    with pytest.raises(IllegalMove):
        set_plan_task(county.officer, post=county.posts["water"], words="x", **call)
    with pytest.raises(IllegalMove):
        drop_plan_task(county.officer, task=plan.tasks.last(), **call)
    with pytest.raises(IllegalMove):
        submit_action_plan(county.officer, **call)


def test_it_is_refused_to_units_older_versions_and_other_realms(county, flood, response):
    plan = written(county, flood)
    elsewhere = replace(county.officer, realm="drill-1")
    call = {"action_plan": plan, "expected_version": plan.version}

    with pytest.raises(Forbidden):
        draft_action_plan(county.water, incident=flood, **period(flood))
    for deed, more in [
        (edit_action_plan, {"parts": PARTS, **period(flood)}),
        (set_plan_task, {"post": county.posts["water"], "words": "x"}),
        (drop_plan_task, {"task": plan.tasks.last()}),
        (submit_action_plan, {}),
    ]:
        with pytest.raises(Forbidden):
            deed(county.water, **call, **more)
        with pytest.raises(Missing):
            deed(elsewhere, **call, **more)
        with pytest.raises(Stale):
            deed(county.officer, **call | {"expected_version": 1}, **more)


def test_nothing_is_signed_in_an_incident_that_is_over_or_after_its_period(
    county, flood, response
):
    plan = submitted(county, flood)
    ActionPlan.objects.update(
        starts_at=clock.now(flood.realm) - timedelta(hours=2),
        ends_at=clock.now(flood.realm) - timedelta(hours=1),
    )
    plan.refresh_from_db()
    with pytest.raises(Invalid):
        sign_action_plan(county.office, action_plan=plan, expected_version=plan.version)
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        sign_action_plan(county.office, action_plan=plan, expected_version=plan.version)


def test_a_double_click_begins_one(county, flood):
    when = period(flood)

    draft_action_plan(county.officer, incident=flood, idempotency_key="k", **when)
    draft_action_plan(county.officer, incident=flood, idempotency_key="k", **when)

    assert ActionPlan.objects.count() == 1


def test_the_room_told_again_names_the_plan_in_force(county, flood, response):
    in_force(county, flood)
    sequence(epoch=1)

    assert replay(county.office, flood).room.action_plan == "第1期处置方案"
