import json
from decimal import Decimal

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, Invalid
from liandong.monitoring import queries
from liandong.monitoring.actions import SeriesSpec, register_station, set_reach
from liandong.monitoring.models import Reach, Warning
from liandong.monitoring.states import Quantity, ThresholdKind
from tests.factories import organization as make
from tests.monitoring.conftest import bound, flowed, hour, send
from tests.monitoring.people import gauge, keeper
from tests.organization.browser import entered
from tests.people import visitor

pytestmark = pytest.mark.django_db


def below(code, name):
    return register_station(
        keeper(),
        code=code,
        name=name,
        kind="ZZ",
        river="清溪河",
        lon=Decimal("122.6"),
        lat=Decimal("39.7"),
        datum="1985国家高程基准",
        series=[SeriesSpec(quantity=Quantity.LEVEL)],
    )


@pytest.fixture
def river(flow):
    """出口 → 河口 (3 小时, 2 over 2000 m³/s) → 入海 (2 小时)."""
    mouth, sea = below("21401560", "河口"), below("21401565", "入海")
    set_reach(
        keeper(),
        upstream=flow.station,
        downstream=mouth,
        minutes=180,
        by_flow=[(Decimal(2000), 120)],
        areas=["河口镇"],
    )
    set_reach(keeper(), upstream=mouth, downstream=sea, minutes=120)
    return mouth, sea


def told(name):
    rows = Entry.objects.filter(name=name).order_by("id")
    return [json.loads(row.payload.text) for row in rows]


def test_what_is_crossed_above_is_announced_at_each_station_below(river, warning_line):
    send(flowed([900, 1000]))

    facts = told("monitoring.arrival_expected")
    assert [(one["station"], one["upstream"], one["areas"]) for one in facts] == [
        ("河口", "出口", ["河口镇"]),
        ("入海", "出口", []),
    ]
    assert [one["at"] for one in facts] == [
        "2012-08-02T20:00:00+00:00",
        "2012-08-02T22:00:00+00:00",
    ]
    assert not Warning.objects.exists()


def test_more_water_is_expected_sooner(river, warning_line):
    send(flowed([900, 2500]))

    assert told("monitoring.arrival_expected")[0]["at"] == "2012-08-02T19:00:00+00:00"


def test_it_is_told_once_while_it_goes_on(river, warning_line):
    send(flowed([1000]))
    send(flowed([1100, 1200], since=1))

    assert len(told("monitoring.arrival_expected")) == 2


def test_what_was_over_before_it_was_told_announces_nothing(river, warning_line):
    send(flowed([1000, 800, 800, 800]))

    assert told("monitoring.arrival_expected") == []


def test_the_proposal_lists_times_and_townships_in_advance(river, warning_line):
    send(flowed([900, 1000]))

    proposal = queries.proposal_for("actual", str(warning_line.crossings.get().pk))

    assert (
        "预计08月03日04:00到河口（沿途河口镇），08月03日06:00到入海。" in proposal["cautions"]
    )
    assert proposal["areas"] == ["城关镇", "河口镇"]


def test_the_stations_page_tells_what_is_on_its_way_until_it_is_there(river, warning_line, at):
    mouth, _sea = river
    at("2012-08-03T01:30")
    send(flowed([900, 1000]))

    (coming,) = queries.arrivals_at(mouth, "actual", hour(2))
    page = entered(make.holder(Role.DUTY_OFFICER)).get("/monitoring/stations/21401560/")

    assert (coming.crossing.threshold, coming.at) == (warning_line, hour(4))
    assert "上游来水" in page.content.decode()
    assert queries.arrivals_at(mouth, "actual", hour(5)) == []


def test_reservoirs_over_their_limit_send_nothing_down(river, flow):
    bound(flow, ThresholdKind.FLOOD_LIMIT, 1000)

    send(flowed([1000]))

    assert told("monitoring.arrival_expected") == []


def test_a_drills_flood_is_expected_in_the_drill_alone(river, warning_line, at):
    at("2012-08-05T12:00", realm="drill-1")

    send(flowed([1000]), actor=gauge("drill-1"))

    entries = Entry.objects.filter(name="monitoring.arrival_expected")
    assert {one.realm for one in entries} == {"drill-1"}
    assert queries.arrivals_at(river[0], "actual", hour(0)) == []


def test_saying_it_anew_changes_the_one_there_is(river, flow):
    set_reach(keeper(), upstream=flow.station, downstream=river[0], minutes=200)

    row = Reach.objects.get(upstream=flow.station)
    assert (row.minutes, row.by_flow, row.areas) == (200, [], [])
    assert told("monitoring.reach_set")[-1]["minutes"] == 200


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 30 * 1440 + 1}, "minutes"),
        ({"by_flow": [(Decimal(-1), 60)]}, "by_flow"),
        ({"by_flow": [(Decimal(100), 60), (Decimal(200), 90)]}, "by_flow"),
        ({"itself": True}, "downstream"),
    ],
)
def test_what_is_no_reach_is_refused_by_field(flow, bad, field):
    itself = bad.pop("itself", False)
    other = flow.station if itself else below("21401560", "河口")

    with pytest.raises(Invalid) as refused:
        set_reach(
            keeper(), **{"upstream": flow.station, "downstream": other, "minutes": 60} | bad
        )

    assert field in refused.value.fields
    assert not Reach.objects.exists()


def test_it_is_refused_without_the_permission_and_in_a_drill(flow):
    other = below("21401560", "河口")

    for who in (visitor(), keeper("drill-1")):
        with pytest.raises(Forbidden):
            set_reach(who, upstream=flow.station, downstream=other, minutes=60)

    assert not Reach.objects.exists()


def test_the_same_key_says_it_once(flow):
    other = below("21401560", "河口")

    for _ in range(2):
        set_reach(
            keeper(), upstream=flow.station, downstream=other, minutes=60, idempotency_key="k"
        )

    assert len(told("monitoring.reach_set")) == 1


def test_it_is_set_by_form_in_plain_words(flow):
    other = below("21401560", "河口")
    office = entered(make.holder(Role.HEADQUARTERS_OFFICE))
    url = "/monitoring/stations/21401550/reach/"
    values = {
        "downstream": other.pk,
        "minutes": "3 小时",
        "by_flow": "1000：150、3000：120",
        "areas": "河口镇",
        "status": "assumed",
    }

    refused = office.post(url, values | {"by_flow": "很快"})
    done = office.post(url, values)

    row = Reach.objects.get()
    assert (refused.status_code, done.status_code) == (422, 303)
    assert (row.minutes, row.by_flow) == (180, [["1000", 150], ["3000", 120]])
    assert "3 小时" in office.get("/monitoring/stations/21401550/").content.decode()
