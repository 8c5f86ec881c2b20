import pytest

from liandong.plans.language import read_level
from liandong.plans.language.levels import rank, span_label


@pytest.mark.parametrize("text", ["IV", "Ⅳ", "Ⅳ级", "四级", "iv级", "Ⅳ级响应"])
def test_a_level_is_known_in_every_spelling(text):
    assert read_level(text) == "IV"


@pytest.mark.parametrize("text", ["蓝色", "", "V", "一般"])
def test_a_color_or_a_severity_is_not_a_level(text):
    with pytest.raises(ValueError, match="不是响应级别"):
        read_level(text)


def test_one_is_the_gravest():
    assert rank("I") > rank("II") > rank("III") > rank("IV") > rank(None)


@pytest.mark.parametrize(
    ("levels", "label"),
    [(["I", "II", "III"], "Ⅰ–Ⅲ级"), (["II", "I"], "Ⅰ、Ⅱ级"), (["I", "III"], "Ⅰ、Ⅲ级"), (["IV"], "Ⅳ级")],
)  # fmt: skip
def test_several_levels_are_named_shortly(levels, label):
    assert span_label(levels) == label
