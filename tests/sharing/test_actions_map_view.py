import pytest

from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.sharing.actions import drop_map_view, save_map_view
from liandong.sharing.actions.map_view import MOST_VIEWS
from liandong.sharing.models import MapView
from liandong.sharing.queries import map_views
from tests.sharing.people import keeper_of, neighbor

pytestmark = pytest.mark.django_db
QUERY = "shape=circle&points=105.05%2C28.65&km=2"


def test_a_question_of_the_same_name_takes_the_place_of_the_earlier(land):
    keeper = keeper_of(land)
    save_map_view(keeper, name=" 城区 ", query="shape=polygon")

    save_map_view(keeper, name="城区", query=QUERY)

    assert [(one.name, one.query) for one in map_views(keeper)] == [("城区", QUERY)]


@pytest.mark.parametrize(("name", "query"), [(" ", QUERY), ("城区", ""), ("城区", "x" * 8001)])
def test_a_question_without_a_name_or_without_anything_asked_is_refused(land, name, query):
    with pytest.raises(Invalid, match="没有可以保存的查询"):
        save_map_view(keeper_of(land), name=name, query=query)


def test_there_is_an_end_to_how_many_one_keeps(land):
    keeper = keeper_of(land)
    for number in range(MOST_VIEWS):
        save_map_view(keeper, name=str(number), query=QUERY)

    save_map_view(keeper, name="0", query="shape=river")
    with pytest.raises(Invalid, match="已有 50 个"):
        save_map_view(keeper, name="又一个", query=QUERY)


def test_one_drops_ones_own_and_nobody_elses(land):
    mine = save_map_view(keeper_of(land), name="城区", query=QUERY, is_shared=True)
    MapView.objects.update(account="somebody")
    mine.refresh_from_db()

    with pytest.raises(Missing, match="不是您保存的"):
        drop_map_view(neighbor(), view=mine)
    MapView.objects.update(account="")
    mine.refresh_from_db()
    drop_map_view(keeper_of(land), view=mine)

    assert not MapView.objects.exists()


def test_a_drill_keeps_nothing(land):
    with pytest.raises(Forbidden):
        save_map_view(keeper_of(land, realm="drill-1"), name="城区", query=QUERY)
