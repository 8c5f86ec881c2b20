from decimal import Decimal

import pytest

from liandong.kernel.problems import Invalid
from liandong.monitoring.adapters.files import read_file
from liandong.monitoring.adapters.foreign import Given
from liandong.monitoring.signals.quality import Flag
from tests.monitoring.test_adapters_files import SHARED, collected

TABLE = """# U.S. Geological Survey
agency_cd\tsite_no\tdatetime\ttz_cd\t69512_00060\t69512_00060_cd\t69513_00010\t69513_00010_cd
5s\t15s\t20d\t6s\t14n\t10s\t14n\t10s
USGS\t01491000\t2026-07-01 00:00\tEST\t974\tA\t12.1\tA
USGS\t01491000\t2026-07-01 00:15\tEDT\t100\tP:e\t\t
USGS\t01491000\t2026-07-01 00:30\tEST\tIce\tP\t\t
USGS\t01491000\t2026-07-01 00:45\tEST\t***\tP\t\t
"""


def test_cubic_feet_zones_and_qualifiers_are_put_into_ours():
    read = read_file(TABLE.encode(), Given())

    first, second = read.observations
    assert (first.quantity, first.value) == ("flow_m3s", Decimal("27.580609"))
    assert [one.at.isoformat() for one in read.observations] == [
        "2026-07-01T00:00:00-05:00",
        "2026-07-01T00:15:00-04:00",
    ]
    assert (first.flags, second.flags) == (0, Flag.PROVISIONAL | Flag.ESTIMATED)
    assert (first.row, read.missing) == (4, 2)


@collected
def test_a_list_of_stations_is_said_to_be_one():
    body = (SHARED / "hydro" / "usgs" / "nwis_sites.txt").read_bytes()

    with pytest.raises(Invalid, match="这是测站清单"):
        read_file(body, Given())
