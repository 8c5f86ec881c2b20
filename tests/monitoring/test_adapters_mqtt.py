import json
from decimal import Decimal

import pytest

from liandong.monitoring.adapters.mqtt import is_status, read_message
from tests.monitoring.conftest import hour

AT, CODE, QUANTITY = "2012-08-03T05:00:00+08:00", "21401501", "rain_mm"
ROW = {"station": CODE, "quantity": QUANTITY, "at": AT, "value": 1.5}
PLACE = (CODE, QUANTITY)


def body(said):
    return said if isinstance(said, bytes) else json.dumps(said).encode()


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (PLACE, f"{AT},1.5".encode()),
        (PLACE, f"1.5 , {AT}\n".encode()),
        (PLACE, b"1.5,2012-08-03 05:00"),
        (PLACE, {"at": AT, "value": 1.5}),
        (PLACE, {"phenomenonTime": AT, "result": 1.5}),
        (PLACE, {"phenomenonTime": f"2012-08-03T04:00:00+08:00/{AT}", "result": 1.5}),
        ((), ROW),
        ((), [ROW]),
        (("data",), {"readings": [ROW]}),
        ((), f"{CODE},{QUANTITY},{AT},1.5".encode()),
        ((), f"\ufeffstation,quantity,at,value\n{CODE},{QUANTITY},{AT},1.5".encode()),
        ((), f"站码,测项,时间,数值\r\n{CODE},{QUANTITY},{AT},1.5\r\n".encode()),
        (
            (),
            {
                "phenomenonTime": AT,
                "result": 1.5,
                "Datastream": {"@iot.id": f"{CODE}/{QUANTITY}"},
            },
        ),
    ],
)
def test_every_form_says_the_same(topic, said):
    read = read_message(topic, body(said), 7)

    assert read.refusals == []
    (one,) = read.observations
    assert (one.station_code, one.quantity, one.at) == (CODE, QUANTITY, hour(5))
    assert one.value == Decimal("1.5")
    assert one.row == 7


@pytest.mark.parametrize(
    ("topic", "said", "field"),
    [
        (PLACE, b"", "at"),
        (PLACE, b"1.5", "at"),
        (PLACE, b"1,2,3", "payload"),
        (PLACE, f"{AT},nichts".encode(), "value"),
        (PLACE, b"{", "payload"),
        (PLACE, b"\xff\xfe\x00", "at"),
        ((), b"", "payload"),
        ((), b"\xff\x00", "payload"),
        ((), b"{}", "station"),
        ((), {"result": 1, "Datastream": {"@iot.id": 4}}, "quantity"),
        ((), b"[" * 100_000, "payload"),
        ((), {"readings": 3}, "payload"),
        (("a", "b", "c"), f"{AT},1".encode(), "topic"),
    ],
)
def test_what_cannot_be_read_is_refused_by_number(topic, said, field):
    read = read_message(topic, body(said), 9)

    assert read.observations == []
    (one,) = read.refusals
    assert (one.row, one.field) == (9, field)
    assert one.problem
    assert one.remedy


def test_a_bad_row_does_not_hold_up_the_others():
    read = read_message((), body([ROW, {**ROW, "value": "viel"}, 3]), 2)

    assert len(read.observations) == 1
    assert [one.row for one in read.refusals] == [2, 2]


def test_status_is_no_reading():
    assert is_status(("status",))
    assert not is_status((CODE, "status"))
