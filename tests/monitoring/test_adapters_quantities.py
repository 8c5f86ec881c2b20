from decimal import Decimal

import pytest

from liandong.monitoring.adapters.quantities import converted, named


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("水位", ("level_m", "")),
        ("水位(cm)", ("level_m", "cm")),
        ("flow(m^3/s)", ("flow_m3s", "m^3/s")),
        ("prcp(mm/hour)", ("rain_mm", "mm/hour")),
        ("PM2.5", ("pm25_ugm3", "")),
        ("level_m", ("level_m", "")),
        ("蒸发渗漏", ("", "")),
    ],
)
def test_headings_name_quantities_and_units(heading, told):
    assert named(heading) == told


@pytest.mark.parametrize(
    ("value", "unit", "quantity", "told"),
    [
        ("1", "ft", "level_m", "0.3048"),
        ("100", "cfs", "flow_m3s", "2.831685"),
        ("100", "ft³/s", "flow_m3s", "2.831685"),
        ("1", "in", "rain_mm", "25.4"),
        ("5", "mm/hour", "rain_mm", "5"),
        ("68", "degF", "temp_c", "20"),
        ("300", "µg/m³", "co_mgm3", "0.3"),
        ("1.5", "亿立方米", "storage_hm3", "150"),
        ("5", "", "filed_number", "5"),
    ],
)
def test_units_become_ours(value, unit, quantity, told):
    assert converted(Decimal(value), unit, quantity) == Decimal(told)


def test_a_unit_of_something_else_is_not_guessed():
    assert converted(Decimal(1), "kg", "level_m") is None
