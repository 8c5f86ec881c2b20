import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command import actions
from liandong.command.models import FieldPost
from liandong.kernel.worker import work_until_quiet

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(county, flood):
    made = actions.open_field_post(
        county.chief, incident=flood, commander=county.posts["deputy"], place="河口镇政府"
    )
    return grouped(county, made, "medical", "water")


def grouped(county, post, key, leader):
    return actions.set_field_group(
        county.deputy,
        field_post=post,
        group=key,
        leader=county.posts[leader],
        members=[county.bodies["weather"]],
        expected_version=post.version,
    )


def test_the_room_offers_to_set_one_up_and_then_shows_it(county, flood, enter, demo_node):
    client = enter("deputy")
    before = client.get(reverse("command:room_field_post", args=[flood.pk])).content.decode()
    form = {"commander": str(county.posts["deputy"].pk), "place": "河口镇政府"}

    answer = client.post(reverse("command:open_field_post", args=[flood.pk]), form)

    made = FieldPost.objects.get()
    assert answer.headers["Location"] == reverse("command:field_post", args=[made.pk])
    after = client.get(reverse("command:room_field_post", args=[flood.pk])).content.decode()
    assert ("设立现场指挥部" in before, "河口镇政府" in after) == (True, True)
    assert "常务副指挥长" in after


def test_its_page_shows_groups_and_what_was_told(county, post, enter, demo_node):
    actions.note_field_adjustment(
        county.deputy, field_post=post, text="改走北线", reason="水淹"
    )
    work_until_quiet(epoch=1)

    page = enter("officer").get(reverse("command:field_post", args=[post.pk])).content.decode()

    for text in ("医疗救护组", "县水利局 联络员", "县气象局", "改走北线"):
        assert text in page, text


def test_a_refusal_keeps_what_was_typed(county, post, enter, demo_node):
    url = reverse("command:note_field_adjustment", args=[post.pk])

    answer = enter("deputy").post(url, {"text": "改走北线", "reason": ""})

    assert answer.status_code == 422
    assert "改走北线" in answer.content.decode()


def test_what_is_offered_is_what_would_not_be_refused(county, post, enter, demo_node):
    url = reverse("command:field_post", args=[post.pk])

    shown = {
        who: [text for text in ("报现场调整", "更换现场指挥长", "增设工作组") if text in page]
        for who in ("chief", "water", "weather")
        if (page := enter(who).get(url).content.decode())
    }

    assert shown == {
        "chief": ["报现场调整", "更换现场指挥长", "增设工作组"],
        "water": ["报现场调整"],
        "weather": [],
    }


def test_groups_cost_no_query_each(county, post, enter, demo_node):
    client = enter("officer")
    url = reverse("command:field_post", args=[post.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for key in ("rescue", "security"):
        post = grouped(county, post, key, "water")

    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)


def test_a_stranger_finds_nothing(county, post, enter):
    url = reverse("command:field_post", args=[post.pk])

    assert enter("bystander").get(url).status_code == 404


@pytest.mark.parametrize(
    "deed",
    [
        (
            "appoint_field_commander",
            {"commander": "water", "reason": "换班"},
            "县水利局 联络员",
        ),
        ("set_field_group", {"group": "rescue", "leader": "riverside"}, "抢险救援组"),
        ("close_field_post", {"reason": "险情解除"}, "险情解除"),
    ],
)
def test_each_form_does_its_deed(deed, county, post, enter, demo_node):
    name, form, said = deed
    client = enter("chief")
    data = {
        key: str(county.posts[value].pk) if key in {"commander", "leader"} else value
        for key, value in form.items()
    } | {"expected_version": post.version}

    answer = client.post(reverse(f"command:{name}", args=[post.pk]), data)

    page = client.get(answer.headers["Location"]).content.decode()
    assert (answer.status_code, said in page) == (303, True)


def test_a_commissioner_is_sent_from_the_room_and_expanded(county, flood, enter, demo_node):
    client = enter("chief")
    form = {
        "kind": "commissioner",
        "commander": str(county.posts["deputy"].pk),
        "place": "河口镇政府",
    }
    answer = client.post(reverse("command:open_field_post", args=[flood.pk]), form)
    page = client.get(answer.headers["Location"]).content.decode()
    made = FieldPost.objects.get()
    form = {"reason": "水势上涨", "expected_version": made.version}

    client.post(reverse("command:expand_field_post", args=[made.pk]), form)

    after = client.get(answer.headers["Location"]).content.decode()
    assert ("扩大为现场指挥部</a>" in page, "扩大为现场指挥部</a>" in after) == (True, False)
