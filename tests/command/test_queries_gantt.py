from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from liandong.command.queries.gantt import Axis, gantt, ticks
from liandong.command.queries.order import BoardRow

NOON = datetime(2026, 7, 14, 4, 0, tzinfo=UTC)


def minutes(n):
    return NOON + timedelta(minutes=n)


def row(state="issued", **more):
    told = {
        "state": state,
        "number": 1,
        "issued_at": NOON,
        "acknowledge_by": minutes(10),
        "finish_by": minutes(60),
        "read_back_at": None,
        "accepted_at": None,
        "declined_at": None,
        "finished_at": None,
        "is_done": state in {"finished", "checked"},
    }
    order = SimpleNamespace(**(told | more))
    due = order.acknowledge_by if state in {"issued", "delivered"} else order.finish_by
    return BoardRow(order, "", due, 0, 0, state)


def kinds(drawn):
    return [bar.kind for bar in drawn.lanes[0].bars]


def test_no_orders_make_no_picture():
    assert gantt([], NOON).lanes == []


def test_an_order_nobody_read_back_is_late_from_its_deadline_on():
    drawn = gantt([row()], minutes(15))

    assert kinds(drawn) == ["wait", "late"]
    assert [mark.kind for mark in drawn.lanes[0].marks] == ["answer"]


def test_an_order_under_way_shows_what_is_left():
    drawn = gantt(
        [row("in_progress", read_back_at=minutes(2), accepted_at=minutes(4))], minutes(40)
    )

    assert kinds(drawn) == ["wait", "heard", "work", "left"]


def test_an_order_done_in_time_is_never_late():
    done = row(
        "checked", read_back_at=minutes(2), accepted_at=minutes(4), finished_at=minutes(50)
    )

    assert kinds(gantt([done], minutes(90))) == ["wait", "heard", "done"]


def test_a_closed_incident_has_no_present():
    assert gantt([row()], minutes(15), is_open=False).now == ""


def test_ticks_are_full_hours_of_the_county():
    found = ticks(Axis(NOON - timedelta(minutes=7), NOON + timedelta(hours=5)))

    assert [one.at for one in found] == [NOON + timedelta(hours=n) for n in range(6)]


def test_every_place_lies_within_the_picture():
    rows = [
        row(number=n, issued_at=minutes(n), acknowledge_by=minutes(n + 5)) for n in range(200)
    ]

    drawn = gantt(rows, minutes(300))

    places = [float(bar.x.rstrip("%")) for lane in drawn.lanes for bar in lane.bars]
    assert len(drawn.lanes) == 200
    assert min(places) >= 0
    assert max(places) <= 100
