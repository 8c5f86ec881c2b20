import random
from collections import defaultdict
from decimal import Decimal

import h3.api.basic_int as h3
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Point as Spot
from shapely.geometry import shape

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.regions import circle, polygon
from liandong.sharing.actions import enter_record, take_records, withdraw_record
from liandong.sharing.models import Record
from liandong.sharing.queries import density, found_in, in_box, visible_to
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import Sensitivity
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of, neighbor

pytestmark = pytest.mark.django_db
MIDDLE = Point(105.05, 28.65)


def square(lon, lat, side):
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


@pytest.fixture
def scattered(land):
    """Sixty risk sources all over the place, every sixth with ground of its own."""
    chance = random.Random(5)
    rows = []
    for n in range(60):
        lon, lat = chance.uniform(105, 105.1), chance.uniform(28.6, 28.7)
        placed = {"extent": square(lon, lat, 0.02)} if n % 6 == 0 else {}
        values = {**RISK, "grade": str(1 + n % 4), "people": n}
        at = {"lon": Decimal(f"{lon:.6f}"), "lat": Decimal(f"{lat:.6f}")}
        rows.append(row(land, name=f"隐患点{n}", values=values, **at, **placed))
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="x.xlsx")
    return keeper_of(land)


def inside(region):
    """The plainest way: every record by its shape."""
    return [
        one
        for one in Record.objects.all()
        if region.intersects(shape(one.extent) if one.extent else Spot(one.west, one.south))
    ]


REGIONS = [
    circle(MIDDLE, 500),
    circle(MIDDLE, 4000),
    circle(MIDDLE, 90_000),
    polygon(
        [Point(105.0, 28.6), Point(105.06, 28.62), Point(105.1, 28.7), Point(105.03, 28.63)]
    ),
    circle(Point(110, 25), 4000),
]


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_holds_what_its_shape_holds(scattered, region):
    expected = inside(region)

    found = found_in(scattered, region)

    assert sum(one.total for one in found) == len(expected)
    if expected:
        [risks] = found
        assert {one.record.pk for one in risks.rows} == {one.pk for one in expected}
        sums = {field.key: total for field, total in risks.sums}
        assert sums.get("people", 0) == sum(one.values["people"] for one in expected)
        assert sum(n for _label, n in risks.grades) == len(expected)


def test_the_nearest_stand_first_with_how_far_they_are(scattered):
    [risks] = found_in(scattered, circle(MIDDLE, 6000), center=MIDDLE, limit=5)

    far = [one.distance_m for one in risks.rows]
    assert far == sorted(far)
    assert far[0] == min(
        one.distance_m
        for one in found_in(scattered, circle(MIDDLE, 6000), center=MIDDLE)[0].rows
    )
    assert risks.more == risks.total - 5


def test_what_one_may_not_see_or_is_withdrawn_is_not_counted(land):
    keeper = keeper_of(land)
    at = {"lon": Decimal("105.05"), "lat": Decimal("28.65")}
    for name, who in (("本单位的", Sensitivity.RESTRICTED), ("公开的", Sensitivity.OPEN)):
        enter_record(
            keeper, kind="risk_source", row=row(land, name=name, sensitivity=who, **at)
        )
    gone = enter_record(keeper, kind="risk_source", row=row(land, name="撤销的", **at))
    withdraw_record(keeper, record=gone, reason="已治理", expected_version=gone.version)

    assert found_in(keeper, circle(MIDDLE, 1000))[0].total == 2
    assert found_in(neighbor(), circle(MIDDLE, 1000))[0].total == 1


def test_what_one_register_counts_another_may_say_in_words(land, scattered):
    placed = {"lon": Decimal("105.05"), "lat": Decimal("28.65")}
    there = row(land, name="发电机", values=equipment({"capacity": "400 kW"}), **placed)
    enter_record(scattered, kind="equipment", row=there)

    found = found_in(scattered, circle(MIDDLE, 90_000))

    assert [one.register.kind for one in found] == ["risk_source", "equipment"]


def equipment(values):
    """Values an equipment record can have, whatever the register asks for besides."""
    register = REGISTERS["equipment"]
    required = {
        one.key: next(iter(one.choices), None) or one.parse("1 台")
        for one in register.fields
        if one.required
    }
    return {**required, **{k: v for k, v in values.items() if k == "capacity"}}


def test_registers_may_be_chosen(scattered):
    assert found_in(scattered, circle(MIDDLE, 90_000), kinds=["team"]) == []


def test_it_takes_as_many_queries_for_ten_as_for_sixty(scattered):
    def asked(region):
        with CaptureQueriesContext(connection) as queries:
            found_in(scattered, region, center=MIDDLE)
        return len(queries)

    assert asked(circle(MIDDLE, 3000)) == asked(circle(MIDDLE, 90_000)) <= 5


def test_the_grid_counts_each_record_once_and_tells_the_gravest(scattered):
    rows = visible_to(scattered)

    for resolution in (9, 7, 6):
        by_hand = defaultdict(list)
        for one in Record.objects.all():
            by_hand[h3.cell_to_parent(one.cell, resolution)].append(one.values["grade"])

        cells = density(rows, resolution=resolution)
        assert {one.cell: (one.count, one.gravest) for one in cells} == {
            cell: (len(grades), min(grades)) for cell, grades in by_hand.items()
        }


def test_the_grid_of_a_part_counts_that_part(scattered):
    box = (105.0, 28.6, 105.05, 28.65)
    west, south, east, north = box
    meeting = Record.objects.filter(
        west__lte=east, east__gte=west, south__lte=north, north__gte=south
    )

    counted = density(in_box(visible_to(scattered), box), resolution=7)

    assert sum(one.count for one in counted) == meeting.count() > 0
