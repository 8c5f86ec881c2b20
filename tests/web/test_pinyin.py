import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.web.pinyin import LETTERS, STARTS, initials


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


def test_every_letter_has_its_place():
    assert len(LETTERS) == len(STARTS)
    assert sorted(STARTS) == list(STARTS)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    assert len(initials(text)) <= len(text.lower())
