import pytest

from liandong.plans.language import Known, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("warning_measures"))


@pytest.mark.parametrize(
    ("color", "level", "measures"),
    [("蓝", "IV", 5), ("黄", "III", 5), ("橙", "II", 13), ("红", "I", 13)],
)
def test_a_warning_has_the_measures_of_its_level(color, level, measures):
    graded = grade(PLAN, {"warning_level": Known(value=color)})

    assert graded.at_least == level
    assert graded.still_open == ()
    assert len(PLAN.steps_of(level)) == measures


def test_every_measure_names_the_item_of_the_law_it_comes_from():
    items = [step.source.cite.split("；")[0] for step in PLAN.steps_of("I")]

    sixty_six = [f"应对法 第六十六条({n})" for n in "一二三四五"]
    sixty_seven = [f"应对法 第六十七条({n})" for n in "一二三四五六七八"]
    assert items == sixty_six + sixty_seven


def test_who_does_it_and_how_soon_is_said_to_be_assumed():
    for level in PLAN.levels.values():
        assert level.source_of("deadlines").status == "assumed"
        assert all("假定" in step.source.cite for step in level.steps)
