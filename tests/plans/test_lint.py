import pytest

from liandong.plans.language.linting import rules
from tests.plans.counties import found_by

LIVING = [one for one in rules() if one.reads]


@pytest.mark.parametrize("one", LIVING, ids=lambda one: one.code)
def test_the_bad_example_of_a_rule_is_found(one):
    assert found_by(one, one.bad) != []


@pytest.mark.parametrize("one", LIVING, ids=lambda one: one.code)
def test_the_good_example_of_a_rule_is_not(one):
    assert found_by(one, one.good) == []


def test_a_body_that_was_renamed_is_guessed():
    unknown = next(one for one in LIVING if one.code == "LD702")

    told = found_by(unknown, "levels: {IV: {proposes: fire-office.directer}}")

    assert [one.what for one in told] == [
        "本县没有“fire-office.directer”，是否应为“fire-office.director”（fire-office.director）"
    ]
