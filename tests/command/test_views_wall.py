import pytest
from django.urls import reverse

from liandong.command.views.wall import PARTS
from tests.command import county as places

pytestmark = pytest.mark.django_db


def test_the_wall_shows_incident_figures_and_what_runs_out(enter, county, flood, order):
    answer = enter("officer").get(reverse("command:wall"))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-theme="wall"' in text
    for said in ("清溪河洪水", "封闭漫水桥 2 座", "现在要盯", "未办完指令", "未报"):
        assert said in text


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_part_of_the_wall_can_be_asked_for_again(name, enter, flood, order):
    answer = enter("officer").get(reverse(f"command:wall_{name}"))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'hx-get="{reverse(f"command:wall_{name}")}"' in text
    assert "<html" not in text


def test_what_does_not_fit_is_counted(enter, county, flood):
    for _one in range(8):
        places.order(county.office, flood, county.posts["water"])

    text = enter("officer").get(reverse("command:wall_watch")).content.decode()

    assert text.count("封闭漫水桥 2 座") == 6
    assert "另有 2 条" in text


@pytest.mark.parametrize("many", [1, 3])
def test_the_wall_asks_as_often_for_three_orders_as_for_one(
    many, enter, county, flood, django_assert_max_num_queries
):
    for _one in range(many):
        places.order(county.office, flood, county.posts["water"])
    client = enter("officer")
    client.get(reverse("command:wall_watch"))

    with django_assert_max_num_queries(12):
        client.get(reverse("command:wall_watch"))


def test_a_unit_sees_only_its_own_orders_on_the_wall(enter, county, flood, order):
    text = enter("bystander").get(reverse("command:wall")).content.decode()

    assert "清溪河洪水" not in text
    assert "封闭漫水桥" not in text
