import pytest

from liandong.plans.actions import begin_manuscript
from liandong.plans.queries import mending_of, reading_of
from liandong.plans.queries.outline import cards_of, level_rows, picture_of
from tests.people import office
from tests.plans.example import FOREST

pytestmark = pytest.mark.django_db

CHAIN = """\
levels:
  Ⅳ级:
    steps:
      - {id: attack, text: 扑打, to: forestry, finish_within: PT6H}
      - {id: cordon, text: 封路, finish_within: PT1H}
  III:
    builds_on: IV
    steps:
      - {id: mop-up, text: 清理, after: [attack], finish_within: PT3H}
      - {id: sitrep, text: 续报, every: PT2H}
"""


def shown(text, level):
    manuscript = begin_manuscript(office(), text=text)
    data, mends = reading_of(text).data, mending_of(manuscript).items
    cards = cards_of(data, level, {"forestry": "县林业局"}, mends)
    return cards, picture_of(data, cards)


def test_a_level_shows_the_steps_it_builds_on_first():
    cards, _picture = shown(CHAIN, "III")

    assert [(one.id, one.of) for one in cards] == [
        ("attack", "Ⅳ级"), ("cordon", "Ⅳ级"), ("mop-up", ""), ("sitrep", ""),
    ]  # fmt: skip
    assert (cards[0].to, cards[0].time, cards[3].time) == ("县林业局", "6小时", "每2小时")


def test_the_picture_lays_the_chain_in_time_and_the_rest_below():
    _cards, picture = shown(CHAIN, "III")

    boxes = {one.card.id: one for one in picture.boxes}
    assert (picture.critical, picture.length) == (2, "9小时")
    assert [tick.label for tick in picture.ticks] == ["0", "6小时"]
    assert boxes["attack"].y == boxes["mop-up"].y < boxes["cordon"].y == boxes["sitrep"].y
    assert boxes["attack"].right < boxes["mop-up"].x
    assert [arrow.is_critical for arrow in picture.arrows] == [True]
    assert all(one.right <= picture.width for one in picture.boxes)
    assert all(one.middle < picture.height for one in picture.boxes)


def test_what_is_to_be_mended_has_one_number_in_list_and_picture():
    text = FOREST.replace("to: public-security", "to: 公安局")

    cards, _picture = shown(text, "IV")

    (mend,) = next(one.mends for one in cards if one.id == "cordon")
    assert (mend.number, mend.gravity) == (1, "must")
    assert mend.where.href == "?show=edit&level=IV&step=cordon#to"


def test_what_is_missing_is_said_as_the_page_calls_it():
    manuscript = begin_manuscript(office(), text=FOREST.replace(", text: 火情续报", ""))

    (mend,) = mending_of(manuscript).items

    assert (mend.what, mend.remedy) == ("还没有写“内容”", "点“去改”补上。")
    assert mend.place == "Ⅳ级 · sitrep · 内容"


def test_a_level_row_says_conditions_deciders_and_who_is_told():
    manuscript = begin_manuscript(office(), text=FOREST)

    (row,) = level_rows(reading_of(FOREST).data, {}, mending_of(manuscript).items)

    assert row.clauses[1] == "重伤 1 人以上、3 人以下，且明火尚未扑灭"
    assert row.decides == "forest-fire-hq.executive-deputy、forest-fire-office.director共同决定"
    assert (row.informs, row.expected, row.steps) == (
        "forest-fire-hq.commander 10分钟",
        "2天",
        3,
    )
