import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.models import FieldPresence
from liandong.command.queries import headcount
from tests.command.spot import field_post, here, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(county):
    return field_post(county)


def page(client, post, name="field_people", **more):
    return client.get(reverse(f"command:{name}", args=[post.pk]), **more)


def test_a_party_is_signed_in_by_a_list(county, post, enter, demo_node):
    client = enter("riverside")
    form = {
        "unit": "河口镇民兵应急连",
        "headcount": "",
        "listed": "张三 13800000001\n李四",
        "group": str(post.groups.get().pk),
        "job": "开隔离带",
        "fitness": "fit",
        "insured": "on",
        "geared": "on",
    }

    answer = client.post(reverse("command:sign_in_field_party", args=[post.pk]), form)

    shown = client.get(answer.headers["Location"]).content.decode()
    assert headcount(post) == 2
    for text in ("河口镇民兵应急连", "开隔离带", "张三", "13800000001", "暂按此提醒"):
        assert text in shown, text


def test_a_refusal_keeps_the_list_and_names_the_field(county, post, enter, demo_node):
    form = {"unit": "民兵连", "listed": "小陈 16", "fitness": "fit", "insured": "on"}

    answer = enter("riverside").post(
        reverse("command:sign_in_field_party", args=[post.pk]), form
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("小陈 16" in text, "有不满十八周岁的人" in text) == (True, True)


def test_only_at_a_forest_fire_is_it_asked_who_is_fit(county, post, enter, demo_node):
    flood = field_post(county, hazard="11A")
    client = enter("deputy")

    asked = [
        "是否适宜扑火" in page(client, one, "sign_in_field_party").content.decode()
        for one in (post, flood)
    ]

    assert asked == [True, False]


@pytest.mark.parametrize(("deed", "left"), [("rest", 2), ("sign_out", 1)])
def test_each_form_moves_those_who_were_ticked(deed, left, county, post, enter, demo_node):
    signed_in(county.riverside, post, headcount=2)
    client = enter("water")
    url = reverse(f"command:{deed}_field_people", args=[post.pk])

    answer = client.post(url, {"people": [here(post)[0].value]})

    assert (answer.status_code, headcount(post)) == (303, left)


def test_whoever_rested_goes_back(county, post, enter, demo_node):
    signed_in(county.riverside, post)
    client = enter("riverside")
    everybody = {"people": [one.value for one in here(post)]}
    client.post(reverse("command:rest_field_people", args=[post.pk]), everybody)
    again = {"people": [one.value for one in here(post)]}

    client.post(reverse("command:resume_field_people", args=[post.pk]), again)

    assert set(FieldPresence.objects.values_list("state", flat=True)) == {"at_work"}


def test_whoever_was_slower_is_told(county, post, enter, demo_node):
    signed_in(county.riverside, post)
    client = enter("riverside")
    seen = {"people": [here(post)[0].value]}
    client.post(reverse("command:rest_field_people", args=[post.pk]), seen)

    answer = client.post(reverse("command:sign_out_field_people", args=[post.pk]), seen)

    assert answer.status_code == 409


def test_a_unit_is_offered_its_own_people_and_the_desk_everybody(
    county, post, enter, demo_node
):
    signed_in(county.riverside, post)
    signed_in(county.officer, post, unit="蓝天救援队")

    def offered(who):
        return page(enter(who), post, "sign_out_field_people").content.decode()

    own, every = offered("riverside"), offered("officer")
    assert ("蓝天救援队" in own, "蓝天救援队" in every) == (False, True)


def test_whoever_may_not_sign_sees_how_many_and_not_who(county, post, enter, demo_node):
    signed_in(county.riverside, post)
    type(post).objects.update(
        audience=[*post.audience, "body:" + str(county.bodies["schools"].pk)]
    )
    from liandong.organization.models import PostRole

    PostRole.objects.filter(post=county.posts["bystander"]).update(role="enterprise")

    shown = page(enter("bystander"), post).content.decode()

    assert ("河口镇民兵应急连" in shown, "张三" in shown) == (True, False)


def test_the_shift_is_settled_and_no_longer_assumed(county, post, enter, demo_node):
    client = enter("deputy")
    form = {"hours": "6", "reason": "高温", "expected_version": post.version}

    answer = client.post(reverse("command:set_field_shift", args=[post.pk]), form)

    shown = client.get(answer.headers["Location"]).content.decode()
    assert ("由现场指挥长定" in shown, "暂按此提醒" in shown) == (True, False)


def test_people_cost_no_query_each(county, post, enter, demo_node):
    client = enter("officer")
    signed_in(county.riverside, post)
    page(client, post)
    with CaptureQueriesContext(connection) as one:
        page(client, post)
    signed_in(county.riverside, post, unit="蓝天救援队", headcount=9)
    signed_in(county.riverside, post, unit="县消防大队", headcount=9)

    with CaptureQueriesContext(connection) as three:
        page(client, post)

    assert len(three) == len(one)


def test_the_part_and_the_room_say_how_many(county, post, enter, demo_node):
    signed_in(county.riverside, post)
    client = enter("officer")

    part = page(client, post, "field_people_part").content.decode()
    room = client.get(reverse("command:room_field_post", args=[post.incident_id]))

    assert ("现场共" in part, "3 人" in room.content.decode()) == (True, True)


def test_a_stranger_finds_nothing(county, post, enter):
    assert page(enter("bystander"), post).status_code == 404
    assert page(enter("weather"), post, "sign_in_field_party").status_code in {403, 404}
