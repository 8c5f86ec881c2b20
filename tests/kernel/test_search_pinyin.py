import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.kernel.search.pinyin import initials, readings


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("县水利局 联络员", "xsljlly"),
        ("东岭乡", "dlx"),
        ("啊匝座", "azz"),
        ("B角 2", "bj2"),
        ("（）", ""),
        ("\ud800", ""),
    ],
)
def test_names_have_the_first_letters_of_their_characters(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("character", "reading"),
    [("单", "shan"), ("仇", "qiu"), ("区", "ou"), ("解", "xie"), ("查", "zha"), ("曾", "zeng"),
     ("任", "ren"), ("覃", "qin"), ("朴", "piao"), ("尉", "yu"), ("盖", "ge"), ("缪", "miao")],
)  # fmt: skip
def test_a_surname_is_read_as_surnames_are(character, reading):
    assert reading in readings(character)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    assert all(one.isascii() for one in initials(text))
