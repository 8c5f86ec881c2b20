from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.casualties import (
    Figures,
    conservation_hint,
    demand_explained,
    moved_figures,
    settled,
    told_figures,
)
from liandong.kernel.problems import Invalid

few = st.integers(min_value=0, max_value=50)


def before(**known):
    return SimpleNamespace(
        **({"dead": None, "missing": None, "injured": None, "relocated": None} | known)
    )


@given(dead=few, missing=few, died=few, found=few, struck=few, new=few)
def test_whoever_leaves_the_missing_with_a_fate_is_balanced(
    dead, missing, died, found, struck, new
):
    # Of those missing before, ``missing`` still are; ``new`` were heard of since.
    left = died + found + struck
    now = Figures(
        dead=dead + died,
        missing=missing + new,
        missing_died=died,
        missing_found=found,
        missing_struck=struck,
    )

    demand_explained(before(dead=dead, missing=missing + left), now, "重名")


@given(dead=few, still=few, told=few, silent=st.integers(min_value=1, max_value=50))
def test_nobody_vanishes_from_the_missing(dead, still, told, silent):
    now = Figures(dead=dead, missing=still, missing_found=told)

    with pytest.raises(Invalid):
        demand_explained(before(dead=dead, missing=still + told + silent), now, "另有说明")


def test_the_dead_rose_by_those_who_left_the_missing():
    now = settled(before(dead=0, missing=2), Figures(dead=2, missing=0))

    assert now.missing_died == 2
    assert conservation_hint(before(dead=0, missing=2), Figures(dead=2, missing=0)) == ""


def test_nobody_is_said_to_be_dead_whom_somebody_found():
    figures = Figures(dead=2, missing=0, missing_found=2)

    assert settled(before(dead=0, missing=2), figures) == figures


def test_the_hint_says_how_many_stand_nowhere():
    hint = conservation_hint(
        before(dead=0, missing=5), Figures(dead=0, missing=2, missing_found=1)
    )

    assert hint == "失联减少 2 人：请写明转死亡、已找到、核减各几人。"


def test_people_who_were_relocated_go_home_without_an_explanation():
    demand_explained(before(relocated=63), Figures(relocated=10), "")


def test_only_what_moved_is_said():
    moved = moved_figures(before(dead=1, injured=4), Figures(dead=1, injured=6))

    assert moved == ["受伤由 4 人增至 6 人"]
    assert told_figures(Figures(dead=0, relocated=63)) == ["死亡 0 人", "转移 63 人"]
