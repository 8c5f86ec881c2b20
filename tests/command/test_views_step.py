import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.actions import recall_order
from liandong.command.models import Order, StepTask
from liandong.kernel.worker import work_until_quiet
from tests.command.running import begun, declined, order_of, task_of

pytestmark = pytest.mark.django_db

FIRST = "id: first, do: order, to: water, text: 封桥, otherwise: [weather]"
SECOND = "id: second, do: request, to: weather, text: 请派技术员, after: [first]"
# However many steps.
ASKED = 14  # besides what every page asks by ready statements
ASK = "id: ask, do: decide, to: flood-hq.deputy, text: 是否停课"


@pytest.fixture
def run(county, flood):
    return begun(county, flood, FIRST, SECOND, ASK)


def body(client, name, *args):
    answer = client.get(reverse(f"command:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_of_every_step_what_became_of_it(county, flood, run, enter, demo_node):
    page = body(enter("office"), "measures", flood.pk)

    for text in ("封桥", "1号令", "请派技术员", "等前置措施", "是否停课", "待办", "增加措施"):
        assert text in page, text


def test_who_may_not_replan_sees_no_buttons_for_it(county, flood, run, enter):
    page = body(enter("officer"), "measures", flood.pk)

    assert ("封桥" in page, "增加措施" in page) == (True, False)


def test_the_room_shows_what_waits_for_people(county, flood, run, enter):
    recall_order(county.office, order=order_of(run, "first"), reason="写错", expected_version=1)

    page = body(enter("officer"), "room_measures", flood.pk)

    for text in ("1号令已撤回，这项措施等人定", "重新下达", "提请决定：是否停课"):
        assert text in page, text


def test_a_step_is_dropped_and_the_story_tells_why(county, flood, run, enter, demo_node):
    client = enter("office")
    url = reverse("command:drop_step", args=[run.pk, "first"])

    answer = client.post(url, {"reason": "桥已塌", "expected_version": run.version})

    assert answer.headers["Location"] == reverse("command:measures", args=[flood.pk])
    assert order_of(run, "second").is_live
    work_until_quiet(epoch=1)
    assert "调整措施“first”：桥已塌" in body(client, "room_story", flood.pk)


def test_a_step_is_given_to_another_added_and_ordered_again(
    county, flood, run, enter, demo_node
):
    client = enter("office")
    weather = str(county.posts["weather"].pk)
    said = {"to_post": weather, "reason": "水利局无人", "expected_version": 1}
    client.post(reverse("command:reassign_step", args=[run.pk, "first"]), said)
    said = {
        "to_post": weather,
        "reason": "加派",
        "text": "看桥",
        "kind": "order",
        "expected_version": 2,
    }
    client.post(reverse("command:add_step", args=[run.pk]), said)
    recall_order(county.office, order=order_of(run, "first"), reason="写错", expected_version=1)
    client.post(
        reverse("command:reissue_step", args=[run.pk, "first"]), {"expected_version": 3}
    )

    states = Order.objects.order_by("number").values_list("step", "state")
    assert list(states) == [
        ("first", "replaced"),
        ("first", "recalled"),
        ("added-1", "issued"),
        ("first", "issued"),
    ]


def test_a_refusal_keeps_what_was_typed(county, run, enter, demo_node):
    url = reverse("command:drop_step", args=[run.pk, "first"])

    answer = enter("office").post(url, {"reason": "桥已塌", "expected_version": 9})

    assert (answer.status_code, "桥已塌" in answer.content.decode()) == (409, True)


def test_a_step_that_is_not_there_is_missing(county, run, enter, demo_node):
    answer = enter("office").get(reverse("command:drop_step", args=[run.pk, "none"]))

    assert answer.status_code == 404


def test_whoever_was_asked_has_it_on_the_desk_and_says_what_came_of_it(
    county, run, enter, demo_node
):
    client, task = enter("deputy"), task_of(run, "ask")
    url = reverse("command:task", args=[task.pk])
    desk = client.get(reverse("command:desk_part")).content.decode()

    client.post(url, {"outcome": "停课一天", "expected_version": 1})

    assert url in desk
    assert StepTask.objects.get().outcome == "停课一天"
    assert "停课一天" in client.get(url).content.decode()


def test_the_desk_is_offered_the_plans_alternative_first(county, run, enter):
    order = declined(county.water, order_of(run, "first"))
    client = enter("officer")

    page = body(client, "order", order.pk)
    client.post(
        reverse("command:order_alternative", args=[order.pk]),
        {"place": "0", "expected_version": order.version},
    )

    assert page.index("按预案改派") < page.index("答复对案")
    assert order_of(run, "first").to_body == county.bodies["weather"]


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_often_for_three_steps_as_for_one(
    many, county, flood, enter, demo_node
):
    begun(
        county, flood, *(f"id: s{n}, do: order, to: water, text: 封桥{n}" for n in range(many))
    )
    client = enter("office")
    body(client, "measures", flood.pk)

    with CaptureQueriesContext(connection) as asked:
        body(client, "measures", flood.pk)

    assert len(asked) == ASKED
