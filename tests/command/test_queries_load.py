"""What each unit carries, and how quickly it answers."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from liandong.command.queries.load import Pace, loads, response_times, shares
from liandong.command.queries.order import BoardRow

NOON = datetime(2026, 7, 14, 4, 0, tzinfo=UTC)


def minutes(n):
    return NOON + timedelta(minutes=n)


def order(state="issued", unit="县水利局", **more):
    told = {
        "state": state,
        "to_body": unit,
        "issued_at": NOON,
        "acknowledge_by": minutes(10),
        "finish_by": minutes(60),
        "read_back_at": None,
        "accepted_at": None,
        "finished_at": None,
    }
    return SimpleNamespace(**(told | more))


def row(group, state="issued", *, unit="县水利局", due=None):
    return BoardRow(order(state, unit), group, due, 0, 0, state)


def counts(load):
    return {one.kind: one.count for one in load.shares}


def test_a_units_orders_are_counted_by_how_they_stand():
    [one] = loads(
        [
            row("done", "finished"),
            row("under_way", "in_progress", due=minutes(60)),
            row("waiting", due=minutes(10)),
            row("attention", "declined"),
        ]
    )

    assert (one.unit, one.total, one.done, one.owed, one.late) == ("县水利局", 4, 1, 3, 1)
    assert counts(one) == {"done": 1, "work": 1, "wait": 1, "late": 1}
    assert (one.due_at, one.counted("work"), one.counted("none")) == (minutes(10), 1, 0)


def test_the_unit_in_most_trouble_comes_first_and_void_orders_do_not_count():
    found = loads(
        [
            row("done", "finished", unit="甲"),
            row("waiting", unit="乙"),
            row("attention", "declined", unit="丙"),
            row("void", "recalled", unit="丁"),
            row("void", "replaced", unit="乙"),
        ]
    )

    assert [(one.unit, one.total) for one in found] == [("丙", 1), ("乙", 1), ("甲", 1)]


def test_bars_are_measured_by_the_longest_and_stand_side_by_side():
    rows = [row("done", "finished"), row("done", "finished"), row("attention", "declined")]

    assert [(one.kind, one.x, one.width) for one in shares(rows, 4)] == [
        ("done", "0.00%", "50.00%"),
        ("late", "50.00%", "25.00%"),
    ]


def test_no_orders_are_no_units():
    assert (loads([]), response_times([])) == ([], [])


def test_the_median_and_the_worst_of_each_unit_and_how_many_came_too_late():
    [one] = response_times(
        [order(read_back_at=minutes(n), accepted_at=minutes(n + 1)) for n in (2, 4, 30)]
    )

    assert one.read_back == Pace(3, timedelta(minutes=4), timedelta(minutes=30), 1)
    assert one.accepted == Pace(3, timedelta(minutes=1), timedelta(minutes=1), 0)
    assert one.finished == Pace(0, None, None, 0)


def test_only_what_is_finished_has_taken_its_time():
    went = {"read_back_at": minutes(2), "accepted_at": minutes(5)}
    found = response_times(
        [
            order("finished", **went, finished_at=minutes(65)),
            order("returned", **went, finished_at=minutes(6)),
            order("recalled", unit="乙", read_back_at=minutes(1)),
        ]
    )

    assert [one.unit for one in found] == ["县水利局"]
    assert found[0].finished == Pace(1, timedelta(hours=1), timedelta(hours=1), 1)
