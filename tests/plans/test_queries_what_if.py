from datetime import UTC, datetime

import pytest

from liandong.plans.language import Known, load
from liandong.plans.queries import Book, shipped_text, supposed

NOW = datetime(2026, 7, 14, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def answer(name, **facts):
    known = {key: Known(value=value) for key, value in facts.items()}
    return supposed(load(shipped_text(name)), known, {}, NOW, Book())


def test_no_level_met_orders_nobody_anything():
    found = answer("flood")

    assert (found.level, found.steps, found.grading.at_least) == (None, (), None)


def test_the_steps_are_those_of_the_highest_level_met_and_of_those_it_builds_on():
    found = answer("flood", levee_danger="serious")

    assert (found.level.label, found.level.builds_on) == ("Ⅲ级", "Ⅳ级")
    plan = load(shipped_text("flood"))
    assert [one.line.id for one in found.steps] == [step.id for step in plan.steps_of("III")]
    assert all(one.chair.is_missing for one in found.steps)  # an empty county


def test_what_is_supposed_holds_a_step_back_or_lets_it_begin():
    facts = {"burned_ha": 12, "open_flame_out": False}
    waiting = {one.line.id: one for one in answer("forest_fire", **facts).steps}
    begun = {
        one.line.id: one
        for one in answer("forest_fire", **facts | {"open_flame_out": True}).steps
    }

    assert (waiting["mop-up"].waits_for, begun["mop-up"].waits_for) == ("not_met", "met")
