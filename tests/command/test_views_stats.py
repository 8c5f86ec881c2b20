"""The page that tells how each unit carries on."""

import pytest
from django.urls import reverse

from liandong.command.queries.load import loads, response_times
from liandong.command.views.stats import load_chart, pace_chart
from tests.command import county as places

pytestmark = pytest.mark.django_db


def page(client, incident):
    return client.get(reverse("command:stats", args=[incident.pk]))


def test_the_page_counts_by_unit(enter, county, flood, order):
    places.accepted(county.water, order)

    answer = page(enter("officer"), flood)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<th scope="row">县水利局</th>' in text
    assert answer.context["load_chart"]["names"] == ["县水利局"]
    assert answer.context["pace_chart"]["names"] == ["县水利局"]


def test_without_orders_it_says_what_will_stand_here(enter, flood):
    assert "还没有指令" in page(enter("officer"), flood).content.decode()


def test_a_unit_sees_its_own_orders_only(enter, county, flood, order):
    places.order(county.office, flood, county.posts["weather"])

    assert page(enter("water"), flood).context["load_chart"]["names"] == ["县水利局"]


def test_a_stranger_finds_no_page(enter, flood, order):
    assert page(enter("bystander"), flood).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_as_often_for_three_orders_as_for_one(
    many, enter, county, flood, django_assert_max_num_queries
):
    for name in ("water", "riverside", "weather")[:many]:
        places.order(county.office, flood, county.posts[name])
    client = enter("officer")
    page(client, flood)

    with django_assert_max_num_queries(20):
        page(client, flood)


def test_the_charts_say_their_units_and_leave_out_who_never_answered():
    assert load_chart(loads([]))["unit"] == "条"
    assert pace_chart(response_times([])) | {"series": []} == {
        "unit": "分钟",
        "names": [],
        "stacked": False,
        "series": [],
    }
