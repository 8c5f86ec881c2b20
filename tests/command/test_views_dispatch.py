import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liandong.command.actions import dispatch_order
from liandong.command.models import Dispatch, IncidentFile, Order
from liandong.kernel.files.models import File
from liandong.organization.models import Duty
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, pk):
    return reverse(f"command:{name}", args=[pk])


def post(client, name, pk, **data):
    return client.post(
        url(name, pk), {"idempotency_key": f"key-{name}", "acknowledge_within": 10, **data}
    )


def given(county, incident, *names):
    posts = [county.posts[name] for name in names]
    return dispatch_order(county.office, incident=incident, to_posts=posts, text="清点救生衣")


@pytest.fixture
def stored(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }


def test_circles_and_units_are_ordered_in_one_deed(enter, county, flood):
    Duty.objects.create(
        body=county.bodies["water"], hazard="11A", phase="response", text="水情"
    )

    answer = post(
        enter("office"),
        "dispatch",
        flood.pk,
        groups=["townships", "members"],
        units=[str(county.bodies[name].pk) for name in ("water", "schools")],
        text="清点救生衣",
    )

    assert (answer.status_code, answer.url) == (303, url("room", flood.pk))
    assert {one.to_body.key for one in Order.objects.select_related("to_body")} == {
        "riverside",
        "water",
        "schools",
    }


def test_papers_come_along_and_every_unit_may_read_them(enter, county, flood, stored):
    given_ = SimpleUploadedFile("名单.txt", "张三\n李四\n".encode(), content_type="text/plain")

    post(
        enter("office"),
        "dispatch",
        flood.pk,
        units=[str(county.bodies[name].pk) for name in ("water", "schools")],
        text="清点救生衣",
        papers=given_,
    )

    file = File.objects.get()
    assert {tuple(one.files) for one in Order.objects.all()} == {(str(file.pk),)}
    assert IncidentFile.objects.get().file == file
    assert f"body:{county.bodies['schools'].pk}" in file.audience


def test_one_unit_alone_is_refused_below_the_units(enter, county, flood):
    answer = post(
        enter("office"),
        "dispatch",
        flood.pk,
        units=[str(county.bodies["water"].pk)],
        text="清点救生衣",
    )

    assert answer.status_code == 422
    assert "请选两个以上单位" in answer.content.decode()
    assert not Order.objects.exists()


def test_the_form_begins_with_what_the_page_before_said(enter, flood):
    page = enter("office").get(
        url("dispatch", flood.pk), {"place": "河口镇漫水桥", "lon": "112.4", "lat": "27.7"}
    )

    assert 'value="河口镇漫水桥"' in page.content.decode()
    assert 'value="112.4"' in page.content.decode()


def test_the_board_folds_what_went_to_many(enter, county, flood):
    made = given(county, flood, "water", "riverside", "weather")
    places.accepted(county.water, Order.objects.get(number=1), back="清点救生衣")

    text = enter("officer").get(url("room_board", flood.pk)).content.decode()

    for said in ("群发", "1—3号令", "3 个单位", "1 已复诵", "2 未答"):
        assert said in text
    assert url("recall_dispatch", made.pk) in text


@pytest.mark.parametrize("many", [2, 3])
def test_the_board_asks_as_often_for_three_as_for_two(
    many, enter, county, flood, django_assert_max_num_queries
):
    given(county, flood, *("water", "riverside", "weather")[:many])
    client = enter("officer")
    client.get(url("room_board", flood.pk))

    with django_assert_max_num_queries(10):
        client.get(url("room_board", flood.pk))


def test_all_are_taken_back_with_one_reason(enter, county, flood):
    made = given(county, flood, "water", "riverside")

    empty = post(enter("office"), "recall_dispatch", made.pk, reason="")
    answer = post(enter("office"), "recall_dispatch", made.pk, reason="雨停了")

    assert (empty.status_code, answer.status_code) == (422, 303)
    assert {one.state for one in Order.objects.all()} == {"recalled"}


def test_who_may_not_order_many_meets_no_form(enter, county, flood):
    made = given(county, flood, "water", "riverside")

    assert enter("water").get(url("dispatch", flood.pk)).status_code == 403
    assert enter("water").get(url("recall_dispatch", made.pk)).status_code == 403


def test_who_is_asked_answers_in_words_of_their_own_and_nobody_insists(enter, county, flood):
    places.outside(county)
    order = places.order(county.office, flood, county.posts["garrison"])

    theirs = enter("garrison").get(url("order", order.pk)).content.decode()
    post(
        enter("garrison"),
        "order_decline",
        order.pk,
        reason="兵力在邻县",
        expected_version=order.version,
    )
    ours = enter("office").get(url("order", order.pk)).content.decode()

    assert "这是商请，不是命令" in theirs
    assert "不能协助" in theirs
    assert "坚持原令" not in ours
    assert Dispatch.objects.count() == 0
