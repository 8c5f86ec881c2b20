from datetime import date
from decimal import Decimal

import pytest

from liandong.monitoring.queries import sheet_of
from tests.factories import organization as make
from tests.monitoring.filed import GOOD, NEXT_WEEK, asked, asked_again, clerk_of, filed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def test_units_by_periods_and_what_they_add_up_to(office, cdc, at):
    health = make.body("health", name="县卫健局")
    form = asked(office, [cdc, health])
    filed(form, cdc)
    filed(form, health, GOOD | {"flu": "8"})
    at("2026-07-20T08:00")
    asked_again(form)
    filed(form, cdc, GOOD | {"flu": "15"}, from_on=NEXT_WEEK)
    at("2026-07-20T10:01")

    sheet = sheet_of(clerk_of(office), form)

    assert [[cell.word for cell in row[-2:]] for _body, row in sheet.rows] == [
        ["已报", "已报"],
        ["已报", "逾期未报"],
    ]
    flu = sheet.totals[0]
    assert flu.sums[-2:] == [Decimal(20), Decimal(15)]
    assert (flu.change, flu.filed, flu.year_ago) == (Decimal(-5), 1, None)
    assert flu.sums[0] is None


def test_the_same_period_last_year_stands_beside(office, cdc, at):
    at("2025-07-14T08:00")
    form = asked(office, [cdc], starts_on=date(2025, 7, 7))
    filed(form, cdc, from_on=form.filings.get().from_on)
    at("2026-07-13T08:00")
    asked_again(form)

    assert sheet_of(clerk_of(office), form).totals[0].year_ago == Decimal(12)
