from dataclasses import replace

import pytest

from liandong.command.actions import (
    add_step,
    drop_step,
    end_response,
    reassign_step,
    recall_order,
    reissue_step,
    take_alternative,
)
from liandong.command.models import Order, SharedStep
from liandong.command.queries import alternatives_of, courses
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.plans.models import RunStep
from tests.command.running import begun, declined, finished, order_of, step_in, task_of

pytestmark = pytest.mark.django_db

FIRST = "id: first, do: order, to: water, text: 封桥, finish_within: PT1H"
SECOND = "id: second, do: request, to: weather, text: 请派技术员, after: [first]"
ASK = "id: ask, do: decide, to: flood-hq.deputy, text: 是否停课"
OTHERWISE = "id: first, do: order, to: water, text: 封桥, otherwise: [weather, schools]"


@pytest.fixture
def run(county, flood):
    return begun(county, flood, FIRST, SECOND, ASK)


def drop(actor, run, **more):
    said = {"step": "first", "reason": "桥已塌", "expected_version": run.version}
    return drop_step(actor, run=run, **(said | more))


def reassign(actor, run, **more):
    said = {"step": "first", "reason": "水利局无人", "expected_version": run.version}
    return reassign_step(actor, run=run, **(said | more))


def add(actor, run, **more):
    said = {"text": "架浮桥", "reason": "桥已塌", "expected_version": run.version}
    return add_step(actor, run=run, **(said | more))


def reissue(actor, run, **more):
    said = {"step": "first", "expected_version": run.version}
    return reissue_step(actor, run=run, **(said | more))


def recall(county, run, step="first"):
    order = order_of(run, step)
    return recall_order(
        county.office, order=order, reason="写错", expected_version=order.version
    )


def test_a_dropped_step_takes_its_order_back_and_lets_the_next_begin(county, run):
    drop(county.office, run)

    assert order_of(run, "first").state == "recalled"
    assert order_of(run, "second").kind == "request"
    told = Entry.objects.get(name="plans.run_replanned")
    assert told.actor["label"] == county.office.label


def test_a_dropped_question_is_asked_no_more(county, run):
    drop(county.office, run, step="ask")

    assert task_of(run, "ask").outcome == "取消措施：桥已塌"


def test_a_step_given_to_another_post_has_that_posts_order_alone(county, run):
    old = order_of(run, "first")

    reassign(county.office, run, to_post=county.posts["bystander"])

    old.refresh_from_db()
    new = order_of(run, "first")
    assert (old.state, new.state, new.replaces) == ("replaced", "issued", old)
    assert (new.to_body, new.text) == (county.bodies["schools"], "封桥")
    assert step_in(run, "first").to == "schools.liaison"
    assert Entry.objects.filter(name="command.order_replaced").count() == 1


def test_a_step_that_is_not_yet_due_is_given_to_another_before_it_is_ordered(county, run):
    reassign(county.office, run, step="second", to_post=county.posts["bystander"])
    drop(county.office, run)

    assert order_of(run, "second").to_body == county.bodies["schools"]


def test_giving_a_recalled_step_to_another_orders_it_of_them(county, run):
    recall(county, run)

    reassign(county.office, run, to_post=county.posts["bystander"])

    assert order_of(run, "first").to_body == county.bodies["schools"]


def test_what_is_done_or_no_order_is_not_given_to_another(county, run):
    finished(county.water, order_of(run, "first"))

    with pytest.raises(IllegalMove):
        reassign(county.office, run, to_post=county.posts["bystander"])
    with pytest.raises(Invalid):
        reassign(county.office, run, step="ask", to_post=county.posts["bystander"])


def test_an_added_step_is_ordered_when_what_it_comes_after_is_done(county, run, work):
    add(county.office, run, to_post=county.posts["water"], after=["first"], kind="release")
    before = Order.objects.filter(step="added-1").exists()

    finished(county.water, order_of(run, "first"))
    work()

    added = order_of(run, "added-1")
    assert (before, added.text, added.kind) == (False, "架浮桥", "release")


def test_added_steps_are_counted_on_whatever_was_dropped(county, run):
    add(county.office, run, to_post=county.posts["water"])
    drop(county.office, run, step="added-1")
    add(county.office, run, to_post=county.posts["water"], text="再架")

    assert order_of(run, "added-2").text == "再架"


def test_a_person_orders_a_recalled_step_again(county, run):
    recall(county, run)

    reissue(county.officer, run)

    assert [one.state for one in Order.objects.filter(step="first").order_by("number")] == [
        "recalled",
        "issued",
    ]
    with pytest.raises(IllegalMove):
        reissue(county.officer, run)


def test_what_a_lower_level_no_longer_wants_is_left_to_people(county, flood, version):
    from liandong.command.states import DecisionKind
    from tests.command import county as places

    places.decide(county.deputy, flood, version, level="III")
    places.decide(county.deputy, flood, version, kind=DecisionKind.LOWER, level="IV")

    [course] = courses(flood, clock.now("actual"))
    assert [order.step for order in course.strays] == ["patrol"]
    assert course.strays[0].is_live


@pytest.fixture(params=["drop", "reassign", "add"])
def deed(request, county):
    """One of the ways to depart from a plan, by anybody."""
    act = {"drop": drop, "reassign": reassign, "add": add}[request.param]
    more = {} if request.param == "drop" else {"to_post": county.posts["bystander"]}
    return lambda actor, run, **said: act(actor, run, **(more | said))


def test_departing_from_a_plan_is_refused_without_permission_reason_or_the_latest_version(
    county, run, deed
):
    with pytest.raises(Forbidden):
        deed(county.officer, run)
    with pytest.raises(Invalid):
        deed(county.office, run, reason=" ")
    with pytest.raises(Stale):
        deed(county.office, run, expected_version=7)
    with pytest.raises(Missing):
        deed(replace(county.office, realm="drill-1"), run)

    assert not RunStep.objects.exists()
    assert Order.objects.filter(state="issued").count() == 1


def test_departing_from_a_plan_that_has_ended_is_refused(county, flood, run, deed):
    end(county, flood)

    with pytest.raises(IllegalMove):
        deed(county.office, run)


def test_the_same_key_departs_once(county, run, deed):
    said = {"idempotency_key": "k", "expected_version": run.version}

    deed(county.office, run, **said)
    deed(county.office, run, **said)

    assert RunStep.objects.count() == 1


def test_reissue_step_is_refused_to_units_to_the_late_and_across_realms(county, flood, run):
    recall(county, run)

    with pytest.raises(Forbidden):
        reissue(county.water, run)
    with pytest.raises(Stale):
        reissue(county.office, run, expected_version=7)
    with pytest.raises(Missing):
        reissue(replace(county.office, realm="drill-1"), run)
    end(county, flood)
    with pytest.raises(IllegalMove):
        reissue(county.office, run)


def test_the_same_key_reissues_once(county, run):
    recall(county, run)
    version = run.version

    reissue(county.office, run, idempotency_key="k", expected_version=version)
    reissue(county.office, run, idempotency_key="k", expected_version=version)

    assert Order.objects.filter(step="first").count() == 2


def end(county, flood):
    flood.refresh_from_db()
    end_response(
        county.office,
        response=flood.responses.get(),
        expected_version=flood.version,
        overrule_reason="水退",
    )


# --- alternatives


@pytest.fixture
def refused(county, flood):
    """An order the water bureau says it cannot carry out, where the plan knows who else could."""
    run = begun(county, flood, OTHERWISE)
    return declined(county.water, order_of(run, "first"))


def take(actor, order, place=0, **more):
    said = {"place": place, "expected_version": order.version}
    return take_alternative(actor, order=order, **(said | more))


def test_the_plans_alternative_takes_over_the_step(county, refused):
    offered = [offer.instead.to for offer in alternatives_of(refused)]

    new = take(county.officer, refused)

    refused.refresh_from_db()
    assert offered == ["weather", "schools"]
    assert (refused.state, new.replaces, new.to_body) == (
        "replaced",
        refused,
        county.bodies["weather"],
    )
    assert step_in(new.run, "first").to == "weather"
    assert "没有船" in RunStep.objects.get().reason


def test_what_was_tried_is_not_offered_again(county, refused):
    second = declined(county.weather, take(county.office, refused))

    assert [offer.instead.to for offer in alternatives_of(second)] == ["schools"]


def test_another_step_is_ordered_in_its_own_words(county, flood):
    step = "id: first, do: order, to: water, text: 封桥, otherwise: {to: weather, text: 设卡}"
    run = begun(county, flood, step)

    new = take(county.office, declined(county.water, order_of(run, "first")))

    assert (new.text, step_in(run, "first").text) == ("设卡", "设卡")


def test_take_alternative_is_refused_to_units_to_the_late_and_where_there_is_none(
    county, flood, refused
):
    with pytest.raises(Forbidden):
        take(county.water, refused)
    with pytest.raises(Stale):
        take(county.office, refused, expected_version=1)
    with pytest.raises(IllegalMove):
        take(county.office, refused, place=5)
    with pytest.raises(Missing):
        take(replace(county.office, realm="drill-1"), refused)
    new = take(county.office, refused)
    with pytest.raises(IllegalMove):
        take(county.office, new)


def test_the_same_key_takes_one_alternative(county, refused):
    version = refused.version

    first = take(county.office, refused, idempotency_key="k", expected_version=version)
    again = take(county.office, refused, idempotency_key="k", expected_version=version)

    assert (first, Order.objects.count()) == (again, 2)


# --- one order for two plans


@pytest.fixture
def both(county, flood):
    """Two plans that want the same bridge closed by the same bureau."""
    one = begun(county, flood, FIRST, key="one")
    other = begun(
        county,
        flood,
        FIRST.replace("id: first", "id: bridge"),
        SECOND.replace("[first]", "[bridge]"),
        key="other",
    )
    return one, other


def test_one_order_serves_both_plans_and_releases_what_waits_in_each(county, both, work):
    _one, other = both
    order = Order.objects.get()

    assert SharedStep.objects.get().order == order
    finished(county.water, order)
    work()

    assert order_of(other, "second").to_body == county.bodies["weather"]
    assert Entry.objects.filter(name="command.order_shared").count() == 1


def test_a_measure_declared_the_same_is_ordered_once_whatever_its_words(county, flood):
    begun(county, flood, FIRST, key="one")
    begun(
        county,
        flood,
        "id: bridge, do: order, to: weather, text: 看桥, same_as: one/first",
        key="other",
    )

    assert Order.objects.count() == 1


def test_ending_one_plan_keeps_the_order_for_the_other(county, flood, both, work):
    one, other = both
    flood.refresh_from_db()
    end_response(
        county.office,
        response=flood.responses.get(run=one),
        expected_version=flood.version,
        overrule_reason="并入",
    )

    finished(county.water, Order.objects.get())
    work()

    assert order_of(other, "second").state == "issued"


def test_dropping_the_step_in_one_plan_keeps_the_order_for_the_other(county, both):
    one, other = both

    drop(county.office, one)

    assert Order.objects.get().state == "issued"
    [_one, course] = courses(Order.objects.get().incident, clock.now("actual"))
    assert (course.rows[0].order, course.rows[0].is_shared) == (Order.objects.get(), True)
    drop(county.office, other, step="bridge")
    assert not SharedStep.objects.exists()


def test_what_replaces_a_shared_order_serves_both(county, both):
    one, _other = both

    reassign(county.office, one, to_post=county.posts["bystander"])

    assert SharedStep.objects.get().order == order_of(one, "first")


def test_a_recalled_shared_order_holds_both_and_is_shared_again(county, both):
    one, other = both
    recall(county, one)

    held = [
        c.rows[0].is_held for c in courses(order_of(one, "first").incident, clock.now("actual"))
    ]
    reissue(county.office, one)
    reissue(county.office, other, step="bridge")

    assert held == [True, True]
    assert Order.objects.filter(state="issued").count() == 1
