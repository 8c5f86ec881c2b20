from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import merge_field_log, write_field_log
from liandong.command.models import FieldLogLine
from liandong.command.queries import field_log
from liandong.command.rules.field_log import LogLine
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.worker import work_until_quiet
from tests.command.spot import field_post
from tests.people import auditor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(county):
    return field_post(county)


def lines(*said, minutes=60):
    begun = clock.now(ACTUAL) - timedelta(minutes=minutes)
    return [
        LogLine(f"pad-7/{text}", begun + timedelta(minutes=at), text)
        for at, text in enumerate(said)
    ]


def told(post):
    return [(one.text, one.row.cut_off) for one in field_log(post, limit=50)]


def test_write_field_log_notes_when_it_happened_and_when_it_came_in(county, post):
    at = clock.now(ACTUAL) - timedelta(minutes=30)

    line = write_field_log(
        county.water, field_post=post, text="北线火头越过山脊", group=post.groups.get(), at=at
    )

    (one,) = field_log(post, limit=50)
    assert (one.text, one.row.happened_at, one.late is None) == ("北线火头越过山脊", at, False)
    entry = Entry.objects.get(name="command.field_log_written")
    assert (entry.subject_id, entry.happened_at) == (str(line.pk), at)
    assert "火头" not in str(list(FieldLogLine.objects.values()))


def test_lines_written_in_silence_are_put_where_they_belong(county, post):
    write_field_log(county.water, field_post=post, text="已恢复联络")

    merge_field_log(county.water, field_post=post, lines=lines("到鹰嘴岩", "开隔离带", "断联"))

    assert told(post) == [
        ("已恢复联络", False),
        ("断联", True),
        ("开隔离带", True),
        ("到鹰嘴岩", True),
    ]
    entry = Entry.objects.get(name="command.field_log_merged")
    assert '"n":3' in entry.payload.text


def test_a_batch_sent_again_whole_or_in_part_is_not_told_twice(county, post):
    batch = lines("到鹰嘴岩", "开隔离带", "断联")
    merge_field_log(county.water, field_post=post, lines=batch[:2])

    merge_field_log(county.water, field_post=post, lines=batch)
    merge_field_log(county.riverside, field_post=post, lines=batch)

    assert [text for text, _late in told(post)] == ["断联", "开隔离带", "到鹰嘴岩"]
    assert Entry.objects.filter(name="command.field_log_merged").count() == 2


def test_what_it_says_can_be_destroyed_and_that_it_was_said_stays(county, post):
    write_field_log(county.water, field_post=post, text="救出王五")
    work_until_quiet(epoch=1)
    entry = Entry.objects.get(name="command.field_log_written")

    erase_payload(auditor(), entry=entry.pk, reason="《突发事件应对法》第八十五条")

    assert told(post) == [("（内容已依法销毁）", False)]


def test_the_log_refuses(county, post):
    ahead = clock.now(ACTUAL) + timedelta(hours=1)
    good = lines("到鹰嘴岩")

    with pytest.raises(Invalid):
        write_field_log(county.water, field_post=post, text=" ")
    with pytest.raises(Invalid, match="晚于现在"):
        write_field_log(county.water, field_post=post, text="火灭", at=ahead)
    for wrong in ([], lines(" "), [LogLine("", good[0].at, "无编号")], lines("晚", minutes=-9)):
        with pytest.raises(Invalid):
            merge_field_log(county.water, field_post=post, lines=wrong)
    for deed, said in (
        (write_field_log, {"text": "火灭"}),
        (merge_field_log, {"lines": good}),
    ):
        with pytest.raises(Forbidden):
            deed(county.weather, field_post=post, **said)
        with pytest.raises(Forbidden):
            deed(replace(county.water, grants=frozenset()), field_post=post, **said)
        with pytest.raises(Missing):
            deed(replace(county.water, realm="drill-1"), field_post=post, **said)
    other = field_post(county, hazard="11A")
    with pytest.raises(Missing):
        write_field_log(county.water, field_post=post, text="火灭", group=other.groups.get())
    assert told(post) == []


def test_the_same_click_writes_once(county, post):
    call = {"field_post": post, "text": "火灭", "idempotency_key": "k"}
    write_field_log(county.water, **call)
    write_field_log(county.water, **call)

    assert len(told(post)) == 1
