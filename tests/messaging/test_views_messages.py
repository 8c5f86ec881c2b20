import pytest

from liandong.kernel.journal.models import Entry
from liandong.messaging.actions import send_message
from liandong.messaging.models import Message, Receipt
from liandong.organization.models import PostRole
from tests.messaging.people import person, post
from tests.people import duty_officer

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def come_in(client, role="unit_liaison", name="甲", at=None):
    station = at or post()
    who = person(name, at=station)
    PostRole.objects.get_or_create(post=station, role=role)
    client.force_login(who.account, backend=BACKEND)
    return station


def send(station, title="到岗", **more):
    arguments = {"subject_kind": "x", "subject_id": "1", "audience": ["duty"], **more}
    return send_message(
        duty_officer(), to_post=station, title=title, text="请到岗", **arguments
    )


def test_the_desk_shows_what_is_unread_and_the_top_bar_counts_it(client):
    station = come_in(client)
    send(station, "先看这条", urgent=True)

    page = client.get("/").content.decode()

    assert "先看这条" in page
    assert 'hx-post="/messages/shown/"' in page
    assert "未读消息" in page


def test_a_message_is_delivered_when_the_browser_has_shown_it_and_the_card_rests(client):
    message = send(come_in(client))

    answer = client.post("/messages/shown/", {"message": [str(message.pk), "nonsense"]})

    assert (answer.status_code, Receipt.objects.get().state) == (204, "delivered")
    assert "/messages/shown/" not in client.get("/messages/unread/").content.decode()


def test_opening_a_page_writes_nothing(client):
    message = send(come_in(client))

    for url in ("/", "/messages/", f"/messages/{message.pk}/", "/messages/unread/"):
        assert client.get(url).status_code == 200

    assert Receipt.objects.get().state == "sent"


@pytest.mark.parametrize(("box", "titles"), [("unread", ["乙"]), ("mine", ["甲", "乙"])])
def test_the_list_has_what_is_unread_and_what_is_mine(client, box, titles):
    station = come_in(client)
    first = send(station, "甲")
    send(station, "乙")
    send(come_in_elsewhere(), "别人的")
    client.post(f"/messages/{first.pk}/read/", {"idempotency_key": "k"})

    page = client.get(f"/messages/?box={box}").content.decode()

    assert [title for title in ("甲", "乙", "别人的") if f">{title}</a>" in page] == titles


def come_in_elsewhere():
    station = post("别站站长")
    person("乙", at=station)
    return station


def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    station = come_in(client)
    send(station)
    with django_assert_max_num_queries(40) as one:
        client.get("/messages/?box=mine")
    send(station)
    send(station)

    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get("/messages/?box=mine")


def test_the_reader_signs_and_goes_on_to_what_it_is_about(client):
    message = send(come_in(client), link="/command/7/")

    answer = client.post(f"/messages/{message.pk}/read/", {"idempotency_key": "k", "go": "1"})

    assert (answer.status_code, answer["Location"]) == (303, "/command/7/")
    assert Receipt.objects.get().state == "read"


def test_a_double_click_signs_once(client):
    message = send(come_in(client))

    for _ in range(2):
        client.post(f"/messages/{message.pk}/read/", {"idempotency_key": "k"})

    assert Entry.objects.filter(name="messaging.message_read").count() == 1


def test_a_stranger_gets_404(client):
    message = send(come_in_elsewhere())
    come_in(client)

    assert client.get(f"/messages/{message.pk}/").status_code == 404
    assert client.post(f"/messages/{message.pk}/read/", {}).status_code == 404
    assert Message.objects.get().receipts.get().state == "sent"


def test_whoever_sees_it_and_is_not_its_reader_cannot_sign_it(client):
    message = send(come_in_elsewhere())
    come_in(client, "duty_officer")

    page = client.get(f"/messages/{message.pk}/").content.decode()
    refused = client.post(f"/messages/{message.pk}/read/", {"idempotency_key": "k"})

    assert f"/messages/{message.pk}/read/" not in page
    assert (refused.status_code, "不是发给您的" in refused.content.decode()) == (404, True)
