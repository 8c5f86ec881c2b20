import pytest

from liandong.command.actions import decline_order, dispatch_order, recall_order
from liandong.command.models import Order
from liandong.command.queries import board, folded
from liandong.kernel import clock
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(county, flood):
    posts = [county.posts[name] for name in ("water", "riverside", "weather")]
    dispatch_order(county.office, incident=flood, to_posts=posts, text="清点救生衣")
    return list(Order.objects.order_by("number"))


def shown(county, flood):
    return folded(board(county.officer, flood, clock.now(flood.realm)))


def test_many_orders_of_one_dispatch_are_one_row(county, flood, three):
    places.order(county.office, flood, county.posts["water"])

    (group,) = shown(county, flood)

    assert (group.key, group.count, len(group.rows)) == ("waiting", 4, 1)
    (fold,) = group.folds
    assert [row.order.number for row in fold.rows] == [1, 2, 3]
    assert (fold.unanswered, fold.read_back, fold.declined, fold.done) == (3, 0, 0, 0)
    assert fold.due_at == three[0].acknowledge_by


def test_it_stands_where_the_one_stands_that_wants_people_most(county, flood, three):
    places.accepted(county.water, three[0], back="清点救生衣")
    decline_order(county.riverside, order=three[1], reason="断路", expected_version=1)

    (group,) = shown(county, flood)

    assert group.key == "attention"
    (fold,) = group.folds
    assert (fold.unanswered, fold.read_back, fold.declined) == (1, 1, 1)


def test_what_was_taken_back_does_not_count_and_one_alone_is_a_row(county, flood, three):
    recall_order(county.office, order=three[0], reason="误发", expected_version=1)
    (waiting, void) = shown(county, flood)
    two = [len(fold.rows) for fold in waiting.folds]
    recall_order(county.office, order=three[1], reason="误发", expected_version=1)

    (last, void) = shown(county, flood)

    assert (two, last.folds, len(last.rows), len(void.rows)) == ([2], [], 1, 2)
