from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.chat import split_chat
from tests.command.chats import CHATS

NOW = datetime(2026, 7, 14, 4, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def said(text):
    return [
        (one.who, f"{one.at:%H:%M}" if one.at else "", one.text)
        for one in split_chat(text, NOW)
    ]


def test_heads_on_a_line_of_their_own_name_who_speaks_and_when():
    assert said("老周 2026/7/14 4:05:12\n着火了\n风大\n\n李大山  04:08\n在转移") == [
        ("老周", "04:05", "着火了"),
        ("老周", "04:05", "风大"),
        ("李大山", "04:08", "在转移"),
    ]


def test_names_before_a_colon_speak_and_labels_and_times_do_not():
    assert said("张三：着火了\n地点：东岭乡\n今早16:20 起火") == [
        ("张三", "", "着火了"),
        ("张三", "", "地点：东岭乡"),
        ("张三", "", "今早16:20 起火"),
    ]


def test_a_stamp_of_another_day_is_of_that_day():
    (line,) = split_chat("老周 2026/7/13 22:10\n水涨了", NOW)

    assert f"{line.at:%F %H:%M}" == "2026-07-13 22:10"


def test_a_stamp_ahead_of_now_is_none():
    (line,) = split_chat("老周 2026/7/15 22:10\n水涨了", NOW)

    assert line.at is None


@pytest.mark.parametrize("name", CHATS)
def test_every_line_stands_where_it_says(name):
    text = CHATS[name][0]

    for line in split_chat(text, NOW):
        assert text[line.start :].startswith(line.text)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    for line in split_chat(text, NOW):
        assert text[line.start : line.start + len(line.text)] == line.text
