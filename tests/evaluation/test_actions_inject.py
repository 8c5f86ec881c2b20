from decimal import Decimal

import pytest

from liandong.command.models import Order, Signal
from liandong.evaluation.actions import (
    add_inject,
    deliver_inject,
    drop_inject,
    end_drill,
    let_inject_fail,
)
from liandong.evaluation.models import Drill, Inject
from liandong.kernel.journal.models import Entry
from liandong.kernel.journal.reading import readable
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from liandong.monitoring.actions import SeriesSpec, register_station
from liandong.monitoring.models import Reading
from liandong.monitoring.states import Quantity
from liandong.plans.models import FactValue
from tests.command import county as places
from tests.evaluation.drills import inside, listed, started, told, written
from tests.monitoring.people import keeper


def test_one_is_written_and_only_those_who_may_know_hear_of_it(county, drill, work):
    inject = written(
        county, drill, trigger="time", at_minutes=95, expects="command.signal_taken"
    )

    entry = Entry.objects.get(name="evaluation.inject_added")
    assert (inject.number, inject.clock, inject.state) == (1, "T+01:35", "waiting")
    assert written(county, drill).number == 2
    assert entry.audience == sorted(
        f"account:{county.accounts[name].pk}" for name in ("office", "leader")
    )
    work()
    heard = readable(county.officer).filter(entry__name="evaluation.inject_added")
    assert heard.count() == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"trigger": "time"}, "at_minutes"),
        ({"trigger": "event", "condition": "x"}, "condition"),
        ({"expects": "x"}, "expects"),
        ({"within_minutes": 5}, "within_minutes"),
        ({"kind": "call"}, "caller"),
        ({"kind": "message"}, "to_post"),
        ({"kind": "decline"}, "to_post"),
        ({"kind": "fact", "data": {"fact": "x", "value": "1"}}, "fact"),
        ({"kind": "fact", "data": {"fact": "deaths", "value": "多"}}, "value"),
        ({"kind": "reading", "data": {}}, "station"),
        (
            {
                "kind": "reading",
                "data": {"station": "1", "quantity": "level_m", "value": "1"},
            },
            "station",
        ),
    ],
)
def test_what_could_not_be_told_is_not_written(county, drill, changed, field):
    with pytest.raises(Invalid) as refused:
        written(county, drill, **changed)

    assert (list(refused.value.fields), Inject.objects.count()) == ([field], 0)


@pytest.mark.parametrize("name", ["officer", "leader", "water", "chief"])
def test_players_evaluators_and_observers_write_no_script(county, drill, name):
    with pytest.raises(Forbidden):
        add_inject(
            getattr(county, name), drill=drill, kind="word", title="x", text="x", trigger="hand"
        )


def test_word_of_mouth_is_heard_by_everybody_on_the_list(county, running):
    inject = told(county, written(county, running))

    entry = Entry.objects.get(name="evaluation.inject_delivered")
    assert (inject.state, inject.delivered_by, entry.realm) == (
        "delivered",
        county.office.label,
        running.realm,
    )
    assert f"account:{county.accounts['water'].pk}" in entry.audience


def test_a_call_rings_at_the_drills_desk_only(county, running):
    told(county, written(county, running, kind="call", data={"caller": "河口镇值班室"}))

    signal = Signal.objects.get()
    assert (signal.realm, signal.caller, signal.state) == (
        running.realm,
        "河口镇值班室",
        "ringing",
    )


def test_a_letter_from_above_reaches_its_post(county, running):
    told(county, written(county, running, kind="message", to_post=county.posts["officer"]))

    message = Message.objects.get(realm=running.realm)
    assert (message.to_post, message.title) == (county.posts["officer"], "河口镇漫水桥被淹")


def test_a_fact_is_recorded_about_the_drills_incident(county, running):
    inject = written(county, running, kind="fact", data={"fact": "deaths", "value": "2"})
    with pytest.raises(Missing):
        told(county, inject)
    assert Inject.objects.get().state == "waiting"
    incident = places.incident(inside(county.officer, running))

    told(county, inject)

    row = FactValue.objects.get()
    assert (row.realm, row.subject_id, row.name) == (running.realm, str(incident.pk), "deaths")


def test_a_reading_stands_in_the_drill_only(county, running):
    register_station(
        keeper(),
        code="21401501",
        name="上游",
        kind="ZZ",
        datum="1985国家高程基准",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=Quantity.LEVEL)],
    )
    data = {"station": "21401501", "quantity": "level_m", "value": "84.20"}
    with pytest.raises(Invalid):
        written(county, running, kind="reading", data=data | {"value": "高"})

    told(county, written(county, running, kind="reading", data=data))

    assert [(one.realm, one.value) for one in Reading.objects.all()] == [
        (running.realm, Decimal("84.200"))
    ]


def test_a_unit_that_cannot_declines_its_order(county, running):
    inject = written(county, running, kind="decline", to_post=county.posts["water"])
    with pytest.raises(Missing):
        told(county, inject)
    office = inside(county.office, running)
    places.order(office, places.incident(office), county.posts["water"])

    told(county, inject)

    order = Order.objects.get()
    assert (order.state, order.declined_reason) == ("declined", inject.text)


def test_what_was_told_or_dropped_is_not_told_again_and_does_not_fall_due(county, running):
    inject = told(county, written(county, running, trigger="time", at_minutes=10))
    with pytest.raises(IllegalMove):
        told(county, inject)
    other = written(county, running, trigger="time", at_minutes=20)
    with pytest.raises(Invalid):
        dropped(county, running, other, " ")

    dropped(county, running, other, "时间不够")

    other.refresh_from_db()
    assert (other.state, other.trouble) == ("dropped", "时间不够")
    assert Timer.objects.filter(kind="evaluation.inject_due").count() == 0
    with pytest.raises(IllegalMove):
        told(county, other)


def dropped(county, drill, inject, reason):
    return drop_inject(
        inside(county.office, drill),
        inject=inject,
        reason=reason,
        expected_version=inject.version,
    )


def test_only_controllers_tell_from_within_and_by_the_version_they_saw(county, running):
    inject = written(county, running)
    for actor, wrong in (
        (inside(county.leader, running), Forbidden),
        (inside(county.water, running), Forbidden),
        (county.office, Missing),
    ):
        with pytest.raises(wrong):
            deliver_inject(actor, inject=inject, expected_version=inject.version)
        with pytest.raises(wrong):
            drop_inject(actor, inject=inject, reason="x", expected_version=inject.version)
        with pytest.raises(wrong):
            let_inject_fail(actor, inject=inject, trouble="x")
    with pytest.raises(Stale):
        deliver_inject(inside(county.office, running), inject=inject, expected_version=0)


def test_the_same_key_tells_once(county, running):
    inject = written(county, running, kind="call", data={"caller": "河口镇"})
    seen = inject.version
    for _ in range(2):
        deliver_inject(
            inside(county.office, running),
            inject=inject,
            expected_version=seen,
            idempotency_key="k",
        )

    assert Signal.objects.count() == 1


def test_nothing_is_told_before_the_start_or_after_the_end(county, drill):
    inject = written(county, drill)
    with pytest.raises(IllegalMove):
        told(county, inject)
    running = started(county, drill)
    end_drill(
        inside(county.office, running),
        drill=running,
        words="完",
        expected_version=running.version,
    )
    with pytest.raises(IllegalMove):
        told(county, inject)


def test_what_is_written_while_it_goes_on_falls_due_by_its_clock(county, running):
    written(county, running, trigger="time", at_minutes=30)

    assert Timer.objects.get(kind="evaluation.inject_due").realm == running.realm


def test_of_two_drills_neither_hears_the_others_script(county, version, running):
    other = started(county, listed(county, version, name="另一场"))
    inject = written(county, other)

    with pytest.raises(Missing):
        deliver_inject(inside(county.office, running), inject=inject, expected_version=1)
    assert Drill.objects.count() == 2
