from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    answer_instruction,
    close_incident,
    order_instruction,
    read_back_instruction,
    recall_order,
    record_instruction,
    urge_instruction,
)
from liandong.command.models import Instruction, Order
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from tests.command import county as places
from tests.people import visitor

pytestmark = pytest.mark.django_db
WORDS = "全力搜救，务必在天黑前把人转移出来"
HOUR = timedelta(hours=1)


def record(county, incident, actor=None, **more):
    said = {"leader": "孙县长", "channel": "phone", "words": WORDS} | more
    return record_instruction(actor or county.officer, incident=incident, **said)


def said(county, row, actor, more):
    return actor or county.officer, {"instruction": row, "expected_version": row.version} | more


def read_back(county, row, actor=None, **more):
    who, what = said(county, row, actor, more)
    return read_back_instruction(who, **what)


def order(county, row, actor=None, **more):
    who, what = said(county, row, actor, more)
    return order_instruction(who, **what)


def answer(county, row, actor=None, **more):
    who, what = said(county, row, actor, more)
    return answer_instruction(who, **what)


def test_record_instruction_keeps_the_words_and_orders_them(county, flood, at):
    now = at("2026-07-14T04:07")

    row = record(
        county,
        flood,
        to_posts=[county.posts["water"], county.posts["riverside"]],
        due_at=now + HOUR,
        told_at=now - timedelta(minutes=3),
        read_back="天黑前转移完，全力搜救",
    )

    assert (row.number, row.words, row.wants_read_back) == (1, WORDS, False)
    orders = Order.objects.filter(instruction=row).order_by("number")
    assert [(one.to_post, one.finish_by) for one in orders] == [
        (county.posts["water"], now + HOUR),
        (county.posts["riverside"], now + HOUR),
    ]
    assert orders[0].text == f"落实孙县长批示：{WORDS}"
    names = Entry.objects.filter(subject_id=str(row.pk)).values_list("name", flat=True)
    assert sorted(names) == [
        "command.instruction_ordered",
        "command.instruction_read_back",
        "command.instruction_recorded",
    ]
    assert Timer.objects.get(kind="command.instruction_due").due_at == now + HOUR


def test_what_was_spoken_wants_to_be_said_back_once(county, flood):
    row = record(county, flood)
    assert row.wants_read_back
    assert not record(county, flood, channel="paper").wants_read_back

    row = read_back(county, row, text="天黑前转移完")

    assert row.read_back == "天黑前转移完"
    with pytest.raises(IllegalMove):
        read_back(county, row, text="再说一遍")


def test_it_is_answered_when_nothing_on_it_is_owed(county, flood):
    row = record(county, flood, due_at=clock.now("actual") + HOUR)
    row = order(county, row, to_posts=[county.posts["water"]], text="派艇搜救")
    given = Order.objects.get()
    with pytest.raises(IllegalMove) as refusal:
        answer(county, row, answer="已办")
    assert "1号令（县水利局）" in refusal.value.title

    recall_order(county.office, order=given, reason="已找到", expected_version=1)
    row = answer(county, row, answer="63 人全部转移")

    assert (row.state, row.answer) == ("answered", "63 人全部转移")
    assert not Timer.objects.filter(kind="command.instruction_due").exists()
    assert Entry.objects.filter(name="command.instruction_answered").count() == 1
    with pytest.raises(IllegalMove):
        answer(county, row, answer="又办")
    with pytest.raises(IllegalMove):
        order(county, row, to_posts=[county.posts["water"]])


def test_what_is_not_answered_in_time_is_urged_until_it_is(county, flood, at):
    row = record(county, flood, due_at=clock.now("actual") + HOUR)
    now = at("2031-01-01T08:00")

    urge_instruction(places.timer_actor(), instruction=row)
    urge_instruction(places.timer_actor(), instruction=row)

    assert Message.objects.filter(to_post=county.posts["leader"]).count() == 2
    assert Timer.objects.get(kind="command.instruction_due").due_at >= now + HOUR / 2
    row = answer(county, Instruction.objects.get(), answer="已办")
    urge_instruction(places.timer_actor(), instruction=row)
    assert Message.objects.count() == 2


def test_record_instruction_is_refused(county, flood):
    now = clock.now("actual")
    for wrong in (
        {"leader": " "},
        {"words": ""},
        {"told_at": now + HOUR},
        {"due_at": now - HOUR},
    ):
        with pytest.raises(Invalid):
            record(county, flood, **wrong)
    for nobody in (county.water, visitor()):
        with pytest.raises(Forbidden):
            record(county, flood, actor=nobody)
    with pytest.raises(Missing):
        record(county, flood, actor=replace(county.officer, realm="drill-1"))
    close_incident(county.leader, incident=flood, reason="x", expected_version=flood.version)
    with pytest.raises(IllegalMove):
        record(county, flood)

    assert not Instruction.objects.exists()


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (read_back, {"text": "x"}),
        (answer, {"answer": "x"}),
        (order, {"text": "x"}),
    ],
)
def test_what_follows_asks_for_permission_realm_version_and_words(county, flood, act, more):
    row = record(county, flood)
    more = more | ({"to_posts": [county.posts["water"]]} if act is order else {})
    with pytest.raises(Forbidden):
        act(county, row, actor=county.water, **more)
    with pytest.raises(Missing):
        act(county, row, actor=replace(county.officer, realm="drill-1"), **more)
    if act is not order:
        with pytest.raises(Invalid):
            act(county, row, **dict.fromkeys(more, " "))
    with pytest.raises(Stale):
        act(county, row, expected_version=7, **more)


def test_the_same_key_twice_is_one_instruction(county, flood):
    first = record(county, flood, idempotency_key="k")

    assert record(county, flood, idempotency_key="k") == first
    assert Instruction.objects.count() == 1
