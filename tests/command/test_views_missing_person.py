import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.actions import report_missing_person
from liandong.command.models import MissingPerson
from liandong.command.queries import missing_figures

pytestmark = pytest.mark.django_db
SAID = {"name": "李桂花", "reporter": "其子 13800000001", "last_seen": "村口桥头"}


def page(client, incident, name="missing"):
    return client.get(reverse(f"command:{name}", args=[incident.pk]))


def test_somebody_is_reported_found_and_missing_again(county, flood, enter, demo_node):
    client = enter("officer")

    answer = client.post(reverse("command:report_missing", args=[flood.pk]), SAID)
    person = MissingPerson.objects.get()
    listed = client.get(answer.headers["Location"]).content.decode()
    form = {"state": "dead", "words": "下游找到，公安确认", "expected_version": 1}
    client.post(reverse("command:settle_missing", args=[person.pk]), form)
    settled = page(client, flood).content.decode()
    form = {"reason": "认错了人", "expected_version": 2}
    client.post(reverse("command:reopen_missing", args=[person.pk]), form)

    assert ("李桂花" in listed, "村口桥头" in listed) == (True, True)
    assert ("下游找到，公安确认" in settled, "没有尚未找到的人" in settled) == (True, True)
    assert missing_figures(flood).missing == 1


def test_a_refusal_keeps_what_was_typed(county, flood, enter, demo_node):
    answer = enter("officer").post(
        reverse("command:report_missing", args=[flood.pk]), SAID | {"reporter": ""}
    )

    assert answer.status_code == 422
    assert "李桂花" in answer.content.decode()


def test_whoever_is_only_ordered_sees_how_many_and_not_who(
    county, flood, order, enter, demo_node
):
    report_missing_person(county.officer, incident=flood, **SAID)

    shown = page(enter("water"), flood).content.decode()

    assert ("李桂花" in shown, "报失踪" in shown) == (False, True)


def test_people_cost_no_query_each(county, flood, enter, demo_node):
    client = enter("officer")
    report_missing_person(county.officer, incident=flood, **SAID)
    page(client, flood)
    with CaptureQueriesContext(connection) as one:
        page(client, flood)
    for name in ("甲", "乙"):
        report_missing_person(county.officer, incident=flood, **SAID | {"name": name})

    with CaptureQueriesContext(connection) as three:
        page(client, flood)

    assert len(three) == len(one)


def test_the_part_and_the_room_say_how_many(county, flood, enter, demo_node):
    report_missing_person(county.officer, incident=flood, **SAID)
    client = enter("officer")

    part = page(client, flood, "missing_part").content.decode()
    room = page(client, flood, "room_rescue").content.decode()

    assert ("李桂花" in part, "1 人尚未找到" in room) == (True, True)


def test_a_stranger_finds_nothing(county, flood, enter):
    assert page(enter("bystander"), flood).status_code == 404
