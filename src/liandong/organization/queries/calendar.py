"""Years whose holidays were entered by hand."""

from liandong.kernel import working_days
from liandong.organization.models import CalendarYear


@working_days.entered_in
def entered_year(year: int) -> working_days.Year | None:
    """What a county entered of a year; None where it did not."""
    row = CalendarYear.objects.filter(pk=year).first()
    if row is None:
        return None
    return working_days.Year(frozenset(row.holidays), frozenset(row.workdays))


def calendar_years() -> list[CalendarYear]:
    """Return the years that were entered, the latest first."""
    return list(CalendarYear.objects.order_by("-year"))
