import pytest

from liandong.kernel.problems import Invalid
from liandong.sharing.registers.quantities import read_amount


@pytest.mark.parametrize(
    ("text", "amount", "unit", "is_rough"),
    [
        ("2万条", "20000", "条", False),
        ("8.5 万条", "85000", "条", False),
        ("40余台", "40", "台", True),
        ("40 余", "40", "个", True),
        ("1000", "1000", "个", False),
        ("1,000 把", "1000", "把", False),
        ("500㎡", "500", "㎡", False),
        ("约300件", "300", "件", True),
        ("2.6万", "26000", "个", False),
        ("若干", "", "个", True),
        ("若干条", "", "条", True),
        ("三台", "3", "台", False),
        ("十余艘", "10", "艘", True),
        ("40余万条", "400000", "条", True),
        ("30人左右", "30", "人", True),
        ("两百顶", "200", "顶", False),
    ],
)
def test_a_quantity_is_read_as_it_is_written(text, amount, unit, is_rough):
    assert read_amount(text, "个") == {
        "said": " ".join(text.split()),
        "amount": amount,
        "unit": unit,
        "is_rough": is_rough,
    }


@pytest.mark.parametrize("text", ["很多", "台", "-3台", "三十五台"])
def test_what_is_no_quantity_is_refused(text):
    with pytest.raises(Invalid):
        read_amount(text)
