from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from liandong.plans.language import duration_label, read_duration, write_duration


@pytest.mark.parametrize(
    ("text", "minutes", "label"),
    [("PT5M", 5, "5分钟"), ("PT1H30M", 90, "1小时30分钟"), ("P2D", 2880, "2天"), ("P1W", 10080, "7天")],
)  # fmt: skip
def test_a_duration_is_read_and_said(text, minutes, label):
    length = read_duration(text)

    assert (length, duration_label(length)) == (timedelta(minutes=minutes), label)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "5", "P1M", "P1Y", "PT0M", "-PT5M", "PT5.5M", 5, None]
)
def test_months_zero_and_guesses_are_refused(text):
    with pytest.raises(PydanticCustomError):
        read_duration(text)


@given(
    st.timedeltas(timedelta(seconds=1), timedelta(days=999)).map(
        lambda t: t - timedelta(microseconds=t.microseconds)
    )
)
def test_what_is_written_reads_back_the_same(length):
    if length:
        assert read_duration(write_duration(length)) == length
