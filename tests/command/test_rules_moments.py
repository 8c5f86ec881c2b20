from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.moments import find_moments, read_moment

NOW = datetime(2026, 7, 14, 4, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("words", "at", "about"),
    [
        ("约 03:50", "14 03:50", True),
        ("03:50", "14 03:50", False),
        ("今早4点多", "14 04:00", True),
        ("今晨三点半", "14 03:30", False),
        ("昨晚十一点半", "13 23:30", False),
        ("凌晨1点一刻", "14 01:15", False),
        ("昨天下午4:05", "13 16:05", False),
        ("16:20", "13 16:20", False),
        ("半小时前", "14 03:50", True),
        ("20分钟前", "14 04:00", False),
        ("大概一个半小时前", "14 02:50", True),
        ("昨晚两点", "14 02:00", False),
        ("夜里12点半", "14 00:30", False),
        ("刚才", "14 04:20", True),
        ("7月13日21:00", "13 21:00", False),
        ("3点50分起的火", "14 03:50", True),
    ],
)
def test_moments_are_read_as_people_say_them(words, at, about):
    found = read_moment(words, NOW)

    assert (f"{found.at:%d %H:%M}", found.about) == (at, about)


@pytest.mark.parametrize("words", ["", "不清楚", "25:00", "今天16:20", "120小时前", "第3时段"])
def test_what_names_no_moment_that_was_gives_none(words):
    assert read_moment(words, NOW) is None


def test_every_moment_is_found_where_it_stands():
    text = "3点50发现，4:10报告"

    found = find_moments(text, NOW)

    assert [text[one.start : one.end] for one in found] == ["3点50", "4:10"]


@given(st.text(alphabet="今昨早晚下午凌晨0123456789点半时分:：前约多小刚才月日 ", max_size=30))
def test_no_moment_lies_ahead_and_words_are_the_texts_own(text):
    for one in find_moments(text, NOW):
        assert one.at <= NOW
        assert one.at > NOW - timedelta(days=400)
        assert one.words == text[one.start : one.end]
