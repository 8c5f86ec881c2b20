from datetime import date

import pytest

from liandong.kernel import working_days


@pytest.fixture(autouse=True)
def _nobody_entered_a_year(monkeypatch):
    """Only what the package holds: the apps above know years of a county."""
    monkeypatch.setattr(working_days, "_entered", [])


def test_a_deadline_of_working_days_passes_over_the_national_holiday():
    """Issued on Monday 2026-09-28: the twentieth working day after it is 2026-10-30."""
    assert working_days.after(date(2026, 9, 28), 20) == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # a holiday
        (date(2026, 10, 10), True),  # a Saturday made up for
        (date(2026, 10, 11), False),
        (date(2026, 10, 12), True),
        (date(2032, 1, 5), None),  # no calendar for that year
    ],
)
def test_whether_people_work(day, works):
    assert working_days.is_working(day) is works


def test_a_year_without_a_calendar_has_no_answer():
    assert working_days.after(date(2031, 12, 20), 20) is None
    assert working_days.between(date(2031, 12, 20), date(2032, 1, 9)) is None


@pytest.mark.parametrize(
    ("day", "end", "left"),
    [
        (date(2026, 9, 28), date(2026, 10, 30), 20),
        (date(2026, 10, 30), date(2026, 10, 30), 0),
        (date(2026, 11, 3), date(2026, 10, 30), -2),
    ],
)
def test_the_working_days_that_are_left(day, end, left):
    assert working_days.between(day, end) == left


def test_a_day_is_a_holiday_a_weekend_or_a_working_day():
    found = working_days.kinds(date(2026, 10, 9), date(2026, 10, 11))

    assert [str(one) for one in found.values()] == ["working", "working", "weekend"]
    assert working_days.kinds(date(2026, 10, 1), date(2026, 10, 1)) == {
        date(2026, 10, 1): working_days.DayKind.HOLIDAY
    }


def test_a_year_that_was_entered_is_asked_for_once():
    year = working_days.Year(frozenset({date(2032, 1, 1)}), frozenset({date(2032, 1, 3)}))
    asked = []
    working_days.entered_in(lambda number: asked.append(number) or year)

    assert working_days.between(date(2031, 12, 31), date(2032, 1, 5)) == 3
    assert (asked, working_days.is_published(2026), working_days.is_published(2032)) == (
        [2032],
        True,
        False,
    )
