import pytest
from django.urls import reverse

from liandong.command.actions import merge_incidents, note_incident, record_incident_facts
from tests.command import county as places
from tests.command.test_actions_special_period import declared


def page_of(client, incident):
    return client.get(reverse("command:situation", args=[incident.pk]))


def test_everything_of_an_incident_stands_on_one_sheet(enter, county, flood, version, work):
    places.decide(county.office, flood, version)
    declared(county.office)
    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="县气象局"
    )
    work()

    answer = page_of(enter("officer"), flood)

    text = answer.content.decode()
    assert answer.status_code == 200
    for said in (
        "清溪河洪水",
        flood.number,
        "Ⅳ级响应",
        "启动Ⅳ级响应",
        "加密水情监测",
        "县水利局",
        "李明",
        "应报",
        "森林禁火期（全县）",
        "县气象局",
        "<svg",
        "流水",
    ):
        assert said in text, said


def test_what_was_merged_into_it_stands_on_the_sheet(enter, county, flood, work):
    other = places.incident(county.officer, title="河口镇进水", place="河口镇老街")
    note_incident(county.officer, incident=other, text="老街三户进水")
    merge_incidents(
        county.officer, incident=other, into=flood, reason="同一场", expected_version=1
    )
    work()

    assert "老街三户进水" in page_of(enter("officer"), flood).content.decode()


def test_the_room_leads_there_with_one_button(enter, flood):
    text = enter("officer").get(reverse("command:room", args=[flood.pk])).content.decode()

    assert reverse("command:situation", args=[flood.pk]) in text
    assert "打印全部现场情况" in text


def test_a_unit_finds_only_what_it_may_see_on_it(enter, county, flood, order):
    places.order(county.office, flood, county.posts["weather"], text="滚动预报")

    water = page_of(enter("water"), flood).content.decode()
    stranger = page_of(enter("bystander"), flood)

    assert "封闭漫水桥 2 座" in water
    assert "滚动预报" not in water
    assert stranger.status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_as_often_for_three_orders_as_for_one(
    many, enter, county, flood, django_assert_max_num_queries
):
    for _one in range(many):
        places.order(county.office, flood, county.posts["water"])
    client = enter("officer")
    page_of(client, flood)

    with django_assert_max_num_queries(60):
        page_of(client, flood)
