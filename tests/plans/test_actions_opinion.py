import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Stale
from liandong.kernel.timers import Timer
from liandong.plans import queries
from liandong.plans.actions import ask_opinions, give_opinion, return_to_draft, settle_opinion
from liandong.plans.models import Opinion
from liandong.plans.permissions import Permission
from tests.factories import organization as make
from tests.people import allowed, chief, duty_officer, office
from tests.plans import lives

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def told():
    return json.loads(Entry.objects.latest("id").payload.text)


def answer(actor, opinion, said="agree", **more):
    given = {"answer": said, "expected_version": opinion.version, **more}
    return give_opinion(actor, opinion=opinion, **given)


def settle(actor, opinion, **more):
    given = {"is_taken_up": True, "reason": "已改", "expected_version": opinion.version, **more}
    return settle_opinion(actor, opinion=opinion, **given)


def test_units_are_asked_in_writing_by_a_day():
    forestry, police = make.body(name="县林业局"), make.body(name="县公安局")

    version = lives.asked(forestry, police)

    assert (version.state, version.passages.get().stage) == ("opinions", "opinions")
    rows = Opinion.objects.filter(plan_version=version)
    assert {one.body for one in rows} == {forestry, police}
    assert {str(one.due_on) for one in rows} == {"2026-10-05"}
    entry = Entry.objects.latest("id")
    assert entry.name == "plans.opinions_asked"
    assert {f"body:{forestry.pk}", f"body:{police.pk}", "duty"} == set(entry.audience)
    timer = Timer.objects.get(kind="plans.duty_due", label="opinions")
    assert timer.due_at.isoformat() == "2026-10-06T01:00:00+00:00"


def test_more_units_may_be_asked_later_and_none_twice():
    forestry, police = make.body(name="县林业局"), make.body(name="县公安局")
    version = lives.asked(forestry)

    lives.asked(police, version=version)

    assert version.opinions.count() == 2
    with pytest.raises(Invalid, match="已经征求过：县林业局"):
        lives.asked(forestry, version=version)


def test_nobody_and_a_day_that_is_over_are_refused():
    draft, body = lives.draft(), make.body()

    with pytest.raises(Invalid, match="没有选单位"):
        ask_opinions(
            office(), version=draft, units=[], due_on=lives.in_days(3), expected_version=1
        )
    with pytest.raises(Invalid, match="答复期限已经过了"):
        lives.asked(body, version=draft, due_in=-1)
    draft.refresh_from_db()
    assert (draft.state, draft.opinions.count()) == ("draft", 0)


def test_a_unit_answers_for_itself():
    body = make.body(name="县林业局")
    opinion = lives.opinion(lives.asked(body))

    answer(lives.liaison(body), opinion, "amend", text="第三级太宽", answer_paper="林函 3 号")

    opinion.refresh_from_db()
    assert (opinion.answer, opinion.text, opinion.answered_by) == (
        "amend",
        "第三级太宽",
        "联络员",
    )
    fact = told()
    assert (fact["unit"], fact["answer"], fact["paper"]) == (
        "县林业局",
        "有修改意见",
        "林函 3 号",
    )


def test_a_unit_does_not_answer_for_another():
    opinion = lives.opinion(lives.asked(make.body(name="县林业局")))

    with pytest.raises(Forbidden, match="要由县林业局答复"):
        answer(lives.liaison(make.body(name="县公安局")), opinion)


@pytest.mark.parametrize("who", [duty_officer, chief])
def test_answering_is_refused_without_the_permission(who):
    with pytest.raises(Forbidden):
        answer(who(), lives.opinion())


def test_the_office_writes_down_a_letter_that_came_in():
    opinion = lives.opinion()

    answer(office(), opinion)

    opinion.refresh_from_db()
    assert (opinion.answer, opinion.answered_by) == ("agree", "指挥部办公室")


@pytest.mark.parametrize("said", ["amend", "disagree"])
def test_whoever_does_not_agree_says_what(said):
    with pytest.raises(Invalid, match="没有写意见"):
        answer(office(), lives.opinion(), said)


def test_an_answer_may_be_changed_until_it_is_settled():
    opinion = lives.opinion()
    answer(office(), opinion, "amend", text="一")
    answer(office(), opinion, "amend", text="二")
    settle(office(), opinion)

    with pytest.raises(IllegalMove, match="已经认定"):
        answer(office(), opinion)


def test_an_answer_comes_too_late_once_the_round_is_over():
    version = lives.asked()
    opinion = lives.opinion(version)
    return_to_draft(office(), version=version, reason="改", expected_version=version.version)
    opinion.refresh_from_db()

    with pytest.raises(IllegalMove, match="这一轮征求意见已经结束"):
        answer(office(), opinion)


@pytest.mark.parametrize("deed", [answer, settle])
def test_an_opinion_is_changed_once_and_by_who_saw_it(deed):
    opinion = lives.opinion()
    if deed is settle:
        answer(office(), opinion, "disagree", text="不可行")

    with pytest.raises(Stale):
        deed(office(), opinion, expected_version=opinion.version + 1)
    seen = opinion.version
    first = deed(office(), opinion, idempotency_key="k", expected_version=seen)
    assert deed(office(), opinion, idempotency_key="k", expected_version=seen) == first
    with pytest.raises(KeyReused):
        deed(office(), opinion, idempotency_key="k", expected_version=seen + 5)


@pytest.mark.parametrize("deed", [answer, settle])
def test_opinions_are_not_touched_from_within_a_drill(deed):
    with pytest.raises(Forbidden, match="演练中不能改动预案"):
        deed(office(realm="drill-1"), lives.opinion())


@pytest.mark.parametrize(("taken", "word"), [(True, "采纳"), (False, "不采纳")])
def test_what_becomes_of_an_opinion_is_decided_with_a_reason(taken, word):
    opinion = lives.opinion()
    answer(office(), opinion, "amend", text="第三级太宽")

    settle(office(), opinion, is_taken_up=taken, reason="已会商")

    opinion.refresh_from_db()
    assert (opinion.is_taken_up, opinion.settled_reason, opinion.is_settled) == (
        taken,
        "已会商",
        True,
    )
    assert (told()["outcome"], told()["reason"]) == (word, "已会商")


def test_settling_is_refused_without_permission_reason_or_need():
    opinion = lives.opinion()
    answer(office(), opinion, "amend", text="第三级太宽")

    with pytest.raises(Forbidden):
        settle(allowed(Permission.GIVE_OPINION), opinion)
    with pytest.raises(Invalid, match="没有写理由"):
        settle(office(), opinion, reason=" ")
    answer(office(), opinion, "agree")
    with pytest.raises(IllegalMove, match="同意的意见不用认定"):
        settle(office(), opinion)


def test_what_silence_means_a_person_decides_after_the_day(at):
    opinion = lives.opinion(lives.asked(due_in=7))

    with pytest.raises(IllegalMove, match="答复期限还没有过"):
        settle(office(), opinion)
    at("2026-10-06T00:10")
    settle(office(), opinion, is_taken_up=False, reason="电话确认无意见")

    opinion.refresh_from_db()
    assert (opinion.answer, opinion.is_taken_up, opinion.is_settled) == ("silent", None, True)
    assert told()["outcome"] == "未答复，已认定"


def test_on_the_morning_after_it_is_told_who_has_not_answered(at, work):
    lives.asked(make.body(name="县林业局"), make.body(name="县公安局"))
    answer(office(), Opinion.objects.get(body__name="县公安局"))

    at("2026-10-06T09:01")
    work()

    entry = Entry.objects.get(name="plans.opinions_fell_due")
    assert json.loads(entry.payload.text)["units"] == ["县林业局"]


def test_opinions_are_seen_by_their_unit_and_by_whoever_accompanies_or_signs_the_plan():
    forestry, police = make.body(name="县林业局"), make.body(name="县公安局")
    lives.asked(forestry, police)

    def seen(who):
        return {one.body.name for one in queries.opinions_visible(who)}

    assert seen(lives.liaison(forestry)) == {"县林业局"}
    assert seen(office()) == seen(chief()) == {"县林业局", "县公安局"}
    assert seen(duty_officer()) == set()
