import pytest

from liandong.command.models import Order
from liandong.command.queries import board, board_chips, board_with
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(county, flood):
    """Five orders that were checked, two recalled, one that is waited for."""
    for _one in range(8):
        places.order(county.office, flood, county.posts["water"])
    Order.objects.filter(number__lte=5).update(state="checked")
    Order.objects.filter(number__in=[6, 7]).update(state="recalled")
    return flood


def test_of_what_nobody_waits_for_the_newest_are_read_and_the_rest_counted(county, full):
    groups = {one.key: one for one in board(county.office, full, clock.now(ACTUAL), past=2)}

    done, void = groups["done"], groups["void"]
    assert [row.order.number for row in done.rows] == [5, 4]
    assert (done.count, done.beyond, done.unread) == (5, 3, {"checked": 3})
    assert (void.count, void.beyond) == (2, 0)
    assert [row.order.number for row in groups["waiting"].rows] == [8]
    chips = {one.state: one.count for one in board_chips(list(groups.values()))}
    assert chips == {"issued": 1, "checked": 5, "recalled": 2}


def test_one_state_of_them_is_read_whole(county, full):
    groups = board(county.office, full, clock.now(ACTUAL))

    [done] = board_with(groups, "checked")
    assert (len(done.rows), done.beyond) == (5, 0)


@pytest.mark.parametrize("many", [1, 3])
def test_the_board_asks_as_often_for_three_orders_as_for_one(
    many, county, flood, django_assert_num_queries
):
    for _one in range(many):
        places.order(county.office, flood, county.posts["water"])

    with django_assert_num_queries(3):
        board(county.office, flood, clock.now(ACTUAL), past=30)
