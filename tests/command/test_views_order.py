from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liandong.command import actions
from liandong.command.actions import decline_order, finish_order
from liandong.command.models import Order, OrderNote
from liandong.command.views.order import ANSWERS
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, pk):
    return reverse(f"command:{name}", args=[pk])


def post(client, name, pk, **data):
    return client.post(url(name, pk), {"idempotency_key": f"key-{name}", **data})


def test_the_unit_reads_back_accepts_and_finishes_on_its_page(enter, order):
    client = enter("water")

    post(client, "order_read_back", order.pk, text="封闭漫水桥2座", expected_version=1)
    post(client, "order_accept", order.pk, expected_version=2)
    post(client, "order_progress", order.pk, text="到场", expected_version=3)
    last = post(client, "order_finish", order.pk, text="已封", expected_version=4)

    order.refresh_from_db()
    assert (last.status_code, last.url) == (303, url("order", order.pk))
    assert (order.state, order.version) == ("finished", 5)


def test_a_refusal_brings_the_form_back_with_what_was_typed(enter, order):
    Order.objects.update(version=7)

    answer = post(
        enter("water"), "order_decline", order.pk, reason="桥已被淹没", expected_version=1
    )

    assert answer.status_code == 409
    assert "桥已被淹没" in answer.content.decode()
    assert "刚被别人改过" in answer.content.decode()


def test_an_empty_reading_back_is_refused_below_its_field(enter, order):
    answer = post(enter("water"), "order_read_back", order.pk, text="", expected_version=1)

    assert answer.status_code == 422
    assert "请填写这一项" in answer.content.decode()


def test_a_double_click_finishes_once(enter, county, order):
    order = places.accepted(county.water, order)
    client = enter("water")

    for _click in range(2):
        answer = post(client, "order_finish", order.pk, text="已封", expected_version=3)

    assert answer.status_code == 303
    assert OrderNote.objects.filter(order=order, kind="finished").count() == 1


def test_a_picture_comes_with_the_finish(enter, county, flood, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    order = places.order(county.office, flood, county.posts["water"], needs_proof=["list"])
    order = places.accepted(county.water, order)
    given = SimpleUploadedFile("名单.txt", "张三\n李四\n".encode(), content_type="text/plain")

    answer = post(
        enter("water"), "order_finish", order.pk, text="完成", proof=given, expected_version=3
    )

    note = OrderNote.objects.get(order=order, kind="finished")
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    assert len(note.files) == 1


def test_another_unit_gets_no_page_of_it(enter, order):
    client = enter("bystander")

    assert client.get(url("order", order.pk)).status_code == 404
    assert post(client, "order_accept", order.pk, expected_version=1).status_code == 404


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_answer_has_a_page_of_its_own_for_the_desk(name, enter, order):
    answer = enter("officer").get(url(f"order_{name.replace('-', '_')}", order.pk))

    assert answer.status_code == 200


def test_the_unit_is_offered_what_it_can_do_and_nothing_else(enter, county, order):
    text = enter("water").get(url("order", order.pk)).content.decode()

    assert url("order_read_back", order.pk) in text
    assert url("order_decline", order.pk) in text
    for not_now in ("accept", "finish", "recall", "check", "delivery"):
        assert url(f"order_{not_now}", order.pk) not in text


def test_the_office_answers_a_counter_proposal_on_the_page(enter, county, order):
    decline_order(
        county.water,
        order=order,
        reason="桥已淹",
        counter_proposal="改设路障",
        expected_version=1,
    )
    client = enter("office")
    shown = client.get(url("order", order.pk)).content.decode()

    answer = post(
        client, "order_counter", order.pk, answer="accepted", reason="同意", expected_version=2
    )

    assert "改设路障" in shown
    assert answer.url == url("order", Order.objects.get(number=2).pk)


def test_the_office_issues_an_order_from_the_room(enter, county, flood):
    answer = post(
        enter("office"),
        "issue",
        flood.pk,
        to_post=county.posts["water"].pk,
        text="加密监测",
        acknowledge_within=5,
    )

    order = Order.objects.get()
    assert answer.status_code == 303
    assert (order.acknowledge_by - order.asked_at).seconds == 300


def test_a_vacant_post_is_refused_on_the_page_with_what_to_do(enter, county, flood):
    empty = places.empty_post(county)

    answer = post(
        enter("office"), "issue", flood.pk, to_post=empty.pk, text="x", acknowledge_within=5
    )

    assert answer.status_code == 422
    assert "岗位空缺" in answer.content.decode()
    assert not Order.objects.exists()


def test_the_office_checks_what_was_finished(enter, county, order):
    order = places.accepted(county.water, order)
    finish_order(county.water, order=order, text="已封", expected_version=3)

    post(enter("office"), "order_check", order.pk, expected_version=4)

    order.refresh_from_db()
    assert order.state == "checked"


@pytest.fixture
def issued(enter, county, flood):
    """An order just given on the page, and where its giver stands then."""
    client = enter("office")
    sent = post(
        client,
        "issue",
        flood.pk,
        to_post=county.posts["water"].pk,
        text="加密监测",
        acknowledge_within=5,
    )
    return client, Order.objects.get(), sent


def test_the_toast_of_an_order_takes_it_back(issued, flood):
    client, order, sent = issued

    room = client.get(sent.url).content.decode()
    answer = post(client, "order_undo", order.pk)

    order.refresh_from_db()
    assert f'<form method="post" action="{url("order_undo", order.pk)}" data-undo>' in room
    assert answer.url == url("room", flood.pk)
    assert (order.state, order.last_word) == ("recalled", "撤回：下达后即撤回")


def test_the_toast_stands_on_one_page_only(issued):
    client, _order, sent = issued
    client.get(sent.url)

    assert "data-undo" not in client.get(sent.url).content.decode()


def test_a_double_click_takes_back_once(issued):
    client, order, _sent = issued

    answers = [post(client, "order_undo", order.pk) for _click in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert OrderNote.objects.filter(order=order, kind="recalled").count() == 1


def test_what_was_read_back_meanwhile_asks_again_with_the_reason_filled_in(issued, county):
    client, order, _sent = issued
    actions.read_back_order(county.water, order=order, text="加密监测", expected_version=1)

    answer = post(client, "order_undo", order.pk)

    order.refresh_from_db()
    shown = answer.content.decode()
    assert (answer.status_code, order.state) == (409, "read_back")
    assert f'action="{url("order_recall", order.pk)}"' in shown
    assert "下达后即撤回" in shown


def test_what_was_issued_a_while_ago_is_asked_why(issued, at):
    client, order, _sent = issued
    Order.objects.update(issued_at=order.issued_at - timedelta(minutes=2))

    answer = post(client, "order_undo", order.pk)

    order.refresh_from_db()
    assert answer.url == url("order_recall", order.pk)
    assert order.state == "issued"


def test_opened_as_a_page_it_asks_why(issued):
    client, order, _sent = issued

    assert client.get(url("order_undo", order.pk)).url == url("order_recall", order.pk)


def test_whoever_may_not_issue_takes_nothing_back(enter, order):
    assert post(enter("water"), "order_undo", order.pk).status_code == 403

    order.refresh_from_db()
    assert order.state == "issued"
