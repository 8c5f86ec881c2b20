from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.plans.language.merging import ClashError, merged

BASE = "一\n二\n三\n四\n五\n"


def test_changes_of_different_lines_are_brought_together():
    theirs, mine = BASE.replace("二", "贰"), BASE.replace("四\n", "")

    assert merged(BASE, theirs, mine) == "一\n贰\n三\n五\n"


def test_lines_that_both_wrote_alike_are_no_clash():
    both = BASE.replace("二", "贰")

    assert merged(BASE, both, both + "六\n") == both + "六\n"


def test_lines_that_both_changed_are_told():
    with pytest.raises(ClashError) as refused:
        merged(BASE, BASE.replace("二", "贰"), BASE.replace("二", "两"))

    (clash,) = refused.value.clashes
    assert (clash.line, clash.before, clash.theirs, clash.mine) == (2, "二\n", "贰\n", "两\n")


def test_two_additions_at_one_place_are_a_clash():
    with pytest.raises(ClashError):
        merged(BASE, BASE + "六\n", BASE + "陆\n")


def test_every_clash_is_told_and_my_lines_hold_where_i_say_so():
    theirs = BASE.replace("一", "壹").replace("三", "叁").replace("五", "伍")
    mine = BASE.replace("一", "甲").replace("五", "戊") + "六\n"

    with pytest.raises(ClashError) as refused:
        merged(BASE, theirs, mine)

    assert [one.line for one in refused.value.clashes] == [1, 5]
    assert merged(BASE, theirs, mine, mine_holds=True) == "甲\n二\n叁\n四\n戊\n六\n"


def test_a_wide_change_is_held_against_all_that_it_covers():
    mine = BASE.replace("二\n三\n四\n", "中\n")
    theirs = BASE.replace("二", "贰").replace("四", "肆")

    with pytest.raises(ClashError) as refused:
        merged(BASE, theirs, mine)

    (clash,) = refused.value.clashes
    assert (clash.before, clash.theirs, clash.mine) == ("二\n三\n四\n", "贰\n三\n肆\n", "中\n")


texts = st.lists(st.sampled_from("abc"), max_size=8).map(lambda p: "".join(f"{c}\n" for c in p))


@given(texts, texts)
def test_what_only_one_changed_is_theirs(base, other):
    assert merged(base, other, base) == other
    assert merged(base, base, other) == other
    assert merged(base, other, other) == other


@given(texts, texts, texts)
def test_my_lines_can_always_hold(base, one, two):
    found = merged(base, one, two, mine_holds=True)

    with suppress(ClashError):
        assert merged(base, one, two) == found
