import json
from decimal import Decimal

import pytest

from liandong.kernel.geo.cells import cell_at
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid
from liandong.monitoring.actions import SeriesSpec, register_station
from liandong.monitoring.models import Series, Station
from liandong.monitoring.states import Quantity
from tests.monitoring.people import keeper
from tests.people import visitor

pytestmark = pytest.mark.django_db
LEVEL = SeriesSpec(quantity=Quantity.LEVEL)
GOOD = {
    "code": "21401550",
    "name": "城关",
    "kind": "ZZ",
    "lon": Decimal("122.5"),
    "lat": Decimal("39.8"),
    "datum": "1985国家高程基准",
    "series": [LEVEL],
}


def test_a_station_gets_its_series_and_its_cell():
    station = register_station(keeper(), **GOOD, river="清溪河", township_code="210283001")

    said = json.loads(Entry.objects.get(name="monitoring.station_registered").payload.text)
    assert station.cell == cell_at(122.5, 39.8)
    assert [series.unit for series in station.series.all()] == ["m"]
    assert (said["code"], said["quantities"]) == ("21401550", ["level_m"])


def test_registering_again_changes_particulars_and_keeps_the_rest():
    first = register_station(keeper(), **GOOD)
    flow = SeriesSpec(quantity=Quantity.FLOW, is_trunk=True)

    again = register_station(keeper(), **(GOOD | {"name": "城关二", "series": [flow]}))

    assert (again.pk, again.name, Series.objects.count()) == (first.pk, "城关二", 2)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"code": "123"}, "code"),
        ({"code": "2140-155"}, "code"),
        ({"code": "2140155\u0662"}, "code"),
        ({"name": " "}, "name"),
        ({"kind": "QQ"}, "kind"),
        ({"series": []}, "series"),
        ({"series": [SeriesSpec(quantity="wind")]}, "series"),
        ({"series": [SeriesSpec(quantity=Quantity.FLOW, step_minutes=0)]}, "step_minutes"),
        ({"datum": ""}, "datum"),
        ({"lon": Decimal(181)}, "lon"),
        ({"lat": Decimal(91)}, "lat"),
        ({"lat": Decimal("NaN")}, "lat"),
    ],
)
def test_what_is_no_station_is_refused_by_field(bad, field):
    with pytest.raises(Invalid) as refused:
        register_station(keeper(), **(GOOD | bad))

    assert list(refused.value.fields) == [field]
    assert not Station.objects.exists()


def test_registering_is_refused_without_the_permission():
    with pytest.raises(Forbidden):
        register_station(visitor(), **GOOD)


def test_the_same_key_registers_once():
    first = register_station(keeper(), **GOOD, idempotency_key="k")

    again = register_station(keeper(), **GOOD, idempotency_key="k")

    assert (again.pk, Entry.objects.count()) == (first.pk, 1)


def test_a_drill_enters_no_station():
    with pytest.raises(Forbidden):
        register_station(keeper("drill-1"), **GOOD)

    assert not Station.objects.exists()
