import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.kernel.realms import Realm
from liandong.messaging.actions import start_call_out, stop_call_out
from liandong.messaging.models import CallAttempt, Callee, CallOut, ContactPoint
from liandong.messaging.states import Tier
from liandong.organization.models import Leave
from tests.messaging.callees import COUNTY, TOWN, call, listed, number_of, seat
from tests.messaging.people import LONG_AGO, person
from tests.people import actor, duty_officer, visitor

pytestmark = pytest.mark.django_db


def names(call_out):
    return [one.name for one in call_out.callees.order_by("turn")]


def stop(call_out, who=None, **more):
    given = {"reason": "预警已解除", "expected_version": call_out.version, **more}
    return stop_call_out(who or duty_officer(), call_out=call_out, **given)


def test_everybody_on_the_list_for_the_place_and_level_is_called_in_fair_order(at):
    at("2026-07-14T02:10")
    listed("村甲", area=f"{TOWN}201", order=1)
    listed("村乙", area=f"{TOWN}202", order=2)
    listed("丙镇村", area="610725102201", order=1)
    listed("县长", tier=Tier.COUNTY, area=COUNTY)
    seat(name="镇长")
    listed("只叫红色", from_urgency=4)
    listed("只管森林火灾", hazards=["11G"])
    listed("邻县", tier=Tier.COUNTY, area="610726")

    call_out = call(areas=[COUNTY])

    assert names(call_out) == ["县长", "镇长", "村甲", "丙镇村", "村乙"]
    assert call_out.state == "running"
    entry = Entry.objects.get(name="messaging.call_out_started")
    assert entry.subject_id == str(call_out.pk)


def test_a_warning_for_a_township_reaches_up_and_down_but_not_beside(at):
    at("2026-07-14T02:10")
    listed("本镇村", area=f"{TOWN}201")
    listed("邻镇村", area="610725102201")
    listed("县长", tier=Tier.COUNTY, area=COUNTY)

    assert names(call(areas=[f"{TOWN}000"])) == ["县长", "本镇村"]


def test_a_post_means_its_holder_or_deputy_and_its_own_telephone_comes_last(at):
    at("2026-07-14T02:10")
    row = seat(name="镇长", number="13800000001")
    person("副镇长", at=row.post, deputy=True)
    ContactPoint.objects.create(post=row.post, channel="phone", address="09162620000")
    empty = seat("书记", name="书记", area_name="空镇", area="610725103")
    empty.post.appointments.update(until_at=LONG_AGO)

    rows = {one.name: one for one in call(areas=[]).callees.all()}

    assert [one["number"] for one in rows["镇长"].rungs] == [
        "13800000001",
        "09162620000",
        "13800000001",
    ]
    assert (rows["书记（空缺）"].number, rows["书记（空缺）"].person) == ("", None)


def test_whoever_is_on_leave_is_stood_in_for(at):
    now = at("2026-07-14T02:10")
    row = seat(name="镇长")
    holder = row.post.appointments.get().person
    person("副镇长", at=row.post, deputy=True)
    Leave.objects.create(person=holder, from_at=LONG_AGO, until_at=now.replace(year=2027))

    assert names(call()) == ["副镇长"]


def test_whoever_stands_on_the_list_twice_is_called_once(at):
    at("2026-07-14T02:10")
    row = listed("甲", area=f"{TOWN}201")
    row.pk = None
    row.id, row.area = CallOut().id, f"{TOWN}202"
    row.save(force_insert=True)

    assert names(call()) == ["甲"]


@pytest.mark.parametrize("many", [1, 30])
def test_a_call_out_takes_as_many_queries_for_thirty_as_for_one(
    at, many, django_assert_num_queries
):
    at("2026-07-14T02:10")
    for n in range(many):
        listed(f"人{n}", area=f"{TOWN}{201 + n}")

    with django_assert_num_queries(13):
        call()


def test_an_adjusted_warning_calls_only_who_has_not_heard_it(at, later, board):
    first = listed("甲", area=f"{TOWN}201")
    board.habits[number_of(first)] = "answers"
    silent = listed("乙", area=f"{TOWN}202")
    board.habits[number_of(silent)] = "silent"
    before = call(chain="w")
    later(30)

    again = call(chain="w", urgency=3)

    before.refresh_from_db()
    assert (before.state, names(again)) == ("stopped", ["乙"])
    assert names(call(chain="w", urgency=4)) == ["甲", "乙"]


def test_who_has_all_been_told_is_said(at, later, board):
    listed("甲")
    call(chain="w")
    later(30)

    with pytest.raises(Invalid, match="都已应答"):
        call(chain="w")


def test_a_list_that_names_nobody_is_refused(at):
    at("2026-07-14T02:10")
    with pytest.raises(Invalid, match="没有这个地方"):
        call()

    assert not CallOut.objects.exists()


@pytest.mark.parametrize("text", ["", "长" * 601])
def test_what_cannot_be_said_is_refused(at, text):
    at("2026-07-14T02:10")
    listed("甲")
    with pytest.raises(Invalid) as refused:
        call(text=text)

    assert list(refused.value.fields) == ["text"]


def test_whoever_may_not_calls_nobody(at):
    at("2026-07-14T02:10")
    listed("甲")
    with pytest.raises(Forbidden):
        call(visitor())


def test_an_urgency_nobody_is_called_from_is_refused(at):
    at("2026-07-14T02:10")
    listed("甲", from_urgency=4)
    with pytest.raises(Invalid, match="叫应名单"):
        start_call_out(
            duty_officer(),
            subject_kind="x",
            subject_id="1",
            title="雨",
            text="有雨。",
            urgency=1,
            audience=["duty"],
        )


def test_the_same_key_calls_once(at):
    at("2026-07-14T02:10")
    listed("甲")

    assert call(idempotency_key="k") == call(idempotency_key="k")
    assert CallOut.objects.count() == 1


def test_a_drill_calls_only_whom_its_list_lets_and_says_that_it_is_one(at, board, later):
    now = at("2026-07-14T02:10")
    Realm.objects.create(
        name="drill-1", real_at=now, told_at=now, rate=0, reachable=["13800009999"]
    )
    listed("参演", numbers=["13800009999"])
    listed("别人", area=f"{TOWN}202")

    call_out = call(duty_officer(realm="drill-1"))
    later(2, realm="drill-1")

    assert names(call_out) == ["参演"]
    [one] = board.calls.values()
    assert (one.number, one.text[:4]) == ("13800009999", "【演练】")
    assert not Callee.objects.filter(call_out__realm="actual").exists()


def test_a_drill_that_lets_nobody_be_called_is_told_so(at):
    now = at("2026-07-14T02:10")
    Realm.objects.create(name="drill-1", real_at=now, told_at=now, rate=0)
    listed("别人")

    with pytest.raises(Invalid, match="演练名单"):
        call(duty_officer(realm="drill-1"))


def test_a_stopped_call_out_dials_nobody_any_more(board, later, settings):
    settings.VOICE_LINES = 1
    listed("甲", area=f"{TOWN}201")
    listed("乙", area=f"{TOWN}202")
    call_out = call()
    later(1)

    stop(CallOut.objects.get(pk=call_out.pk))
    later(60)

    assert len(board.calls) == 1
    # The phone that rang went on ringing, and whoever picked it up has answered.
    assert {one.name: one.state for one in Callee.objects.all()} == {
        "甲": "answered",
        "乙": "stopped",
    }
    assert set(CallAttempt.objects.values_list("state", flat=True)) == {"ended"}


def test_a_call_out_is_stopped_once_with_a_reason_by_who_may(at):
    at("2026-07-14T02:10")
    listed("甲")
    call_out = call()

    with pytest.raises(Invalid):
        stop(call_out, reason=" ")
    with pytest.raises(Forbidden):
        stop(call_out, visitor())
    with pytest.raises(Stale):
        stop(call_out, expected_version=7)
    stopped = stop(call_out, idempotency_key="k", expected_version=1)
    with pytest.raises(IllegalMove):
        stop(CallOut.objects.get(pk=stopped.pk))


def test_the_issuing_liaison_may_call_and_a_village_may_not(at):
    at("2026-07-14T02:10")
    listed("甲")

    assert call(actor("unit_liaison")).state == "running"
    with pytest.raises(Forbidden):
        call(actor("village_informant"))
