from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.pack import CHANGED, GONE, NEW, changes_between

ROWS = st.dictionaries(st.text(max_size=3), st.tuples(st.text(max_size=3), st.text(max_size=3)))


def pack(rows):
    listed = [{"key": key, "cells": list(cells)} for key, cells in rows.items()]
    section = {"key": "facts", "title": "核实情况", "head": ["情况", "数值"], "rows": listed}
    return {"sections": [section]}


@given(ROWS)
def test_what_is_the_same_has_not_changed(rows):
    assert changes_between(pack(rows), pack(rows)) == []


@given(ROWS, ROWS)
def test_each_row_that_differs_is_told_once_and_none_besides(before, after):
    told = changes_between(pack(before), pack(after))

    kinds = [one.kind for one in told]
    assert kinds.count(NEW) == len(after.keys() - before.keys())
    assert kinds.count(GONE) == len(before.keys() - after.keys())
    changed = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    assert kinds.count(CHANGED) == len(changed)


@given(ROWS, ROWS)
def test_comparing_the_other_way_round_turns_new_into_gone(before, after):
    there = changes_between(pack(before), pack(after))
    back = changes_between(pack(after), pack(before))

    assert sum(one.kind == NEW for one in there) == sum(one.kind == GONE for one in back)


def test_of_a_changed_row_only_the_columns_that_changed_are_told():
    (told,) = changes_between(pack({"a": ("水位", "52")}), pack({"a": ("水位", "53")}))

    assert (told.section, told.name, told.fields) == (
        "核实情况",
        "水位",
        (("数值", "52", "53"),),
    )


def test_against_nothing_everything_is_new():
    told = changes_between({}, pack({"a": ("水位", "52")}))

    assert [one.kind for one in told] == [NEW]
