from datetime import timedelta

from liandong.command.models import Signal
from liandong.evaluation.models import Inject
from liandong.kernel import clock
from liandong.kernel.journal.models import Delivery
from liandong.kernel.timers import Timer, sweep
from tests.command import county as places
from tests.evaluation.drills import NOON, inside, listed, started, written


def test_an_inject_comes_when_the_drills_clock_says_so_and_once(county, version):
    drill = listed(county, version)
    written(county, drill, trigger="time", at_minutes=30, kind="call", data={"caller": "甲"})
    drill = started(county, drill)
    sweep()
    before = Signal.objects.count()

    clock.set_clock(drill.realm, NOON + timedelta(minutes=30), rate=0)
    sweep()
    sweep()

    inject = Inject.objects.get()
    assert (before, Signal.objects.count()) == (0, 1)
    assert (inject.state, inject.delivered_at, inject.delivered_by) == (
        "delivered",
        NOON + timedelta(minutes=30),
        "演练脚本",
    )


def test_an_inject_comes_upon_what_the_players_do_and_not_upon_what_is_real(
    county, running, work
):
    for condition in ("command.incident_opened", "command.order_issued"):
        written(county, running, trigger="event", condition=condition)

    places.incident(county.officer)
    work()
    outside = [one.state for one in Inject.objects.order_by("number")]
    places.incident(inside(county.officer, running))
    work()

    assert outside == ["waiting", "waiting"]
    assert [one.state for one in Inject.objects.order_by("number")] == ["delivered", "waiting"]


def test_what_cannot_be_told_says_why_and_the_drill_goes_on(county, version):
    drill = listed(county, version)
    written(
        county,
        drill,
        trigger="time",
        at_minutes=0,
        kind="fact",
        data={"fact": "deaths", "value": "1"},
    )
    started(county, drill)

    sweep()

    inject = Inject.objects.get()
    assert inject.state == "failed"
    assert inject.trouble.startswith("演练里还没有登记事件")
    assert Timer.objects.filter(kind="evaluation.inject_due").count() == 0
    assert Delivery.objects.filter(dead=True).count() == 0
