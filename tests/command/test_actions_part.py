from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.command.actions import (
    amend_order,
    decline_order,
    finish_order,
    hand_on_order,
    recall_order,
    release_order,
    report_progress,
    split_order,
)
from liandong.command.actions.giving import RECALLABLE
from liandong.command.models import Incident, Order
from liandong.command.queries import visible_orders
from liandong.command.states import VOID
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.organization.models import Body
from tests.command import county as places
from tests.command.running import begun, order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(county):
    """A village of the township, with somebody in it."""
    actor = places.outside(county, "village", "漫水村", "county", kind="village")
    Body.objects.filter(key="village").update(parent=county.bodies["riverside"])
    county.posts["village"].body.refresh_from_db()
    return actor


@pytest.fixture
def accepted(county, flood):
    order = places.order(
        county.office,
        flood,
        county.posts["riverside"],
        text="转移 63 人",
        finish_within=timedelta(hours=2),
    )
    return places.accepted(county.riverside, order, back="转移63人")


def split(county, order, actor=None, **more):
    parts = [(county.posts["water"], "转移 40 人"), (county.posts["schools"], "转移 23 人")]
    said = {"parts": parts, "expected_version": order.version} | more
    return split_order(actor or county.office, order=order, **said)


@pytest.fixture(autouse=True)
def schools(county):
    county.posts["schools"] = county.posts["bystander"]


def hand_on(county, order, actor=None, to="village", **more):
    said = {"to_post": county.posts[to], "expected_version": order.version} | more
    return hand_on_order(actor or county.riverside, order=order, **said)


def test_split_order_gives_parts_with_the_deadline_of_the_whole(county, accepted):
    whole = split(county, accepted)

    parts = list(whole.parts.order_by("number"))
    assert [(one.text, one.finish_by, one.number) for one in parts] == [
        ("转移 40 人", accepted.finish_by, 2),
        ("转移 23 人", accepted.finish_by, 3),
    ]
    assert (whole.state, whole.last_word) == ("accepted", "拆成2条分办")
    entry = Entry.objects.get(name="command.order_divided")
    assert '"parts":[2,3]' in entry.payload.text
    assert Timer.objects.filter(subject_id=str(parts[0].pk)).count() == 2


def test_whoever_answers_for_the_whole_sees_its_parts(county, accepted):
    split(county, accepted)

    assert visible_orders(county.riverside).count() == 3
    assert visible_orders(county.water).count() == 1


def test_the_whole_is_not_finished_while_a_part_is_owed(county, accepted):
    whole = split(county, accepted)
    with pytest.raises(IllegalMove) as refusal:
        finish_order(county.riverside, order=whole, text="完成", expected_version=whole.version)
    assert "2号令（县水利局）、3号令（县教育局）" in refusal.value.title

    for part in whole.parts.all():
        recall_order(county.office, order=part, reason="合并", expected_version=1)
    done = finish_order(
        county.riverside, order=whole, text="完成", expected_version=whole.version
    )

    assert done.state == "finished"


def test_what_is_taken_back_takes_its_parts_along(county, accepted):
    whole = split(county, accepted)

    recall_order(county.office, order=whole, reason="雨停", expected_version=whole.version)

    assert {one.state for one in Order.objects.all()} == {"recalled"}
    assert Entry.objects.filter(name="command.order_recalled").count() == 3


def test_split_order_is_refused(county, accepted, flood):
    with pytest.raises(Forbidden):
        split(county, accepted, actor=county.riverside)
    with pytest.raises(Invalid):
        split(county, accepted, parts=[(county.posts["water"], "全部")])
    with pytest.raises(Invalid):
        split(
            county,
            accepted,
            parts=[(county.posts["water"], "x"), (county.posts["schools"], " ")],
        )
    empty = places.empty_post(county)
    with pytest.raises(Invalid):
        split(county, accepted, parts=[(county.posts["water"], "x"), (empty, "y")])
    with pytest.raises(Stale):
        split(county, accepted, expected_version=1)
    with pytest.raises(Missing):
        split(county, accepted, actor=replace(county.office, realm="drill-1"))
    declined = decline_order(
        county.riverside, order=accepted, reason="断路", expected_version=accepted.version
    )
    with pytest.raises(IllegalMove):
        split(county, declined)

    assert Order.objects.count() == 1


def test_a_double_click_splits_once(county, accepted):
    split(county, accepted, idempotency_key="k", expected_version=3)
    split(county, accepted, idempotency_key="k", expected_version=3)

    assert Order.objects.count() == 3
    with pytest.raises(KeyReused):
        split(county, accepted, idempotency_key="k", expected_version=4)


def test_hand_on_order_gives_it_below_and_keeps_it_owed(county, village, accepted):
    mine = hand_on(county, accepted)

    part = mine.parts.get()
    assert (part.to_post, part.text, part.finish_by) == (
        county.posts["village"],
        "转移 63 人",
        accepted.finish_by,
    )
    assert (mine.state, mine.last_word) == ("in_progress", "转交漫水村 联络员")
    entry = Entry.objects.get(name="command.order_handed_on")
    assert '"given_to":"漫水村 联络员"' in entry.payload.text


def test_hand_on_order_is_refused(county, village, flood, accepted):
    with pytest.raises(Invalid):
        hand_on(county, accepted, to="water")
    with pytest.raises(Invalid):
        hand_on(county, accepted, to="riverside")
    with pytest.raises(Forbidden):
        hand_on(county, accepted, actor=county.water)
    with pytest.raises(Stale):
        hand_on(county, accepted, expected_version=1)
    with pytest.raises(Missing):
        hand_on(county, accepted, actor=replace(county.riverside, realm="drill-1"))
    fresh = places.order(county.office, flood, county.posts["riverside"])
    with pytest.raises(IllegalMove):
        hand_on(county, fresh)
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        hand_on(county, accepted)


def test_handing_on_twice_with_one_key_is_once(county, village, accepted):
    for _click in range(2):
        hand_on(county, accepted, idempotency_key="k", expected_version=3)

    assert Order.objects.count() == 2


def test_amend_order_replaces_the_words_and_keeps_the_deadline(county, accepted, at):
    new = amend_order(
        county.office,
        order=accepted,
        text="转移 80 人",
        reason="水位又涨",
        expected_version=accepted.version,
    )

    accepted.refresh_from_db()
    assert (accepted.state, new.replaces, new.text) == ("replaced", accepted, "转移 80 人")
    assert abs(new.finish_by - accepted.finish_by) < timedelta(minutes=1)
    assert Entry.objects.filter(name="command.order_replaced").count() == 1


def test_amend_order_is_refused(county, accepted):
    said = {"text": "x", "reason": "y", "expected_version": accepted.version}
    for wrong in ({"text": " "}, {"reason": " "}):
        with pytest.raises(Invalid):
            amend_order(county.office, order=accepted, **(said | wrong))
    with pytest.raises(Forbidden):
        amend_order(county.water, order=accepted, **said)
    with pytest.raises(Stale):
        amend_order(county.office, order=accepted, **(said | {"expected_version": 1}))
    with pytest.raises(Missing):
        amend_order(replace(county.office, realm="drill-1"), order=accepted, **said)
    finish_order(
        county.riverside, order=accepted, text="完成", expected_version=accepted.version
    )
    with pytest.raises(IllegalMove):
        amend_order(county.office, order=accepted, **(said | {"expected_version": 4}))


def waiting(county, flood, first):
    order = places.order(
        county.office,
        flood,
        county.posts["water"],
        after=first,
        finish_within=timedelta(hours=1),
    )
    return places.accepted(county.water, order)


def test_what_waits_is_read_back_and_accepted_and_no_more(county, flood, accepted):
    order = waiting(county, flood, accepted)

    for act in (report_progress, finish_order):
        with pytest.raises(IllegalMove) as refusal:
            act(county.water, order=order, text="x", expected_version=order.version)

    assert refusal.value.title == "2号令要等1号令完成后才能开始。"
    assert (order.waits, order.finish_by) == (True, None)


def test_its_time_runs_from_when_the_other_is_finished(county, flood, accepted, at):
    order = waiting(county, flood, accepted)
    finish_order(
        county.riverside, order=accepted, text="完成", expected_version=accepted.version
    )
    now = at("2030-01-01T08:00")

    released = release_order(places.timer_actor(), order=order)
    release_order(places.timer_actor(), order=order)

    assert (released.waits, released.finish_by) == (False, now + timedelta(hours=1))
    assert Timer.objects.filter(
        kind="command.finish_due", subject_id=str(order.pk)
    ).get().due_at == now + timedelta(hours=1)
    assert Entry.objects.filter(name="command.order_released").count() == 1
    report_progress(county.water, order=released, text="x", expected_version=order.version)


def test_nothing_is_released_before_and_nobody_else_releases_it(county, flood, accepted):
    order = waiting(county, flood, accepted)

    assert release_order(places.timer_actor(), order=order).waits
    with pytest.raises(Forbidden):
        release_order(county.office, order=order)
    with pytest.raises(Missing):
        release_order(places.timer_actor("drill-1"), order=order)


def test_what_waited_for_an_order_waits_for_the_one_in_its_place(county, flood, accepted):
    order = waiting(county, flood, accepted)

    new = amend_order(
        county.office,
        order=accepted,
        text="转移 80 人",
        reason="水又涨",
        expected_version=accepted.version,
    )

    order.refresh_from_db()
    assert (order.after, order.waits) == (new, True)


def test_nothing_waits_for_what_was_taken_back_or_is_elsewhere(county, flood, accepted):
    other = places.incident(county.officer, title="另一场洪水")
    with pytest.raises(IllegalMove):
        places.order(county.office, other, county.posts["water"], after=accepted)
    recall_order(county.office, order=accepted, reason="x", expected_version=accepted.version)
    accepted.refresh_from_db()
    with pytest.raises(IllegalMove):
        places.order(county.office, flood, county.posts["water"], after=accepted)


COUNT = count()
DEEDS = st.lists(st.sampled_from(["split", "hand_on", "amend", "recall_part"]), max_size=5)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(DEEDS)
def test_whatever_is_split_handed_on_or_reworded_the_step_has_one_live_order(
    county, village, deeds
):
    incident = places.incident(county.officer)
    run = begun(
        county,
        incident,
        "id: move, do: order, to: riverside, text: 转移, finish_within: PT1H",
        key=f"town-{next(COUNT)}",
    )

    for deed in deeds:
        order = order_of(run, "move")
        if deed == "split":
            split(county, order)
        elif deed == "hand_on":
            if order.state not in {"accepted", "in_progress"}:
                order = places.accepted(county.riverside, order, back="转移")
            hand_on(county, order)
        elif deed == "amend":
            amend_order(
                county.office,
                order=order,
                text="转移到学校",
                reason="x",
                expected_version=order.version,
            )
        elif part := Order.objects.filter(part_of=order, state__in=RECALLABLE).first():
            recall_order(county.office, order=part, reason="x", expected_version=part.version)

    mine = Order.objects.exclude(state__in=sorted(VOID)).get(run=run, step="move")
    parts = Order.objects.filter(incident=incident, part_of__isnull=False)
    assert mine.is_live
    assert {one.part_of for one in parts.filter(state__in=RECALLABLE)} <= {mine}
