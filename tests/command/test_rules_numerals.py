import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.numerals import as_count, read_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", "12"), ("０３", "3"), ("3.5", "3.5"), ("2万", "20000"), ("1.5万", "15000"),
        ("十", "10"), ("十二", "12"), ("二十六", "26"), ("两百", "200"), ("一百零五", "105"),
        ("两百五", "250"), ("三千二", "3200"), ("一千零二十", "1020"), ("三万", "30000"),
        ("百", None), ("千", None), ("一二", None), ("十百", None), ("余", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(words, number):
    assert read_number(words) == number


def test_only_a_whole_number_counts():
    assert [as_count("3.5"), as_count("三"), as_count("几")] == [None, 3, None]


@given(st.text(max_size=20))
def test_reading_never_fails_and_gives_plain_figures(text):
    number = read_number(text)

    assert number is None or number.replace(".", "", 1).isdecimal()


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_are_read_as_they_are(number):
    assert read_number(str(number)) == str(number)
