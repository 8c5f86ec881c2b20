import pytest

from liandong.plans.language.linting import check_texts
from liandong.plans.language.linting.example import SOUND, merged
from liandong.plans.language.yaml_text import read_yaml, write_yaml
from tests.plans.example import RELIEF


def found(change, *codes):
    text = write_yaml(merged(read_yaml(SOUND).data, read_yaml(change).data))
    return [(one.code, one.what) for one in check_texts([text]) if one.code in codes]


def levels(four, three="{burned_ha: {at_least: 50}}"):
    return f"levels: {{IV: {{when: {{any: [{four}]}}}}, III: {{when: {{any: [{three}]}}}}}}"


def test_a_gap_is_told_with_a_case_that_falls_into_it():
    change = levels("{burned_ha: {at_least: 10, below: 40}}")

    assert found(change, "LD101") == [
        ("LD101", "过火面积 25 公顷是Ⅳ级，过火面积 40 公顷却不落入任何一级")
    ]


def test_a_level_that_ends_with_nothing_above_leaves_a_gap():
    change = levels("{burned_ha: {at_least: 10, below: 50}}", "{deaths: {at_least: 3}}")

    assert found(change, "LD101") == [
        ("LD101", "过火面积 30 公顷是Ⅳ级，过火面积 50 公顷却不落入任何一级")
    ]


def test_what_nobody_has_read_may_lie_above_a_level():
    change = levels(
        "{burned_ha: {at_least: 10, below: 50}}",
        "{not_recorded: 原文缺页}, {deaths: {at_least: 3}}",
    )

    assert found(change, "LD101", "LD102") == []


def test_a_gap_beside_another_fact_is_found_in_its_company():
    change = levels(
        "{all: [{serious_injuries: {at_least: 1, below: 3}}, {spreading: true}]}",
        "{serious_injuries: {at_least: 5}}",
    )

    assert found(change, "LD101") == [
        (
            "LD101",
            "火势仍在蔓延 是、重伤 2 人是Ⅳ级，火势仍在蔓延 是、重伤 3 人却不落入任何一级",
        )
    ]


def test_levels_that_meet_at_a_number_have_neither_gap_nor_overlap():
    change = levels("{burned_ha: {at_least: 10, below: 50}}")

    assert found(change, "LD101", "LD102", "LD103", "LD104") == []


def test_where_both_bounds_include_the_number_it_is_in_both():
    change = "{bounds: closed, " + levels("{burned_ha: {at_least: 10, below: 50}}") + "}"

    assert found(change, "LD103", "LD104") == [
        ("LD104", "恰为界线：过火面积 50 公顷时，Ⅳ级与Ⅲ级都成立")
    ]


def test_an_overlap_is_told_with_a_case_that_is_in_both():
    change = levels("{burned_ha: {at_least: 10, below: 80}}")

    assert found(change, "LD103") == [("LD103", "过火面积 50 公顷时，Ⅳ级与Ⅲ级都成立")]


def test_a_level_without_upper_bound_may_go_on_below_a_higher_one():
    change = levels("{burned_ha: {at_least: 10}}")

    assert found(change, "LD101", "LD102", "LD103", "LD104", "LD105") == []


def test_a_worse_case_must_not_be_lower():
    change = levels("{burned_ha: {at_least: 50}}", "{burned_ha: {at_least: 10, below: 50}}")

    assert found(change, "LD102") == [
        ("LD102", "过火面积 30 公顷是Ⅲ级，过火面积 50 公顷反而只是Ⅳ级")
    ]


def test_less_may_be_worse():
    change = levels(
        "{burned_ha: {below: 60, at_least: 40}}",
        "{burned_ha: {below: 40}}",
    )

    assert found(change, "LD101", "LD102", "LD103") == []


def test_a_clause_that_a_higher_level_always_goes_with_never_counts():
    change = levels("{burned_ha: {at_least: 60}}, {superior_demands: true}")

    assert found(change, "LD105") == [("LD105", "凡满足Ⅳ级的这一款，必已达到Ⅲ级")]


@pytest.mark.parametrize(
    "clause",
    [
        "{all: [{spreading: true}, {spreading: false}]}",
        "{all: [{burned_ha: {at_least: 50}}, {burned_ha: {below: 20}}]}",
    ],
)
def test_parts_that_exclude_one_another_never_hold(clause):
    assert [code for code, _what in found(levels(clause), "LD106")] == ["LD106"]


def test_two_clauses_that_together_are_always_true_are_not_told_apart_from_each():
    change = levels("{spreading: true}, {burned_ha: {at_least: 10, below: 50}}")

    assert found(change, "LD107", "LD108") == []


def test_a_real_table_beside_a_second_one_raises_no_alarm():
    told = [one for one in check_texts([RELIEF]) if one.code in {"LD101", "LD102", "LD103"}]

    assert told == []
