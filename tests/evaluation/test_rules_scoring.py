from datetime import timedelta

from liandong.command.actions import raise_signal, record_incident_facts, take_signal
from liandong.command.models import Order
from liandong.evaluation import queries
from liandong.evaluation.rules.scoring import in_time, sheet_of, steps_of, whole
from liandong.kernel import clock
from tests.command import county as places
from tests.evaluation.drills import NOON, inside, told, written


def test_the_sheet_reads_the_drills_own_journal_by_its_own_clock(county, running, work):
    call = {"kind": "call", "data": {"caller": "河口镇"}, "expects": "command.signal_taken"}
    first = told(county, written(county, running, **call, within_minutes=5))
    told(county, written(county, running, **call, within_minutes=5))
    told(county, written(county, running))
    officer = inside(county.officer, running)
    real = raise_signal(county.officer, channel="phone", caller="真的")
    take_signal(county.officer, signal=real)
    from liandong.command.models import Signal

    clock.set_clock(running.realm, NOON + timedelta(minutes=4), rate=0)
    take_signal(officer, signal=Signal.objects.filter(realm=running.realm).first())
    work()

    sheet = sheet_of(running)

    assert [line.score.verdict for line in sheet] == ["in_time", "missed"]
    assert sheet[0].inject == first
    assert sheet[0].score.after == timedelta(minutes=4)
    assert sheet[0].score.deed.who == county.officer.label
    assert (sheet[0].expected, in_time(sheet)) == ("接听来电", 1)


def test_what_the_script_does_is_no_players_deed(county, running, work):
    officer = inside(county.officer, running)
    incident = places.incident(officer)
    places.order(officer, incident, county.posts["water"])
    fact = told(
        county,
        written(
            county,
            running,
            kind="fact",
            data={"fact": "deaths", "value": "1"},
            expects="plans.facts_recorded",
        ),
    )
    told(
        county,
        written(
            county,
            running,
            kind="decline",
            to_post=county.posts["water"],
            expects="command.order_declined",
        ),
    )
    work()
    before = [line.score.verdict for line in sheet_of(running)]

    record_incident_facts(
        officer, incident=incident, facts={"deaths": "1"}, source="卫健局", confirmed_by="张"
    )
    work()

    assert before == ["missed", "missed"]
    done = {line.inject: line.score for line in sheet_of(running)}
    assert done[fact].verdict == "done"
    assert done[fact].deed.who == officer.label


def test_each_order_is_held_against_its_limits(county, running):
    officer = inside(county.officer, running)
    incident = places.incident(officer)
    first, second = (places.order(officer, incident, county.posts["water"]) for _ in range(2))
    Order.objects.filter(pk=first.pk).update(
        read_back_at=first.acknowledge_by,
        read_back="立即转移",
        finish_by=NOON,
        finished_at=NOON + timedelta(minutes=1),
        state="finished",
    )

    steps = steps_of({str(one.pk): one for one in queries.orders_of(running)})

    assert [(one.order, one.read_back, one.finished) for one in steps] == [
        (first, "in_time", "late"),
        (second, "missed", ""),
    ]
    assert whole(steps) == 1


def test_how_whole_a_deed_was_stands_beside_its_time(county, running, work):
    told(county, written(county, running, expects="command.incident_opened"))
    places.incident(inside(county.officer, running))
    work()

    (line,) = sheet_of(running)

    assert {one.words for one in line.pieces} == {"地点", "信息来源"}
    assert whole([line]) == all(one.is_there for one in line.pieces)
