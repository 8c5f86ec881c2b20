import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.actions import write_field_log
from liandong.command.models import FieldHandover
from tests.command.spot import field_post

pytestmark = pytest.mark.django_db
WRITTEN = "03:20 北线火头越过山脊\n03:40 撤到隔离带"


@pytest.fixture
def post(county):
    return field_post(county)


def page(client, post, name="field_log"):
    return client.get(reverse(f"command:{name}", args=[post.pk]))


def test_a_line_is_noted_and_a_silence_merged(county, post, enter, demo_node):
    client = enter("water")
    url = reverse("command:write_field_log", args=[post.pk])
    client.post(url, {"text": "已恢复联络", "group": str(post.groups.get().pk)})
    merge = reverse("command:merge_field_log", args=[post.pk])

    for _time in range(2):
        answer = client.post(merge, {"lines": WRITTEN, "day": "2020-04-03"})

    shown = client.get(answer.headers["Location"]).content.decode()
    assert (shown.count("北线火头越过山脊"), shown.count("断网期间补录</b>")) == (1, 2)
    assert shown.index("已恢复联络") < shown.index("撤到隔离带") < shown.index("北线火头")


def test_a_line_without_a_time_is_named_and_nothing_is_lost(county, post, enter, demo_node):
    url = reverse("command:merge_field_log", args=[post.pk])

    answer = enter("water").post(url, {"lines": "没有时间", "day": "2020-04-03"})

    text = answer.content.decode()
    assert (answer.status_code, "没有先写时间" in text, "没有时间</textarea>" in text) == (
        422,
        True,
        True,
    )


def test_command_is_given_and_taken_by_two_people(county, post, enter, demo_node):
    form = {"to_post": str(county.posts["weather"].pk), "unsolved": "南线两处烟点"}
    enter("deputy").post(reverse("command:give_field_command", args=[post.pk]), form)
    handover = FieldHandover.objects.get()
    client = enter("weather")
    before = page(client, post).content.decode()

    client.post(
        reverse("command:take_field_command", args=[handover.pk]), {"expected_version": 1}
    )

    after = page(client, post).content.decode()
    assert ("等接班签字" in before, "等接班签字" in after) == (True, False)
    assert "南线两处烟点" in after


def test_lines_cost_no_query_each(county, post, enter, demo_node):
    client = enter("officer")
    write_field_log(county.water, field_post=post, text="一")
    page(client, post)
    with CaptureQueriesContext(connection) as one:
        page(client, post)
    for text in ("二", "三"):
        write_field_log(county.water, field_post=post, text=text)

    with CaptureQueriesContext(connection) as three:
        page(client, post, "field_log")

    assert len(three) == len(one)
    assert "三" in page(client, post, "field_log_part").content.decode()


def test_a_stranger_finds_nothing(county, post, enter):
    assert page(enter("bystander"), post).status_code == 404
