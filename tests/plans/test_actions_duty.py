import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden
from liandong.kernel.timers import Timer
from liandong.plans.actions import remind_of_duty
from tests.people import office
from tests.plans import lives

pytestmark = pytest.mark.django_db


def told():
    rows = Entry.objects.filter(name="plans.duty_fell_due").order_by("id")
    return [(f["what"], f["due_on"]) for f in (json.loads(r.payload.text) for r in rows)]


def clocks():
    rows = Timer.objects.filter(kind="plans.duty_due").order_by("due_at", "label")
    return [(one.label, f"{one.due_at:%F}") for one in rows]


def test_what_is_owed_has_a_clock_that_rings_ahead(at):
    at("2026-09-28T10:00")

    lives.issued()

    assert clocks() == [
        ("filing", "2026-10-20"),
        ("publication", "2026-10-20"),
        ("drill", "2029-06-30"),
        ("evaluation", "2029-06-30"),
    ]


def test_it_is_told_ahead_and_once_more_when_the_day_is_over(at, work):
    at("2026-09-28T10:00")
    lives.published(lives.issued())

    for moment in ("2026-10-20T09:01", "2026-10-31T09:01", "2026-12-01T09:01"):
        at(moment)
        work()

    assert told() == [("备案", "2026-10-30"), ("备案", "2026-10-30")]
    assert "filing" not in dict(clocks())


def test_what_was_done_meanwhile_is_not_told(at, work):
    at("2026-09-28T10:00")
    lives.filed(lives.published(lives.issued()))

    at("2026-12-01T09:01")
    work()

    assert told() == []


def test_where_a_year_has_no_calendar_it_looks_again_every_week_and_guesses_nothing(at, work):
    at("2031-12-20T10:00")

    version = lives.issued()

    assert clocks()[:2] == [("filing", "2031-12-27"), ("publication", "2031-12-27")]
    at("2031-12-27T10:01")
    work()
    assert (told(), clocks()[0]) == ([], ("filing", "2032-01-03"))
    assert version.state == "in_force"


def test_a_plan_that_holds_no_longer_owes_nothing(at):
    from liandong.plans.actions import adopt_version
    from tests.plans.example import FOREST

    at("2026-09-28T10:00")
    first = lives.issued()
    adopt_version(office(), text=FOREST + "\n")

    assert not Timer.objects.filter(kind="plans.duty_due", subject_id=str(first.pk)).exists()


def test_nobody_but_the_calendar_reminds():
    with pytest.raises(Forbidden):
        remind_of_duty(office(), version=lives.draft(), what="filing")
