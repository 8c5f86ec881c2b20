import re

import pytest

from liandong.plans.language.linting import check_texts, check_up, example_plans, rule, rules
from liandong.plans.language.linting.example import SOUND
from liandong.plans.language.linting.rule import Gravity

OVER_TEXT = [one for one in rules() if one.reads is None]


def test_the_plan_examples_are_made_of_has_nothing_wrong():
    assert check_texts([SOUND]) == []


@pytest.mark.parametrize("one", OVER_TEXT, ids=lambda one: one.code)
def test_the_bad_example_of_a_rule_is_found(one):
    assert check_up(example_plans(one.bad), [one]) != []


@pytest.mark.parametrize("one", OVER_TEXT, ids=lambda one: one.code)
def test_the_good_example_of_a_rule_is_not(one):
    assert check_up(example_plans(one.good), [one]) == []


def test_every_finding_says_what_and_where():
    for one in OVER_TEXT:
        for finding in check_up(example_plans(one.bad), [one]):
            assert (finding.what != "", finding.place != "", one.remedy[-1]) == (
                True,
                True,
                "。",
            )


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match="LD101"):
        rule("LD101", Gravity.MUST, "又一条", remedy="", bad="", good="")(lambda plan: ())


def test_only_articles_that_were_read_are_cited():
    read = {"《突发事件应对法》", "《突发事件应急预案管理办法》"}

    for one in rules():
        assert not one.basis or any(one.basis.startswith(law) for law in read), one.code


@pytest.mark.parametrize("one", rules(), ids=lambda one: one.code)
def test_a_remedy_speaks_the_words_of_the_form_and_those_of_the_text_in_brackets(one):
    outside = re.sub("（[^（）]*）", "", str(one.remedy))

    assert re.findall("[a-z_]{2,}", outside) == []
