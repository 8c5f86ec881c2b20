from datetime import timedelta

import pytest

from liandong.plans.language import Replacement, Step, load
from liandong.plans.language.problems import PlanInvalidError
from tests.plans.example import FOREST

BASE = {
    "id": "close-road",
    "do": "order",
    "to": "police",
    "text": "封路",
    "finish_within": "PT1H",
}


def test_another_post_is_asked_in_the_same_words():
    step = Step.model_validate(BASE | {"otherwise": ["transport", "militia.captain"]})

    assert step.alternatives == [
        Replacement(to="transport", text="封路", finish_within="PT1H"),
        Replacement(to="militia.captain", text="封路", finish_within="PT1H"),
    ]


def test_another_step_says_what_is_done_instead():
    step = Step.model_validate(BASE | {"otherwise": {"to": "transport", "text": "设卡劝返"}})

    [instead] = step.alternatives
    assert (instead.to, instead.text, instead.finish_within) == ("transport", "设卡劝返", None)
    assert step.finish_within == timedelta(hours=1)


def test_most_steps_have_no_alternative():
    assert Step.model_validate(BASE).alternatives == []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ("otherwise: []", "levels.IV.steps[0].otherwise"),
        ("otherwise: {to: transport}", "levels.IV.steps[0].otherwise.text"),
        ("same_as: flood", "levels.IV.steps[0].same_as"),
    ],
)
def test_what_is_wrong_with_an_alternative_is_named_with_its_place(wrong, place):
    text = FOREST.replace("{id: notify,", f"{{id: notify, {wrong},")

    with pytest.raises(PlanInvalidError) as refusal:
        load(text)

    assert [flaw.place for flaw in refusal.value.flaws] == [place]
