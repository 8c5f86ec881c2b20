from decimal import Decimal

import pytest

from liandong.monitoring.templatetags.monitoring import plainly


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1615.500", "1615.5"),
        ("1000.000", "1000"),
        ("0.000", "0"),
        ("-0.500", "-0.5"),
        (None, "—"),
    ],
)
def test_figures_have_no_idle_zeros(value, text):
    assert plainly(value and Decimal(value)) == text
