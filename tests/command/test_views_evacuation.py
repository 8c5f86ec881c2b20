import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.queries import moving, villages
from tests.command.leaving import HOUSEHOLDS, listed, moved, shelter
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db


def page(client, incident, name="evacuation", query=""):
    return client.get(reverse(f"command:{name}", args=[incident.pk]) + query)


def test_a_list_is_entered_and_a_household_moved(county, flood, enter, demo_node):
    client = enter("officer")
    place = shelter(keeper_of(county.bodies["riverside"]), capacity=1)
    form = {
        "township": str(county.bodies["riverside"].pk),
        "place": "柳湾村3组",
        "leader": "王支书",
        "listed": HOUSEHOLDS,
    }
    client.post(reverse("command:list_households", args=[flood.pk]), form)
    (village,) = villages(county.officer, flood)
    form = {
        "state": "moved",
        "shelter": str(place.pk),
        "people": [village.homes[0].value],
    }

    answer = client.post(reverse("command:move_households", args=[flood.pk]), form)

    shown = client.get(answer.headers["Location"]).content.decode()
    assert moving(flood)[0].moved == 2
    for text in ("柳湾村3组", "王支书", "一人卧床", "镇小学", "超员 1 人"):
        assert text in shown, text


def test_the_form_of_a_list_has_those_ticked_who_have_yet_to_leave(
    county, flood, enter, demo_node
):
    made = listed(county, flood)

    text = page(enter("officer"), flood, "move_households", f"?list={made.pk}").content.decode()

    assert text.count("checked") == 3


def test_whoever_was_slower_is_told(county, flood, enter, demo_node):
    listed(county, flood)
    client = enter("officer")
    (village,) = villages(county.officer, flood)
    form = {"state": "moved", "people": [village.homes[0].value]}
    url = reverse("command:move_households", args=[flood.pk])
    client.post(url, form)

    assert client.post(url, form | {"state": "away"}).status_code == 409


def test_another_unit_sees_the_sums_and_not_who(county, flood, order, enter, demo_node):
    listed(county, flood)

    shown = page(enter("water"), flood).content.decode()

    assert ("王五" in shown, "柳湾村" in shown, "应转移" in shown) == (False, False, True)


def test_lists_and_households_cost_no_query_each(county, flood, enter, demo_node):
    client = enter("officer")
    listed(county, flood)
    page(client, flood)
    with CaptureQueriesContext(connection) as one:
        page(client, flood)
    listed(county, flood, place="柳湾村4组")
    listed(county, flood, place="柳湾村5组")

    with CaptureQueriesContext(connection) as three:
        page(client, flood)

    assert len(three) == len(one)


def test_the_part_and_the_room_say_how_many(county, flood, enter, demo_node):
    listed(county, flood)
    client = enter("officer")
    (village,) = villages(county.officer, flood)
    moved(county.officer, flood, [village.homes[0].row])

    part = page(client, flood, "evacuation_part").content.decode()
    room = page(client, flood, "room_rescue").content.decode()

    assert ("柳湾村3组" in part, "2/8 人" in room) == (True, True)


def test_a_stranger_finds_nothing(county, flood, enter):
    assert page(enter("bystander"), flood).status_code == 404
