import pytest

from liandong.messaging.models import Callee, CallOut
from tests.messaging.callees import TOWN, call, listed, number_of
from tests.messaging.people import person, post
from tests.messaging.test_views_messages import BACKEND, come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(board, later):
    """A call-out in which one has answered and another is gone to by the township's head."""
    head = listed("镇长", tier=2, area=TOWN, area_name="沔阳镇")
    lost = listed("村支书", area=f"{TOWN}201", area_name="沔阳镇一村")
    board.habits[number_of(lost)] = "wrong"
    made = call()
    later(40)
    made.head, made.lost = head, lost
    return made


def at_the_desk(client):
    return come_in(client, role="duty_officer", name="值班员")


def page_of(client, call_out, more=""):
    answer = client.get(f"/messages/call-outs/{call_out.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_who_is_not_reached_with_number_and_who_goes(client, night):
    at_the_desk(client)
    page = page_of(client, night)

    assert f'href="tel:{number_of(night.lost)}"' in page
    assert "镇长 上门" in page
    assert "登记应答" in page
    assert "没找到人" in page


def test_the_list_and_the_desk_show_it(client, night):
    at_the_desk(client)
    listing = client.get("/messages/call-outs/").content.decode()

    assert "暴雨橙色预警" in listing
    assert "1 / 2" in listing
    call(chain="other", areas=[TOWN])
    assert "开始叫应" in client.get("/").content.decode()


def test_people_leave_as_a_workbook(client, night):
    at_the_desk(client)
    people = page_of(client, night, "people/")
    file = client.get(f"/messages/call-outs/{night.pk}/people/?export=csv")
    text = b"".join(file.streaming_content).decode("utf-8-sig")

    assert "村支书" in people
    assert number_of(night.lost) in text
    assert "空号或错号" in text


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_the_database_as_often_for_twelve_as_for_one(
    client, at, many, django_assert_max_num_queries
):
    at("2026-07-14T02:10")
    at_the_desk(client)
    for n in range(many):
        listed(f"人{n}", area=f"{TOWN}{201 + n}")
    made = call()
    page_of(client, made)

    with django_assert_max_num_queries(32):
        page_of(client, made)


def test_an_answer_is_put_down_from_the_page(client, night):
    at_the_desk(client)
    row = Callee.objects.get(name="村支书")
    url = f"/messages/callees/{row.pk}/answer/"
    form = client.get(url).context["form"]
    said = {"way": "gong", "expected_version": row.version, "idempotency_key": "k"}

    wrong = client.post(url, {**said, "answered_at": "2020-01-01T00:00"})
    done = client.post(url, {**said, "read_back": "收到"})

    row.refresh_from_db()
    assert form.initial["way"] == "door"
    assert (wrong.status_code, done.status_code) == (422, 303)
    assert (row.state, row.way, row.read_back) == ("answered", "gong", "收到")


def test_an_absence_is_put_down_from_the_page(client, night):
    at_the_desk(client)
    row = Callee.objects.get(name="村支书")
    url = f"/messages/callees/{row.pk}/absence/"
    said = {"expected_version": row.version, "idempotency_key": "k"}

    assert client.get(url).status_code == 200
    assert client.post(url, said).status_code == 422
    assert client.post(url, {**said, "trouble": "家中无人"}).status_code == 303


def test_a_call_out_is_stopped_from_the_page(client, at):
    at("2026-07-14T02:10")
    at_the_desk(client)
    listed("甲")
    made = call()
    url = f"/messages/call-outs/{made.pk}/stop/"

    assert client.get(url).status_code == 200
    done = client.post(
        url, {"reason": "预警已解除", "expected_version": 1, "idempotency_key": "k"}
    )

    assert done.status_code == 303
    assert CallOut.objects.get().state == "stopped"


def test_others_see_neither_page_nor_number(client, night):
    come_in(client, role="expert", name="专家")

    assert client.get(f"/messages/call-outs/{night.pk}/").status_code == 404


def test_whoever_goes_sees_and_records_theirs(client, night):
    row = Callee.objects.get(name="村支书")
    goer = person("副镇长", at=(station := post("副镇长")))
    station.roles.create(role="township")
    row.goer = goer
    row.save()
    client.force_login(goer.account, backend=BACKEND)

    answer = client.get(f"/messages/callees/{row.pk}/answer/")

    assert (answer.status_code, number_of(night.lost) in answer.content.decode()) == (200, True)


def test_a_line_that_is_down_is_red(client, board, later):
    at_the_desk(client)
    listed("甲")
    board.status = 503
    made = call()
    later(3)

    assert "起不通" in page_of(client, made)
    assert "起不通" in client.get("/").content.decode()
