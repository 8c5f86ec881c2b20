from datetime import UTC, datetime

import pytest

from liandong.command.actions import (
    decide_item,
    give_opinion,
    open_consultation,
    record_minutes,
)
from liandong.command.adapters.minutes import minutes_docx
from liandong.command.queries import attendees_of, items_of
from liandong.documents import Paragraph, read_docx
from liandong.kernel import clock

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 14, tzinfo=UTC)


def written(meeting):
    content = minutes_docx(
        meeting,
        attendees_of(meeting),
        items_of(meeting, clock.now(meeting.realm)),
        county="示例县",
        made_at=AT,
    )
    blocks = read_docx(content, "纪要.docx").blocks
    return "\n".join(
        one.text
        if isinstance(one, Paragraph)
        else "\n".join("|".join(row.cells) for row in one.rows)
        for one in blocks
    )


@pytest.fixture
def meeting(county, flood):
    return open_consultation(
        county.office,
        incident=flood,
        attendees=[county.posts["deputy"], county.posts["water"]],
        place="会商室",
    )


def test_the_paper_tells_who_said_what_and_what_was_decided(county, meeting):
    seat = meeting.attendees.get(post=county.posts["water"])
    give_opinion(county.water, attendee=seat, stance="differ", words="不宜预泄")
    owner = county.posts["water"]
    decide_item(
        county.office, consultation=meeting, decision="加密监测", owner=owner, by="雨停前"
    )
    record_minutes(
        county.office,
        consultation=meeting,
        situation="水位 52.86 米",
        findings="将超警戒",
        dissent="水利局不同意预泄",
        chair="郑平",
        expected_version=1,
    )

    text = written(meeting)

    for said in (
        "清溪河洪水会商纪要",
        "地点：会商室",
        "主持：郑平",
        "将超警戒",
        "县水利局 联络员|有不同意见|不宜预泄",
        "1|加密监测|县水利局 联络员|雨停前",
        f"记录人：{county.office.label}",
    ):
        assert said in text


def test_a_consultation_without_anything_yet_is_a_paper_all_the_same(meeting):
    text = written(meeting)

    assert "没有记录个人意见。" in text
    assert text.count("无。") >= 2
