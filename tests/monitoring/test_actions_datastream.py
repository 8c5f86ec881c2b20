import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid
from liandong.monitoring import queries
from liandong.monitoring.actions import map_datastream
from tests.monitoring.conftest import RIVER_CODE
from tests.monitoring.people import keeper
from tests.people import visitor

pytestmark = pytest.mark.django_db


def test_a_datastream_is_one_series_and_then_another(rain, flow):
    first = map_datastream(keeper(), name=" 66 ", series=rain, idempotency_key="k")
    again = map_datastream(keeper(), name=" 66 ", series=rain, idempotency_key="k")

    map_datastream(keeper(), name="66", series=flow)

    assert first == again
    assert queries.places_of_datastreams() == {"66": (RIVER_CODE, "flow_m3s")}
    assert Entry.objects.filter(name="monitoring.datastream_mapped").count() == 2


@pytest.mark.parametrize("name", ["", "  ", "7" * 101])
def test_a_name_that_is_none_is_refused(rain, name):
    with pytest.raises(Invalid):
        map_datastream(keeper(), name=name, series=rain)


def test_it_is_refused_without_the_permission_and_in_drills(rain):
    with pytest.raises(Forbidden):
        map_datastream(visitor(), name="66", series=rain)
    with pytest.raises(Forbidden):
        map_datastream(keeper("drill-1"), name="66", series=rain)
