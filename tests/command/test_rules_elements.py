import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.elements import read_chat
from liandong.command.rules.numerals import read_number
from tests.command.chats import CHATS, TOWNSHIPS

NOW = datetime(2026, 7, 14, 4, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
BITS = [
    "死亡", "失踪", "重伤", "受伤", "被困", "转移", "人", "个", "名", "户", "间房", "公顷", "约", "余", "多",
    "三", "两百", "12", "０", "2万", "无人员伤亡", "暂无", "，", "。", "：", "\n", "张三", "河口镇", "着火", "今早4点", "4:05", "@", "[图片]",
]  # fmt: skip


@pytest.mark.parametrize("name", CHATS)
def test_a_chat_tells_what_it_tells_and_no_more(name):
    text, wanted = CHATS[name]

    chat = read_chat(text, NOW, TOWNSHIPS)

    assert {element: chat.values(element) for element in wanted} == wanted


def test_what_tellers_say_differently_is_settled_by_nobody():
    chat = read_chat(CHATS["two numbers"][0], NOW, TOWNSHIPS)

    assert [one.who for one in chat.of("missing")] == ["张三", "李四"]
    assert (chat.settled("missing"), chat.count("missing")) == (None, None)
    assert chat.settled("hazard") == "11D"


def test_about_so_many_is_kept_as_it_was_said_and_is_no_number():
    chat = read_chat(CHATS["forty odd"][0], NOW, TOWNSHIPS)

    assert (chat.settled("evacuated"), chat.count("evacuated")) == ("40余", None)


def invents_nothing(text):
    for one in read_chat(text, NOW, TOWNSHIPS).found:
        assert text[one.start : one.end] == one.words
        if one.number is not None and not re.search("无|没", one.words):
            digits = re.findall(
                r"[0-9０-９.．]+万?|[零〇一二两俩三仨四五六七八九十百千]+万?", one.words
            )
            assert one.number in {read_number(each) for each in digits}


@pytest.mark.parametrize("name", CHATS)
def test_every_number_stands_in_the_words_it_came_from(name):
    invents_nothing(CHATS[name][0])


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    invents_nothing(text)


@given(st.lists(st.sampled_from(BITS), max_size=40).map("".join))
def test_nothing_made_of_a_chats_words_breaks_it_or_invents_a_number(text):
    invents_nothing(text)
