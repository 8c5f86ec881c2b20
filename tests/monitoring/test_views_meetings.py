import io

import pytest
from docx import Document

from liandong.kernel.permissions import Role
from liandong.monitoring.models import JointMeeting, MeetingPlan
from tests.factories import organization as make
from tests.monitoring.counting import queries_of
from tests.monitoring.met import arrived, called, closed, decided, opened, signed
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_meeting_is_called_and_comes_again_by_plan(client, office, cdc):
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    said = {"office": office.pk, "bodies": [str(cdc.pk)], "place": "三楼"}

    once = clerk.post(
        "/monitoring/meetings/new/",
        said | {"name": "防汛联席会议", "begins_at": "2026-07-20T09:00:00", "topics": "甲\n乙"},
    )
    plan = {"name": "月会", "months": ["4", "7"], "day": "5", "at": "09:00", "ahead_days": "7"}
    again = clerk.post("/monitoring/meetings/plans/new/", said | plan | {"in_force": "on"})

    assert (once.status_code, again.status_code) == (303, 303)
    row = JointMeeting.objects.get()
    assert [one.title for one in row.topics.all()] == ["甲", "乙"]
    assert "4、7月 5日 09:00" in page(clerk, "/monitoring/meetings/")
    kept = MeetingPlan.objects.get()
    changed = clerk.post(
        f"/monitoring/meetings/plans/{kept.pk}/",
        said | plan | {"months": ["4"], "expected_version": kept.version},
    )
    assert changed.status_code == 303
    assert not MeetingPlan.objects.get().in_force


def test_a_page_tells_each_what_is_theirs(client, office, cdc, water):
    meeting = called(office, [cdc, water])
    unit = signed_in(client, Role.UNIT_LIAISON, cdc)

    told = page(unit, f"/monitoring/meetings/{meeting.pk}/")

    assert told.count("/answer/") == 1
    assert "固定资料" not in told
    assert "七月联席会议" in page(unit, "/")
    stranger = signed_in(client, Role.UNIT_LIAISON, make.body("other", name="县教育局"))
    page(stranger, f"/monitoring/meetings/{meeting.pk}/", 404)
    assert "七月联席会议" not in page(stranger, "/monitoring/meetings/")


def test_a_page_costs_the_same_for_one_and_for_many(client, office, cdc):
    few = opened(office, [cdc])
    decided(few, cdc)
    units = [make.body(f"u{n}", name=f"{n}局") for n in range(8)]
    many = opened(office, units, title="大会")
    for one in units:
        decided(many, one)
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    page(clerk, f"/monitoring/meetings/{few.pk}/")

    one = queries_of(clerk, f"/monitoring/meetings/{few.pk}/")

    assert queries_of(clerk, f"/monitoring/meetings/{many.pk}/") == one


def test_the_minutes_leave_as_word_with_who_was_missing(client, office, cdc, water):
    meeting = opened(office, [cdc, water])
    arrived(meeting, cdc)
    decided(meeting, cdc)
    closed(meeting)
    signed(meeting)
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)

    answer = clerk.get(f"/monitoring/meetings/{meeting.pk}/paper/")

    paper = Document(io.BytesIO(b"".join(answer.streaming_content)))
    words = "\n".join(one.text for one in paper.paragraphs)
    assert "参加：县疾控中心（王工）。" in words
    assert "缺席：县水利局。" in words
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "清理河道" in cells
