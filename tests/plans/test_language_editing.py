import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.plans.language import shipped_names, shipped_text
from liandong.plans.language.editing import (
    Edit,
    UneditableError,
    absent,
    at_path,
    edited,
    named_path,
    settled_path,
)
from liandong.plans.language.yaml_text import read_yaml
from tests.plans.example import FOREST

SMALL = """\
# 为什么这样写
language: 1
title: 预案  # 名称
levels:
  # 最低一级
  Ⅳ级:
    decides: {all_of: [a.b, c]}
    steps:
      # 先做
      - id: one
        text: 甲   # 甲说
      # 后做
      - {id: two, text: 乙}
"""


def paths(data, at=()):
    if at:
        yield at
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in inner:
        yield from paths(value, (*at, key))


def others(data, path):
    """Every leaf that does not stand at a path."""
    return {
        one: at_path(data, one)
        for one in paths(data)
        if one[: len(path)] != path and not isinstance(at_path(data, one), dict | list)
    }


def test_a_value_is_written_in_its_place_and_nothing_else_moves():
    text = edited(
        SMALL, Edit(deed="put", path=("levels", "IV", "steps", "one", "text"), value="丙")
    )

    assert text == SMALL.replace("甲   # 甲说", "丙   # 甲说")


def test_a_missing_value_is_written_where_plans_usually_have_it():
    path = ("levels", "IV", "steps", "one", "do")

    text = edited(SMALL, Edit(deed="put", path=path, value="order"))

    assert text == SMALL.replace("- id: one\n", "- id: one\n        do: order\n")


def test_what_a_value_stands_in_is_made():
    text = edited(SMALL, Edit(deed="put", path=("document", "number"), value="1号"))

    assert text == SMALL.replace("levels:\n", "document: {number: 1号}\nlevels:\n")


def test_an_item_moves_with_the_comment_above_it():
    text = edited(SMALL, Edit(deed="move", path=("levels", "IV", "steps", "two"), to=0))

    first = "      # 先做\n      - id: one\n        text: 甲   # 甲说\n"
    second = "      # 后做\n      - {id: two, text: 乙}\n"
    assert text == SMALL.replace(first + second, second + first)


def test_the_last_item_taken_leaves_an_empty_list():
    once = edited(SMALL, Edit(deed="remove", path=("levels", "IV", "steps", "one")))

    twice = edited(once, Edit(deed="remove", path=("levels", "IV", "steps", "two")))

    assert read_yaml(twice).data["levels"]["Ⅳ级"]["steps"] == []
    assert twice.startswith(SMALL[: SMALL.index("    steps")])


def test_a_list_written_anew_touches_only_what_differs():
    clauses = at_path(read_yaml(FOREST).data, ("levels", "IV", "when", "any"))
    wanted = [*clauses[:2], {"deaths": {"at_least": 1}}, *clauses[2:]]

    text = edited(FOREST, Edit(deed="put", path=("levels", "IV", "when", "any"), value=wanted))

    line = "        - {deaths: {at_least: 1}}\n"
    assert text.replace(line, "") == FOREST


@pytest.mark.parametrize(
    "edit",
    [
        Edit(deed="remove", path=("levels", "III")),
        Edit(deed="move", path=("levels", "IV", "steps", "one"), to=9),
        Edit(deed="put", path=("title", "x"), value=1),
        Edit(deed="insert", path=("levels", "IV", "decides", 0), value=1),
    ],
)
def test_a_place_that_is_not_there_is_refused(edit):
    with pytest.raises(UneditableError):
        edited(SMALL, edit)


def test_names_hold_where_places_move():
    data = read_yaml(SMALL).data

    assert named_path(("levels", "Ⅳ级", "steps", 1, "text"), data)[-2:] == ("two", "text")
    assert settled_path(("levels", "IV", "steps", "two"), data) == ("levels", "Ⅳ级", "steps", 1)
    assert at_path(data, ("levels", "Ⅳ级", "steps", 7)) is absent


words = st.text("甲乙 ab:#,[]{}'\"-\n01.|>&*!%@~", max_size=12)
values = st.one_of(
    words,
    st.integers(-5, 500),
    st.booleans(),
    st.lists(words, max_size=3),
    st.dictionaries(st.sampled_from(["at_least", "below", "cite"]), words, max_size=3),
)


@settings(max_examples=60)
@given(st.data())
def test_an_edit_changes_its_place_and_every_other_value_and_comment_stays(data):
    text = shipped_text(data.draw(st.sampled_from(shipped_names())))
    before = read_yaml(text).data
    path = data.draw(st.sampled_from(list(paths(before))))
    value = data.draw(values)

    made = edited(text, Edit(deed="put", path=path, value=value))

    after = read_yaml(made).data
    assert at_path(after, path) == value
    assert others(after, path) == others(before, path)
    kept = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in made.splitlines() if line in kept] == kept


@settings(max_examples=40)
@given(st.data())
def test_taking_and_moving_leave_all_else_alone(data):
    text = shipped_text(data.draw(st.sampled_from(shipped_names())))
    before = read_yaml(text).data
    path = data.draw(
        st.sampled_from([one for one in paths(before) if isinstance(one[-1], int)])
    )
    around = at_path(before, path[:-1])
    to = data.draw(st.integers(0, len(around) - 1))

    moved = read_yaml(edited(text, Edit(deed="move", path=path, to=to))).data
    taken = read_yaml(edited(text, Edit(deed="remove", path=path))).data

    rest = [*around[: path[-1]], *around[path[-1] + 1 :]]
    assert at_path(taken, path[:-1]) == rest
    assert at_path(moved, path[:-1]) == [*rest[:to], around[path[-1]], *rest[to:]]
    assert others(moved, path[:-1]) == others(taken, path[:-1]) == others(before, path[:-1])
