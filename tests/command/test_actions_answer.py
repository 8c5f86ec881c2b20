from dataclasses import replace
from decimal import Decimal

import pytest

from liandong.command.actions import (
    accept_order,
    decline_order,
    finish_order,
    note_delivery,
    read_back_order,
    recall_order,
    report_progress,
)
from liandong.command.models import Order, OrderNote
from liandong.command.states import OrderState
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from tests.command import county as places

pytestmark = pytest.mark.django_db

ANSWERS = {
    read_back_order: {"text": "封闭漫水桥2座"},
    accept_order: {},
    decline_order: {"reason": "桥已淹"},
    report_progress: {"text": "到场"},
    finish_order: {"text": "已封闭"},
}
BEFORE = {
    read_back_order: OrderState.ISSUED,
    accept_order: OrderState.READ_BACK,
    decline_order: OrderState.READ_BACK,
    report_progress: OrderState.ACCEPTED,
    finish_order: OrderState.IN_PROGRESS,
}
AFTER = {
    read_back_order: OrderState.READ_BACK,
    accept_order: OrderState.ACCEPTED,
    decline_order: OrderState.DECLINED,
    report_progress: OrderState.IN_PROGRESS,
    finish_order: OrderState.FINISHED,
}
every_answer = pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one.__name__)


def standing(order, state):
    Order.objects.filter(pk=order.pk).update(state=state)
    order.refresh_from_db()
    return order


@every_answer
def test_the_unit_answers_its_order(answer, county, order):
    order = standing(order, BEFORE[answer])

    answered = answer(
        county.water, order=order, expected_version=order.version, **ANSWERS[answer]
    )

    entry = Entry.objects.filter(subject_id=str(order.pk)).latest("id")
    assert (answered.state, answered.version) == (AFTER[answer], 2)
    assert (entry.actor["post"], entry.incident) == (
        county.water.post,
        str(order.incident_id),
    )
    assert OrderNote.objects.get(order=order).on_behalf is False


@every_answer
def test_another_unit_does_not_answer_for_it(answer, county, order):
    order = standing(order, BEFORE[answer])

    with pytest.raises(Forbidden) as refusal:
        answer(county.bystander, order=order, expected_version=1, **ANSWERS[answer])

    assert refusal.value.title == "这条指令不是下达给您所在单位的。"


@every_answer
def test_the_desk_writes_down_what_was_told_by_telephone(answer, county, order):
    order = standing(order, BEFORE[answer])

    answer(
        county.officer,
        order=order,
        expected_version=1,
        told=clock.now("actual"),
        **ANSWERS[answer],
    )

    note = OrderNote.objects.get(order=order)
    entry = Entry.objects.filter(subject_id=str(order.pk)).latest("id")
    assert (note.on_behalf, note.told_at) == (True, entry.happened_at)


@every_answer
def test_an_answer_to_an_older_version_is_refused(answer, county, order):
    order = standing(order, BEFORE[answer])
    Order.objects.update(version=5)

    with pytest.raises(Stale):
        answer(county.water, order=order, expected_version=1, **ANSWERS[answer])


@every_answer
def test_an_answer_to_a_recalled_order_is_refused(answer, county, order):
    recall_order(county.office, order=order, reason="水已退", expected_version=1)

    with pytest.raises(IllegalMove):
        answer(county.water, order=order, expected_version=2, **ANSWERS[answer])


@every_answer
def test_the_same_key_twice_is_one_answer(answer, county, order):
    order = standing(order, BEFORE[answer])
    call = {"order": order, "expected_version": 1, "idempotency_key": "k", **ANSWERS[answer]}

    answer(county.water, **call)
    answer(county.water, **call)

    assert OrderNote.objects.filter(order=order).count() == 1


@every_answer
def test_an_answer_in_a_drill_does_not_reach_the_flood(answer, county, order):
    order = standing(order, BEFORE[answer])

    with pytest.raises(Missing):
        answer(
            replace(county.water, realm="drill-1"),
            order=order,
            expected_version=1,
            **ANSWERS[answer],
        )


def test_note_delivery_keeps_the_version(county, order):
    noted = note_delivery(county.officer, order=order, how="电话告知联络员")

    order.refresh_from_db()
    assert (noted.state, order.state, order.version) == ("delivered", "delivered", 1)
    assert Entry.objects.get(name="command.order_delivered").subject_id == str(order.pk)


def test_note_delivery_is_refused_to_units_and_a_second_time(county, order):
    with pytest.raises(Forbidden):
        note_delivery(county.water, order=order, how="x")
    note_delivery(county.officer, order=order, how="电话")
    with pytest.raises(IllegalMove):
        note_delivery(county.officer, order=order, how="电话")


def test_reading_back_stops_the_ladder(county, order):
    Order.objects.update(rung=2, rung_post=county.posts["chief"])

    read = read_back_order(
        county.water, order=order, text="收到：封闭漫水桥 2 座", expected_version=1
    )

    assert (read.rung, read.rung_post, read.read_back_matches) == (0, None, True)
    assert not Timer.objects.filter(kind="command.acknowledge_due").exists()


def test_a_wrong_figure_read_back_is_kept_and_marked(county, order):
    read = read_back_order(
        county.water, order=order, text="封闭漫水桥 3 座", expected_version=1
    )

    assert (read.state, read.read_back_matches) == ("read_back", False)
    assert read.last_word == "复诵与原令有出入，请核对"


def test_a_reading_back_without_words_is_refused(county, order):
    with pytest.raises(Invalid):
        read_back_order(county.water, order=order, text=" ", expected_version=1)


def test_declining_asks_for_the_reason_and_stops_all_clocks(county, order):
    with pytest.raises(Invalid):
        decline_order(county.water, order=order, reason="", expected_version=1)

    declined = decline_order(
        county.water, order=order, reason="桥已淹", counter_proposal="绕行", expected_version=1
    )

    assert (declined.declined_reason, declined.counter_proposal) == ("桥已淹", "绕行")
    assert not Timer.objects.filter(subject_id=str(order.pk)).exists()


def test_an_order_that_asks_for_proof_is_not_finished_without_it(county, flood):
    order = places.order(
        county.office, flood, county.posts["water"], needs_proof=["photo", "text"]
    )
    order = places.accepted(county.water, order)

    with pytest.raises(Invalid) as refusal:
        finish_order(county.water, order=order, text="完成", expected_version=order.version)

    assert refusal.value.title == "这条指令完成时须附照片。"
    assert Order.objects.get(pk=order.pk).state == OrderState.ACCEPTED


def test_proof_handed_in_with_progress_counts(county, flood):
    order = places.order(county.office, flood, county.posts["water"], needs_proof=["photo"])
    order = places.accepted(county.water, order)
    order = report_progress(
        county.water, order=order, text="到场", files=["f1"], expected_version=order.version
    )

    done = finish_order(county.water, order=order, text="完成", expected_version=order.version)

    assert done.state == OrderState.FINISHED


def progress(county, order, **more):
    said = {"text": "正在转移", "expected_version": order.version} | more
    return report_progress(county.water, order=order, **said)


def test_progress_is_told_in_figures_and_where(county, order):
    order = standing(order, OrderState.ACCEPTED)
    place = {"lon": Decimal("112.4187"), "lat": Decimal("27.7312")}

    order = progress(county, order, amount=120, amount_of=300, unit="人", **place)
    order = progress(county, order, amount=180)

    assert (order.amount, order.amount_of, order.unit) == (180, 300, "人")
    first = OrderNote.objects.filter(kind="progress").order_by("id").first()
    assert (first.amount, first.lon) == (120, Decimal("112.4187"))
    entry = Entry.objects.filter(name="command.order_progressed").order_by("id").first()
    assert '"amount":120,"amount_of":300' in entry.payload.text


def test_more_done_than_there_is_is_refused(county, order):
    order = standing(order, OrderState.ACCEPTED)
    for wrong in ({"amount": 301, "amount_of": 300}, {"amount_of": 300}):
        with pytest.raises(Invalid):
            progress(county, order, **wrong)
    order = progress(county, order, amount=10, amount_of=20)
    with pytest.raises(Invalid):
        progress(county, order, amount=21)


def test_a_position_is_proof_where_one_was_asked_for(county, flood):
    order = places.order(county.office, flood, county.posts["water"], needs_proof=["position"])
    order = places.accepted(county.water, order)
    with pytest.raises(Invalid):
        finish_order(county.water, order=order, text="到位", expected_version=order.version)

    done = finish_order(
        county.water,
        order=order,
        text="到位",
        lon=Decimal("112.4"),
        lat=Decimal("27.7"),
        expected_version=order.version,
    )

    assert done.state == OrderState.FINISHED
