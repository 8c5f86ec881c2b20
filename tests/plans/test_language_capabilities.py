import pytest

from liandong.plans.language import CAPABILITY_LABELS, NEED, load, need_read, need_said
from liandong.plans.language.shelf import shipped_names, shipped_text


@pytest.mark.parametrize("key", CAPABILITY_LABELS)
@pytest.mark.parametrize("unit", ["", "组", "支队伍"])
def test_what_is_said_of_a_need_is_read_as_the_same(key, unit):
    need = {"capability": key, "quantity": 12} | ({"unit": unit} if unit else {})

    assert need_read(NEED.fullmatch(need_said(need))) == need


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("交通管制2组", {"capability": "traffic-control", "quantity": 2, "unit": "组"}),
        (
            "traffic-control 2 组",
            {"capability": "traffic-control", "quantity": 2, "unit": "组"},
        ),
        ("own-team 3", {"capability": "own-team", "quantity": 3}),
    ],
)
def test_needs_are_read_however_they_are_spaced_and_by_keys_too(said, expected):
    assert need_read(NEED.fullmatch(said)) == expected


@pytest.mark.parametrize("said", ["交通管制", "两组民警 2", "2 组", "交通管制 二 组"])
def test_what_is_no_need_is_not_read(said):
    assert NEED.fullmatch(said) is None


def test_everything_a_shipped_plan_needs_has_a_name():
    needs = {
        need.capability
        for name in shipped_names()
        for level in load(shipped_text(name)).levels.values()
        for step in level.steps
        for need in step.needs
    }

    assert needs <= CAPABILITY_LABELS.keys()
