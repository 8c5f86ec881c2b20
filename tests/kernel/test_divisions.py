import pytest

from liandong.kernel.divisions import Division, division


def test_a_code_gives_county_city_and_province():
    assert division("511523") == Division(county="江安县", city="宜宾市", province="四川省")


def test_twelve_digits_mean_the_county_they_lie_in():
    assert division("511523000000").county == "江安县"


def test_what_the_county_says_goes_before_the_list():
    assert division("511523", " 江安新县 ").county == "江安新县"


def test_nothing_is_made_up_for_a_code_nobody_knows():
    assert division("999901") == Division(county="", city="", province="")


@pytest.mark.parametrize(
    ("code", "above"), [("511523", "宜宾市"), ("429004", "湖北省"), ("500235", "重庆市")]
)
def test_where_there_is_no_city_the_province_stands_above(code, above):
    assert division(code).above == above


@pytest.mark.parametrize(
    ("name", "stem", "seat"),
    [
        ("江安县", "江安", "县"),
        ("翠屏区", "翠屏", "区"),
        ("江山市", "江山", "市"),
        ("城步苗族自治县", "城步苗族", "县"),
        ("赵县", "赵县", "县"),
        ("", "", "县"),
    ],
)
def test_stem_and_seat_of_a_name(name, stem, seat):
    place = Division(county=name, city="", province="")

    assert (place.stem, place.seat) == (stem, seat)
