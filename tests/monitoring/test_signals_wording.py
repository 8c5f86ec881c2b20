import pytest

from liandong.monitoring.signals.wording import wording, wordings
from liandong.monitoring.states import Level


def test_every_hazard_says_what_to_mind_and_what_to_do_at_each_of_its_levels():
    for hazard, levels in wordings().items():
        assert levels, hazard
        assert set(levels) <= set(Level.values)
        assert len({one.category for one in levels.values()}) == 1
        assert all(one.cautions.endswith("。") for one in levels.values())
        assert all(one.measures.endswith("。") for one in levels.values())


@pytest.mark.parametrize(
    ("hazard", "level", "category", "said"),
    [
        ("11B03", "红", "暴雨", "立即转移危险区人员"),
        ("11A01", "橙", "洪水", "巡堤查险人员上堤防守"),
        # Heat has no blue (the signals of 2007), so no words are made up for it.
        ("11B09", "蓝", "高温", ""),
        ("11C01", "红", "", ""),
    ],
)
def test_words_are_found_by_hazard_and_level(hazard, level, category, said):
    found = wording(hazard, level)

    assert found.category == category
    assert said in found.measures
    assert bool(found.measures) is bool(said)
