from datetime import datetime

import pytest

from liandong.monitoring.signals.seasons import Season, is_day, meets


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")


@pytest.mark.parametrize(
    ("first", "last", "day", "holds"),
    [
        ("", "", "2026-01-01", True),
        ("0601", "0930", "2026-05-31", False),
        ("0601", "0930", "2026-06-01", True),
        ("0601", "0930", "2026-09-30", True),
        ("0601", "0930", "2026-10-01", False),
        ("1101", "0315", "2026-12-31", True),
        ("1101", "0315", "2027-01-01", True),
        ("1101", "0315", "2027-03-15", True),
        ("1101", "0315", "2027-03-16", False),
        ("1101", "0228", "2028-02-29", True),
        ("1101", "0228", "2028-03-01", False),
        ("0229", "0430", "2027-02-28", False),
        ("0229", "0430", "2027-03-01", True),
        ("0229", "0430", "2028-02-29", True),
    ],
)
def test_both_days_are_in_it_over_the_years_end_and_in_leap_years(first, last, day, holds):
    assert Season(first, last).holds(noon(day)) is holds


def test_the_day_is_that_of_beijing():
    assert Season("0601", "0601").holds(datetime.fromisoformat("2026-05-31T16:00:00+00:00"))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("0601", True),
        ("0229", True),
        ("0230", False),
        ("1301", False),
        ("0600", False),
        ("6.1", False),
    ],
)
def test_a_day_is_one_that_some_year_has(text, known):
    assert is_day(text) is known


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (("0615", "0815"), ("0816", "0930"), False),
        (("0615", "0815"), ("0815", "0930"), True),
        (("1101", "0315"), ("0301", "0401"), True),
        (("1101", "0315"), ("0316", "1031"), False),
        (("", ""), ("0101", "0101"), True),
        (("0101", "1231"), ("0501", "0601"), True),
    ],
)
def test_seasons_meet_when_they_share_a_day(one, other, share):
    assert meets(Season(*one), Season(*other)) is share
    assert meets(Season(*other), Season(*one)) is share
