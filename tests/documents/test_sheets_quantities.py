import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.documents.sheets.quantities import plain, read_quantity
from liandong.kernel.problems import Invalid

# The first twelve as inventories of real counties write them.
WRITTEN = {
    "2 万条": ("20000", None, "条", "exact"),
    "8.5 万条": ("85000", None, "条", "exact"),
    "117.4 万条": ("1174000", None, "条", "exact"),
    "1000kg": ("1000", None, "千克", "exact"),
    "40 余": ("40", None, "", "at_least"),
    "500㎡": ("500", None, "平方米", "exact"),
    "120 台次": ("120", None, "台次", "exact"),
    "1500–3000": ("1500", "3000", "", "range"),
    "50t": ("50", None, "吨", "exact"),
    "34531 人": ("34531", None, "人", "exact"),
    "251.48km²": ("251.48", None, "km²", "exact"),
    "100 单": ("100", None, "单", "exact"),
    "40余台": ("40", None, "台", "at_least"),
    "若干": (None, None, "", "some"),
    "若干台": (None, None, "台", "some"),
    "数十台": (None, None, "台", "some"),
    "约300": ("300", None, "", "about"),
    "300左右": ("300", None, "", "about"),
    "3000-5000件": ("3000", "5000", "件", "range"),
    "3000件~5000件": ("3000", "5000", "件", "range"),
    "200至400张": ("200", "400", "张", "range"),
    "1-2万条": ("10000", "20000", "条", "range"),
    "5000-1万条": ("5000", "10000", "条", "range"),
    "1.2万㎡": ("12000", None, "平方米", "exact"),
    "二十顶": ("20", None, "顶", "exact"),
    "十余顶": ("10", None, "顶", "at_least"),
    "两万三千条": ("23000", None, "条", "exact"),
    "二万五": ("25000", None, "", "exact"),
    "一千零五": ("1005", None, "", "exact"),
    "一百二": ("120", None, "", "exact"),
    "半吨": ("0.5", None, "吨", "exact"),
    "２０００件": ("2000", None, "件", "exact"),
    "1,200 套": ("1200", None, "套", "exact"),
    "10余万条": ("100000", None, "条", "at_least"),
    "2万余条": ("20000", None, "条", "at_least"),
    "40台以上": ("40", None, "台", "at_least"),
    "不足100人": ("100", None, "人", "at_most"),
    "近5000把": ("5000", None, "把", "about"),
    "500套（含备用）": ("500", None, "套", "exact"),
    "100": ("100", None, "", "exact"),
    "无": ("0", None, "", "exact"),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_quantities_of_real_registers_are_read(text):
    told = read_quantity(text).as_data()

    assert (told["amount"] or None, told["upto"] or None, told["unit"], told["exactness"]) == (
        WRITTEN[text]
    )


def test_it_stays_as_it_was_written():
    assert read_quantity(" ２ 万条").written == "２ 万条"


def test_a_unit_is_meant_where_none_is_written():
    assert (read_quantity("40余", "台").unit, read_quantity("2万条", "个").unit) == ("台", "条")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "很多台呢吧啊呀哦嗯呃唉哎哟喂",
        "2台3套",
        "-5",
        "5000-3000",
        "1e400",
        "二三十",
        "2m×1.8m",
        "1" * 40,
    ],
)
def test_what_says_no_quantity_is_refused_with_a_remedy(text):
    with pytest.raises(Invalid) as refused:
        read_quantity(text)

    assert refused.value.remedy


def spoken(number):
    """A number below 100 million as it is said, without short forms."""
    digits, powers = "零一二三四五六七八九", ("", "十", "百", "千")

    def section(part):
        text, zero = "", False
        for place in (3, 2, 1, 0):
            digit = part // 10**place % 10
            if digit:
                text += ("零" if zero and text else "") + digits[digit] + powers[place]
            zero = not digit
        return text

    high, low = divmod(number, 10_000)
    gap = "零" if high and 0 < low < 1000 else ""
    return (section(high) + "万" if high else "") + gap + section(low)


@given(st.integers(1, 99_999_999))
def test_numbers_spoken_in_chinese_are_read(number):
    assert read_quantity(spoken(number) + "条").number == number


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "条", "台次", "㎡", "kg", "顶"]))
def test_what_is_read_reads_the_same_again(number, unit):
    once = read_quantity(f"{plain(number)}{unit}")

    again = read_quantity(f"{plain(once.number)}{once.unit}")

    assert (
        (again.number, again.unit) == (once.number, once.unit) == (Decimal(number), once.unit)
    )


@given(st.text(max_size=30))
def test_whatever_is_written_is_read_or_refused(text):
    with contextlib.suppress(Invalid):
        read_quantity(text)
