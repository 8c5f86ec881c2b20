import copy
import json
import pickle

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from liandong.kernel.problems import Invalid
from liandong.kernel.states import Moves
from liandong.kernel.wording import (
    Said,
    counted,
    gettext,
    listed,
    ngettext,
    pgettext,
    recorded,
    retold,
)
from liandong.messaging.states import ReceiptState


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Three words of English, so that nothing here depends on the catalogue."""
    words = {
        "已读": "read",
        "没有“%(what)s”。": "There is no “%(what)s”.",
        "、": ", ",
        "岗位": "post",
    }

    def told(message):
        spoken = translation.get_language() == "en"
        return words.get(message, message) if spoken else message

    monkeypatch.setattr(translation, "gettext", told)
    return words


def test_what_is_said_in_one_language_is_told_in_another():
    said = gettext("没有“%(what)s”。") % {"what": gettext("岗位")}

    with translation.override("en"):
        told = retold(said)

    assert (said, told) == ("没有“岗位”。", "There is no “post”.")


def test_lists_are_parted_as_the_language_parts_them():
    said = listed([gettext("岗位"), "甲", gettext_lazy("乙")])

    with translation.override("en"):
        told = retold({"names": [said, ("已读",), 3]})

    assert said == "岗位、甲、乙"
    assert told == {"names": ["post, 甲, 乙", ("已读",), 3]}


def test_plurals_and_contexts_are_retold_too():
    assert retold(ngettext("%(n)d 条", "%(n)d 条", 2) % {"n": 2}) == "2 条"
    assert retold(pgettext("岗位", "长")) == "长"


def test_it_is_a_text_wherever_texts_are_kept():
    said = gettext("没有“%(what)s”。") % {"what": "岗位"}

    assert isinstance(said, Said)
    assert json.loads(json.dumps({"said": said})) == {"said": said}
    assert type(pickle.loads(pickle.dumps(said))) is str
    assert copy.deepcopy(said) == said


def test_a_problem_that_was_raised_in_chinese_is_read_in_english():
    with recorded():
        problem = Invalid(
            gettext("没有“%(what)s”。") % {"what": gettext("岗位")},
            place=gettext("岗位"),
            fields={"post": gettext("岗位")},
        )

    with translation.override("en"):
        told = problem.title, problem.place, problem.remedy, problem.fields

    assert told == ("There is no “post”.", "post", "", {"post": "post"})
    assert str(problem) == "没有“岗位”。(岗位)"


def test_states_in_a_refusal_follow_the_reader(english):
    english |= {"现在是“%(old)s”，不能转为“%(new)s”。": "It is %(old)s, not %(new)s."}
    moves = Moves({state: set() for state in ReceiptState})

    with recorded(), pytest.raises(Exception, match="现在是“未送达”") as refused:
        moves.check(ReceiptState.FAILED, ReceiptState.SENT)
    with translation.override("en"):
        told = refused.value.title

    assert told.startswith("It is ")


def test_what_is_kept_is_in_the_language_of_the_county():
    with translation.override("en"), recorded():
        kept = str(gettext("岗位"))
    with translation.override("en"):
        read = str(gettext("岗位"))

    assert (kept, read) == ("岗位", "post")


@pytest.mark.parametrize(
    ("number", "chinese"),
    [
        (0, "〇"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (40, "四十"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_small_numbers_are_written_as_they_are_spoken(number, chinese):
    with translation.override("en"):
        english = counted(number)

    assert (counted(number), english) == (chinese, str(number))
