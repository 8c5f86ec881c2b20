import pytest

from liandong.command.states import (
    DONE,
    LIVE,
    ORDER_MOVES,
    REPORT_MOVES,
    UNANSWERED,
    UNDER_WAY,
    VOID,
    OrderState,
    ReportState,
)


def test_every_order_is_live_or_done_or_void():
    assert set(OrderState) == LIVE | DONE | VOID
    assert len(LIVE) + len(DONE) + len(VOID) == len(OrderState)
    assert UNANSWERED | UNDER_WAY | {OrderState.DECLINED} == LIVE


@pytest.mark.parametrize("state", sorted(LIVE))
def test_every_live_order_can_be_recalled(state):
    assert OrderState.RECALLED in ORDER_MOVES.table[state]


def test_every_state_of_an_order_can_be_reached():
    reached, before = {OrderState.ISSUED}, set()
    while reached != before:
        before = set(reached)
        reached |= {after for state in before for after in ORDER_MOVES.table[state]}

    assert reached == set(OrderState)


def test_what_was_sent_stays_as_it_was():
    assert REPORT_MOVES.is_final(ReportState.SENT)
