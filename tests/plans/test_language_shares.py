import pytest

from liandong.plans.language import Shares, load, shares_of
from liandong.plans.queries import shipped_plans, shipped_text

HEAD = """
language: 1
plan: sample
title: 样本
kind: special
hazard: 11A
headquarters: flood-hq
levels:
  IV:
"""
RECORDED = """
    source: {status: recorded, cite: 甲}
    when: {any: [{deaths: {at_least: 1}}, {missing: {at_least: 1}, status: assumed}, {not_recorded: 第三款, status: not_recorded}]}
    decides: {all_of: [flood-office.director]}
    informs: [{post: flood-hq.commander, within: PT30M}]
    expected: P1D
    figures: {informs: {status: assumed}, expected: {status: assumed}, deadlines: {status: assumed}, steps: {status: assumed}}
    steps:
      - {id: one, do: order, to: water, text: 巡堤, acknowledge_within: PT5M, finish_within: PT1H, source: {status: recorded, cite: 甲}, figures: {to: {status: assumed}, finish_within: {status: recorded, cite: 甲}}}
      - {id: two, do: report, to: flood-office.director, text: 续报, every: PT6H}
"""  # fmt: skip
UNREAD = """
    source: {status: not_recorded, cite: 甲}
    decides: {all_of: [flood-office.director]}
    figures: {decides: {status: assumed}}
"""


def shares(level):
    return shares_of(load(HEAD + level).levels["IV"])


def test_clauses_roles_and_of_each_step_what_who_and_when_are_counted():
    # recorded: a clause, who decides, what and by when of the first step
    # assumed: a clause, informs, expected, the first's owner and reading back, all three of the second
    assert shares(RECORDED) == Shares(recorded=4, assumed=8, not_recorded=1)
    assert shares(RECORDED).total == 13


def test_conditions_that_were_not_found_are_one_figure():
    assert shares(UNREAD) == Shares(recorded=0, assumed=1, not_recorded=1)


@pytest.mark.parametrize("one", shipped_plans(), ids=lambda one: one.name)
def test_every_level_of_the_library_is_counted(one):
    levels = load(shipped_text(one.name)).highest_first()

    assert one.shares == tuple((key, shares_of(level)) for key, level in levels)
    assert all(each.total for _, each in one.shares)
