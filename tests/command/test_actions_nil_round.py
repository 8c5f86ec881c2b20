from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    answer_nil_return,
    ask_nil_round,
    close_incident,
    urge_nil_round,
)
from liandong.command.models import NilReturn, NilRound
from liandong.command.queries import last_round, round_told
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db


def ask(county, flood, **more):
    call = {
        "incident": flood,
        "bodies": [county.bodies["riverside"], county.bodies["water"]],
        "minutes": 60,
        "question": "人员伤亡、险情",
    }
    return ask_nil_round(county.officer, **(call | more))


@pytest.fixture
def asked(county, flood, at):
    at("2030-01-01T08:00")
    return ask(county, flood)


def mine(asked, county, name="riverside"):
    return NilReturn.objects.get(round=asked, body=county.bodies[name])


def answer(who, row, state="nil", **more):
    return answer_nil_return(
        who, row=row, **({"state": state, "expected_version": row.version} | more)
    )


def test_each_is_asked_by_a_message_that_leads_to_its_answer(county, asked):
    rows = NilReturn.objects.order_by("body__key")

    assert [row.state for row in rows] == ["awaited", "awaited"]
    assert sorted(Message.objects.values_list("link", flat=True)) == sorted(
        f"/command/nil-returns/{row.pk}/" for row in rows
    )
    timer = Timer.objects.get(kind="command.nil_round_due")
    assert timer.due_at == asked.asked_at + timedelta(minutes=60)
    assert Entry.objects.filter(name="command.nil_round_asked").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"bodies": []}, {"minutes": 0}, {"minutes": 1441}, {"question": " "}]
)
def test_a_round_that_asks_nothing_of_nobody_or_never_is_refused(wrong, county, flood):
    with pytest.raises(Invalid):
        ask(county, flood, **wrong)

    assert not NilRound.objects.exists()


def test_who_was_asked_says_that_all_is_well(county, asked):
    row = answer(county.riverside, mine(asked, county))

    said = Entry.objects.get(name="command.nil_return_answered").payload.text
    assert (row.state, row.noted, row.is_late) == ("nil", False, False)
    assert '"body":"河口镇"' in said


def test_news_wants_words_and_may_follow_but_is_not_taken_back(county, asked):
    row = answer(county.riverside, mine(asked, county))

    with pytest.raises(Invalid):
        answer(county.riverside, row, "news", text=" ")
    told = answer(county.riverside, row, "news", text="漫水桥被淹")
    with pytest.raises(IllegalMove):
        answer(county.riverside, told, "nil")
    with pytest.raises(Invalid):
        answer(county.riverside, told, "awaited")

    assert told.text == "漫水桥被淹"


def test_the_desk_writes_down_what_was_told_by_telephone(county, asked):
    assert answer(county.officer, mine(asked, county)).noted


def test_answers_are_refused_to_others_to_older_versions_and_across_realms(county, asked):
    row = mine(asked, county)

    with pytest.raises(Forbidden):
        answer(county.water, row)
    with pytest.raises(Stale):
        answer(county.riverside, row, expected_version=9)
    with pytest.raises(Missing):
        answer(replace(county.riverside, realm="drill-1"), row)


def test_asking_is_refused_to_units_in_closed_incidents_and_across_realms(county, flood):
    call = {"bodies": [county.bodies["riverside"]], "minutes": 60, "question": "险情"}

    with pytest.raises(Forbidden):
        ask_nil_round(county.water, incident=flood, **call)
    with pytest.raises(Missing):
        ask_nil_round(replace(county.officer, realm="drill-1"), incident=flood, **call)
    closed = close_incident(
        county.office, incident=flood, reason="已处置", expected_version=flood.version
    )
    with pytest.raises(IllegalMove):
        ask_nil_round(county.officer, incident=closed, **call)


def test_the_same_key_asks_and_answers_once(county, flood, at):
    at("2030-01-01T08:00")
    first = ask(county, flood, idempotency_key="k1")
    again = ask(county, flood, idempotency_key="k1")
    row = mine(first, county)
    answer(county.riverside, row, expected_version=1, idempotency_key="k2")
    answer(county.riverside, row, expected_version=1, idempotency_key="k2")

    assert (first, NilRound.objects.count()) == (again, 1)
    assert Entry.objects.filter(name="command.nil_return_answered").count() == 1


def test_who_is_silent_when_the_time_is_over_is_asked_again_once(county, asked, at):
    answer(county.riverside, mine(asked, county))
    at("2030-01-01T09:00")

    urged = urge_nil_round(places.timer_actor(), round_=asked)
    urge_nil_round(places.timer_actor(), round_=urged)

    urgent = Message.objects.filter(is_urgent=True)
    assert [one.to_post for one in urgent] == [county.posts["water"]]
    assert Entry.objects.filter(name="command.nil_round_missed").count() == 1


def test_nobody_is_asked_again_where_all_have_answered(county, asked, at):
    for name in ("riverside", "water"):
        answer(getattr(county, name), mine(asked, county, name))
    at("2030-01-01T09:00")

    urge_nil_round(places.timer_actor(), round_=asked)

    assert not Message.objects.filter(is_urgent=True).exists()


def test_what_comes_after_its_time_is_kept_and_marked(county, asked, at):
    at("2030-01-01T09:01")

    assert answer(county.riverside, mine(asked, county)).is_late


def test_a_round_is_told_with_who_is_silent(county, flood, asked):
    answer(county.riverside, mine(asked, county), "news", text="漫水桥被淹")

    told = last_round(county.officer, flood)

    assert told.words == "零报告：2 个单位中 0 个平安；河口镇：漫水桥被淹；未报：县水利局"
    assert told.answered == 1
    assert last_round(county.riverside, flood) is None
    assert [one.body for one in round_told(county.riverside, asked).returns] == [
        county.bodies["riverside"]
    ]
